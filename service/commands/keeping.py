"""`zhitu backup`, `restore` and `move`: putting the data aside and bringing them back."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from geodata.errors import ParameterError
from geodata.keeping.archive import verify
from geodata.keeping.backup import BackupMade, back_up
from geodata.keeping.manifest import Manifest
from geodata.keeping.move import move
from geodata.keeping.restore import Restored, restore
from geodata.looking import sqlite_file
from geodata.moments import BEIJING_TIME
from geodata.store import Store
from service.commands.accounts import BY
from service.settings import Settings
from service.terminal import say

FILE = click.Path(path_type=Path, dir_okay=False)
_COUNTED = (("place", "处地点"), ("service_point", "项服务"), ("account", "个账号"))


@click.command()
@click.option("-o", "--out", type=FILE, help="写成这个文件（默认在 ZHITU_BACKUPS 里，以时间为名）")
@click.option("--keep", type=click.IntRange(1), help="写好后，只留最新的几份以时间为名的备份")
@click.pass_obj
def backup(settings: Settings, /, *, out: Path | None, keep: int | None) -> None:
    """把全部数据备份成一个文件，写完读回核对；网站照常运行。备份里有联系人，请妥善保管。"""
    if out and not out.name:
        raise ParameterError("--out 要写文件名：可能是命令里的变量是空的。")
    if out and keep:
        raise ParameterError("--out 和 --keep 不能一起用：--keep 只管 ZHITU_BACKUPS 里的备份")
    folder, name = (out.absolute().parent, out.name) if out else (settings.backups, None)
    store = Store.existing(settings.database, copies=settings.backups)
    try:
        made = back_up(store, folder, by=BY, name=name, keep=keep)
    finally:
        store.close()
    say(_made(made))


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--into", help="恢复到这个数据库（默认取 ZHITU_DATABASE）")
@click.option("--replace", is_flag=True, help="目标里有数据也恢复；现有数据先另存一份")
@click.option("--check", is_flag=True, help="只核对备份文件是否完整，什么也不改")
@click.pass_obj
def restore_(
    settings: Settings, /, *, file: Path, into: str | None, replace: bool, check: bool
) -> None:
    """用备份恢复全部数据：要么全部，要么一点不动。"""
    if check:
        say(_told(verify(file)))
        click.echo("备份完整，可以恢复。")
        return
    url = settings.database if into is None else _url(into)
    done = restore(url, file, folder=settings.backups, replace=replace, by=BY)
    say(_restored(done))


@click.command("move")
@click.argument("source")
@click.argument("target")
def move_(source: str, target: str) -> None:
    """把全部数据从 SOURCE 搬到空的 TARGET（sqlite:///文件 或 postgresql://…），并核对两边。"""
    moved = move(_url(source), _url(target), by=BY)
    rows = sum(table.rows for table in moved.tables.values())
    click.echo(f"已搬 {len(moved.tables)} 张表、{rows} 行，逐表核对一致。")
    click.echo(f"两边导出校验值相同：{moved.export}")
    click.echo("旧库没有改动。请把 ZHITU_DATABASE 改成新库再启动服务，旧库不要再写。")


def _url(text: str) -> str:
    """A bare path is a SQLite file, as in ZHITU_DATABASE; it must stay when the command is over."""
    url = text if "://" in text else f"sqlite:///{text}"
    if url.startswith("sqlite:") and sqlite_file(url) is None:
        raise ParameterError("要写明哪一个数据库：一个文件，或 postgresql://…")
    return url


def _made(made: BackupMade) -> Iterator[str]:
    yield f"已备份到 {made.path}（{made.size / 1024:,.0f} KB，{made.seconds:.1f} 秒）"
    yield from _told(made.manifest)
    yield f"文件校验值 SHA-256 {made.sha256}"
    yield from (f"删去旧备份 {path.name}" for path in made.deleted)
    if not made.listed:
        yield "注意：数据库的磁盘满了，或者一直有人在写，这份备份没有记进库里；备份本身完整。"


def _told(manifest: Manifest) -> Iterator[str]:
    made_at = datetime.fromisoformat(manifest.made_at).astimezone(BEIJING_TIME)
    yield (
        f"{made_at:%Y-%m-%d %H:%M:%S}（北京时间）的数据，职图 {manifest.program}，"
        f"结构版本 {manifest.revision}，数据版本 {manifest.data_version}"
    )
    tables = manifest.tables
    counts = (f"{tables[name].rows} {unit}" for name, unit in _COUNTED if name in tables)
    yield f"{'，'.join(counts)}；{len(manifest.tables)} 张表共 {manifest.rows} 行"
    yield f"导出校验值 {manifest.export}"


def _restored(done: Restored) -> Iterator[str]:
    yield "已恢复，逐表核对一致。"
    yield from _told(done.manifest)
    if done.aside:
        yield f"原来的数据在 {done.aside}"
    yield "所有人要重新登录；备份之后停用的账号和令牌又能用了，请再停用一次。"
