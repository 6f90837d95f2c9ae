"""`zhitu serve`: the web site in one process."""

from contextlib import closing
from dataclasses import replace
from typing import Any

import click

from geodata.store import Store
from service.clock import doubts_of_the_clock
from service.jobs.working import working
from service.observing import watched
from service.serving.draining import Serving
from service.serving.server import make_server
from service.settings import Settings
from service.terminal import opened, say


@click.command()
@click.option("--host", help="监听地址（默认 127.0.0.1，只有本机能访问）")
@click.option("--port", type=click.IntRange(1, 65535), help="端口（默认 8000）")
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None) -> None:
    """启动网站。"""
    with opened(settings) as store:
        run(replace(settings, host=host or settings.host, port=port or settings.port), store)


def run(settings: Settings, store: Store) -> None:
    """Serve until told to stop; jobs are taken from `store`, whose statements have no end."""
    sockets: dict[int, Any] = {}
    with closing(Store.answering(settings.database, walking=store.walking)) as answering:
        server = make_server(settings, answering, sockets)
        say(settings.exposed())
        say(filter(None, [doubts_of_the_clock()]))
        shown = f"[{settings.host}]" if ":" in settings.host else settings.host
        click.echo(f"网站已启动：http://{shown}:{settings.port}/  规划台：/desk  （Ctrl+C 停止）")
        with watched(settings, answering), working(settings, store):
            Serving(server, sockets).run()
