"""`zhitu import` and `zhitu refused`: taking files in, and what of them was not taken."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import click
from sqlalchemy import func, select

from geodata.errors import ParameterError, ZhituError
from geodata.model import Datum
from geodata.place.locate import Locator
from geodata.store import Store
from geodata.tables import ImportRun, RefusedCell, RefusedRow
from importers import parse
from importers.private import public_name
from importers.reporting.report import refused_row_text
from service.geocode_report import cost_lines
from service.handback import handed_back
from service.online import geocoders
from service.settings import Settings
from service.terminal import opened, progress_bar, say
from service.workshop import import_file, locator, preview_file


class _Told(Protocol):
    def lines(self) -> list[str]: ...


_XLSX = click.Path(path_type=Path, dir_okay=False)

Take = Callable[[Path, Store, Locator, Callable[[int, int], None]], _Told]


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--preview", "looking", is_flag=True, help="只预览会怎样导入，什么也不存")
@click.option(
    "--datum",
    type=click.Choice([datum.value for datum in Datum]),
    help="表里的坐标其实是哪个坐标系（以此为准，并记住这个文件）",
)
@click.option(
    "--fill", type=_XLSX, help="另写一份回填表：原表加上区、街镇、经纬度、级别、误差、备注各列"
)
@click.option("--errors", type=_XLSX, help="另写一份标错表：读不出的格子标红，写明应填什么")
@click.pass_obj
def import_(
    settings: Settings,
    *,
    files: tuple[Path, ...],
    looking: bool,
    datum: str | None,
    fill: Path | None,
    errors: Path | None,
) -> None:
    """导入表格文件（xlsx、docx、csv、粘贴的文本），逐个报告。"""
    if (fill or errors) and len(files) > 1:
        raise ParameterError("--fill 和 --errors 一次只能用于一个文件。")
    take, said = preview_file if looking else import_file, Datum(datum) if datum else None
    with opened(settings) as store:
        failed = import_files(settings, store, files, take=take, datum=said)
        if not failed and (fill or errors):
            where = replace(locator(store, settings.gazetteers), datum=said)
            where = replace(where, providers=geocoders(settings, store))
            say(handed_back(files[0], store, where, fill=fill, errors=errors))
    if failed:
        raise SystemExit(1)


@click.command()
@click.option("--file", "name", help="只看这个文件（按导入时的文件名）")
@click.pass_obj
def refused(settings: Settings, name: str | None) -> None:
    """列出导入时退回的行和读不出的格，每个文件以最近一次导入为准。"""
    with opened(settings) as store:
        say(_refused_lines(store, name))


def import_files(
    settings: Settings,
    store: Store,
    files: Sequence[Path],
    *,
    take: Take = import_file,
    datum: Datum | None = None,
) -> int:
    """Take files one by one; a refused file does not stop the next. Returns how many were."""
    asked = geocoders(settings, store)
    where = replace(locator(store, settings.gazetteers), datum=datum, providers=asked)
    failed = 0
    for path in files:
        name = public_name(path)
        try:
            with progress_bar(name) as progress:
                told = take(path, store, where, progress)
            say(told.lines())
        except ZhituError as error:
            failed += 1
            click.echo(f"{name}：没有导入。{error}", err=True)
        click.echo()
    say(cost_lines(asked))
    return failed


def _refused_lines(store: Store, name: str | None) -> Iterator[str]:
    last = select(func.max(ImportRun.id)).where(ImportRun.undone_at.is_(None))
    last = last.group_by(ImportRun.file)
    runs = select(ImportRun).where(ImportRun.id.in_(last)).order_by(ImportRun.id)
    if name:
        runs = runs.where(ImportRun.file == name)
    with store.reading() as session:
        rows, cells = select(RefusedRow), select(RefusedCell)
        for run in session.scalars(runs).all():
            yield f"文件“{run.file}”，{run.at:%Y-%m-%d %H:%M} UTC 导入，退回 {run.rows_refused} 行"
            mine = rows.filter_by(run_id=run.id).order_by(RefusedRow.id)
            for row in session.scalars(mine.execution_options(yield_per=1_000)):
                yield f"退回：{refused_row_text(_row(row))}"
            faulty = cells.filter_by(run_id=run.id).order_by(RefusedCell.id)
            for cell in session.scalars(faulty.execution_options(yield_per=1_000)):
                found = f"，写的是“{cell.found}”" if cell.found else ""
                sheet = f"工作表“{cell.sheet}”" if cell.sheet else ""
                yield (
                    f"读不出：{sheet}第 {cell.row} 行 {cell.column} 列“{cell.header}”{found}。"
                    f"应填：{cell.expected}"
                )


def _row(row: RefusedRow) -> parse.RefusedRow:
    cells = tuple((header, text) for header, text in row.cells)
    return parse.RefusedRow(row.sheet, row.row, row.reason, cells)
