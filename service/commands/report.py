"""`zhitu report`: a site, a district or a year on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from geodata.accounts.book import BUILT_IN
from geodata.accounts.roles import Person, Role
from geodata.errors import ParameterError, SettingsError
from geodata.place.district import canonical_district
from geodata.store import Store
from maps.printed.coverage import Made
from maps.printed.drawing import CannotDrawError
from maps.words import CHINESE
from service import reports
from service.clock import today
from service.commands.coverage import asks, question
from service.file_out import pieces
from service.settings import Settings
from service.terminal import opened

# Whoever may open the database may read all of it.
EVERYWHERE = Person(BUILT_IN, Role.ADMIN)
Draw = Callable[[Store, Made], bytes]
_out = click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="PDF 文件")


@click.group("report")
def report() -> None:
    """生成 PDF：一个点位、一个区、一年。"""


def _printed(settings: Settings, out: Path, draw: Draw) -> None:
    made = Made(today(), reports.credit(settings.basemap, CHINESE))
    try:
        with opened(settings) as store:
            content = draw(store, made)
    except CannotDrawError as error:
        raise SettingsError(str(error)) from error
    pieces(out, [content])
    click.echo(f"已生成 {out}（{len(content) / 1024:,.0f} KB）")


@report.command("district")
@click.argument("name")
@asks
@_out
@click.pass_obj
def district(settings: Settings, /, *, name: str, out: Path | None, **asked: Any) -> None:
    """一个区的健康服务覆盖。"""
    found = canonical_district(name)
    if found is None:
        raise ParameterError(f"没有叫“{name[:20]}”的区。")
    what = question(**asked)

    def draw(store: Store, made: Made) -> bytes:
        return reports.district_report(store, found, what, who=EVERYWHERE, made=made, words=CHINESE)

    _printed(settings, out or Path(f"{found}.pdf"), draw)


@report.command("year")
@click.argument("number", type=int)
@_out
@click.pass_obj
def year(settings: Settings, /, *, number: int, out: Path | None) -> None:
    """一年的报告：数字、变化、地图、任务、口径。"""

    def draw(store: Store, made: Made) -> bytes:
        return reports.year_report(store, number, who=EVERYWHERE, made=made, words=CHINESE)

    _printed(settings, out or Path(f"{number}年度报告.pdf"), draw)


@report.command("site")
@click.argument("number", type=int)
@_out
@click.pass_obj
def site(settings: Settings, /, *, number: int, out: Path | None) -> None:
    """一个点位（点位编号）。"""

    def draw(store: Store, made: Made) -> bytes:
        return reports.point_report(store, number, who=EVERYWHERE, made=made, words=CHINESE)

    _printed(settings, out or Path(f"点位{number}.pdf"), draw)
