"""`zhitu work`: the long work of a server, without its pages."""

from dataclasses import replace

import click

from service.jobs.working import working
from service.observing import logs
from service.serving.stopping import hearing_the_end
from service.settings import Settings
from service.terminal import opened


@click.command()
@click.option(
    "--threads", type=click.IntRange(1, 16), default=1, show_default=True, help="每类同时做几件"
)
@click.option(
    "--finish",
    type=click.IntRange(0, 3600),
    default=20,
    show_default=True,
    help="要它停时，手上的最多再做几秒；没做完的交还，别的进程或下次从头做",
)
@click.pass_obj
def work(settings: Settings, threads: int, finish: int) -> None:
    """做网站排着的导入、选址（网站那边设 ZHITU_WORKS=0）；SIGTERM 或 Ctrl+C 停止。"""
    logs.begin()
    doing = replace(settings, works=True)
    with (
        hearing_the_end() as wait,
        opened(settings) as store,
        working(doing, store, threads=threads, finish_s=finish),
    ):
        click.echo("在等工作（Ctrl+C 停止）")
        wait()
        click.echo("正在停：手上的做完或交还")
    click.echo("已停下")
