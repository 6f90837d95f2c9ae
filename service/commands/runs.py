"""`zhitu imports` and `zhitu undo`: which files were taken in, and taking one back whole."""

from collections.abc import Iterator

import click
from sqlalchemy import select

from geodata.store import Store
from geodata.storing.undo import undo
from geodata.tables import ImportRun
from service.settings import Settings
from service.terminal import opened, say


@click.command()
@click.option("--file", "name", help="只看这个文件（按导入时的文件名）")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="最多列几次")
@click.pass_obj
def imports(settings: Settings, *, name: str | None, limit: int) -> None:
    """列出导入过的文件，新的在前；每次的编号用来撤销。"""
    with opened(settings) as store:
        say(_listed(store, name, limit))


@click.command("undo")
@click.argument("run", type=int)
@click.option("--by", default="命令行", show_default=True, help="谁撤销的（岗位，不写姓名）")
@click.pass_obj
def undo_(settings: Settings, run: int, *, by: str) -> None:
    """把第 RUN 次导入整次撤销：新增的删去，改过的复原；以后有人动过的，不撤销并说明。"""
    with opened(settings) as store:
        done = undo(store, run, by=by)
    click.echo(
        f"已撤销第 {done.run} 次导入“{done.file}”："
        f"删去 {done.removed} 条新增的记录，{done.restored} 条改过的记录恢复原样"
    )


def _listed(store: Store, name: str | None, limit: int) -> Iterator[str]:
    runs = select(ImportRun).order_by(ImportRun.id.desc()).limit(limit)
    if name:
        runs = runs.where(ImportRun.file == name)
    with store.reading() as session:
        for run in session.scalars(runs):
            yield (
                f"{run.id}. {run.at:%Y-%m-%d %H:%M} UTC “{run.file}”："
                f"新增 {run.new}，更新 {run.changed}，不变 {run.same}，退回 {run.rows_refused}"
                f"{_undone(run)}"
            )


def _undone(run: ImportRun) -> str:
    if run.undone_at is None:
        return ""
    by = f"，{run.undone_by}" if run.undone_by else ""
    return f"；已撤销（{run.undone_at:%Y-%m-%d %H:%M} UTC{by}）"
