"""`zhitu export`: points as a file for other programs."""

from pathlib import Path

import click

from geodata.accounts.audit import record
from geodata.errors import ParameterError
from geodata.exports.rows import Export, desk_export, public_export
from service.commands.accounts import BY
from service.commands.report import EVERYWHERE
from service.desk.exports import FORMATS, STREAMED, WRITTEN
from service.file_out import pieces, written
from service.public import public_places
from service.settings import Settings
from service.terminal import opened


@click.group("export")
def export() -> None:
    """导出文件，格式看后缀。"""


@export.command("points")
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="文件"
)
@click.option("--public", is_flag=True, help="只要公开的点位和公开的列")
@click.pass_obj
def points(settings: Settings, /, *, out: Path, public: bool) -> None:
    """点位：xlsx、csv、geojson、kml、gpkg、fgb。"""
    suffix = out.suffix.removeprefix(".").lower()
    if suffix not in FORMATS:
        raise ParameterError(f"文件名的后缀要是 {'、'.join(FORMATS)} 里的一个")
    with opened(settings) as store:
        if public:
            _write(public_export(public_places(settings, store)().find()), suffix, out)
        else:
            with store.writing() as session:
                record(session, by=BY, action="points.export", detail={"format": suffix})
            with store.reading() as session:
                _write(desk_export(session, EVERYWHERE), suffix, out)
    click.echo(f"已导出 {out}（{out.stat().st_size / 1024:,.0f} KB）")


def _write(found: Export, suffix: str, out: Path) -> None:
    if suffix in STREAMED:
        pieces(out, STREAMED[suffix][1](found))
    else:
        write = WRITTEN[suffix][1]
        written(out, lambda partial: write(found, partial))
