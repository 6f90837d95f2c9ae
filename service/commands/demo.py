"""`zhitu demo`: the samples that ship, from import to web site."""

import secrets
from dataclasses import replace

import click

from geodata.queries import planner_view
from service.commands.imports import import_files
from service.commands.serve import run
from service.console import gap_lines
from service.settings import Settings
from service.terminal import opened, say
from service.workshop import sample_files

DATABASE = "sqlite:///zhitu-data/demo.sqlite"


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="端口（默认 8000）")
@click.option("--no-serve", is_flag=True, help="只导入和报告，不启动网站")
@click.pass_obj
def demo(settings: Settings, port: int | None, no_serve: bool) -> None:
    """导入自带样例，报告，列出空白，启动网站。"""
    settings = replace(
        settings,
        database=DATABASE if settings.database == Settings.database else settings.database,
        planner_password=settings.planner_password or secrets.token_urlsafe(9),
        port=port or settings.port,
        # Invented addresses are nobody's to pay for.
        geocoders=(),
    )
    with opened(settings) as store:
        failed = import_files(settings, store, sample_files())
        say(gap_lines(planner_view(store)))
        if failed:
            raise SystemExit(1)
        if not no_serve:
            click.echo(f"\n规划台账号 admin，口令：{settings.planner_password}")
            run(settings, store)
