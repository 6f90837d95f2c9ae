"""`zhitu map`: the whole map in one file, for a meeting or an e-mail."""

from pathlib import Path

import click

from geodata.answers.question import Question
from geodata.boundaries.store import load as load_boundaries
from geodata.coverage.gaps import RADIUS_M
from geodata.errors import SettingsError
from geodata.screen import screen
from maps.onefile import one_file
from service.clock import today
from service.settings import Settings
from service.terminal import opened


@click.command("map")
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
