"""The `zhitu` command."""

import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from geodata.answers.question import Question
from geodata.boundaries.store import load as load_boundaries
from geodata.coverage.gaps import RADIUS_M
from geodata.errors import SettingsError, ZhituError
from geodata.queries import planner_view
from geodata.screen import screen
from geodata.store import Store
from maps.onefile import one_file
from service.clock import doubts_of_the_clock, today
from service.commands import COMMANDS
from service.commands.imports import import_files
from service.console import gap_lines
from service.jobs.working import working
from service.observing import watched
from service.serving.draining import Serving
from service.serving.encoding import in_utf8
from service.serving.server import make_server
from service.serving.stopping import ending_in_good_order
from service.settings import Settings, gather
from service.terminal import never_die_of_an_encoding, opened, say
from service.workshop import sample_files

DEMO_DATABASE = "sqlite:///zhitu-data/demo.sqlite"


class Commands(click.Group):
    """Shows what a user can act on as one sentence, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ZhituError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands)
@click.option(
    "--database", help="数据库：sqlite:///文件 或 postgresql://…（默认取 ZHITU_DATABASE）"
)
@click.option(
    "--settings",
    "file",
    type=click.Path(path_type=Path),
    help="设置文件（TOML；默认取 ZHITU_SETTINGS）",
)
@click.pass_context
def main(ctx: click.Context, /, *, database: str | None, file: Path | None) -> None:
    """职图：工会服务站点在哪里，谁还没有被服务到。"""
    in_utf8()
    never_die_of_an_encoding()
    ctx.with_resource(ending_in_good_order())
    given = gather(file=file, command_line={"ZHITU_DATABASE": database or ""})
    # What is wrong with the settings is for `check` to tell, beside everything else.
    ctx.obj = given if ctx.invoked_subcommand == "check" else Settings.of(given)


@main.command("map")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--radius", default=RADIUS_M, show_default=True, help="步行半径，米")
@click.pass_obj
def map_(settings: Settings, out: Path, radius: float) -> None:
    """生成一个自带数据的地图文件，拷到U盘上不联网也能打开。"""
    with opened(settings) as store:
        with store.reading() as session:
            towns = load_boundaries(session)
        found = screen(store, Question(radius_m=radius), towns=towns)
        page = one_file(found, settings.basemap, towns=towns, as_of=today().isoformat())
    try:
        out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"写不进 {out}：{error.strerror}。请换一个目录。") from error
    click.echo(f"已生成 {out}（{len(page.encode()) / 1024:,.0f} KB）")


@main.command()
@click.option("--host", help="监听地址（默认 127.0.0.1，只有本机能访问）")
@click.option("--port", type=click.IntRange(1, 65535), help="端口（默认 8000）")
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None) -> None:
    """启动网站。"""
    with opened(settings) as store:
        _serve(replace(settings, host=host or settings.host, port=port or settings.port), store)


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), help="端口（默认 8000）")
@click.option("--no-serve", is_flag=True, help="只导入和报告，不启动网站")
@click.pass_obj
def demo(settings: Settings, port: int | None, no_serve: bool) -> None:
    """导入自带样例，报告，列出空白，启动网站。"""
    settings = replace(
        settings,
        database=DEMO_DATABASE if settings.database == Settings.database else settings.database,
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
            _serve(settings, store)


def _serve(settings: Settings, store: Store) -> None:
    sockets: dict[int, Any] = {}
    server = make_server(settings, store, sockets)
    say(settings.exposed())
    say(filter(None, [doubts_of_the_clock()]))
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"网站已启动：http://{shown}:{settings.port}/  规划台：/desk  （Ctrl+C 停止）")
    with watched(settings, store), working(settings, store):
        Serving(server, sockets).run()


for command in COMMANDS:
    main.add_command(command)
