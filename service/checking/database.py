"""Whether the database can be used: looked at as it is, without upgrading or changing anything."""

from collections.abc import Iterator

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from geodata import schema
from geodata.errors import StoreError
from geodata.looking import looking, sqlite_file
from geodata.store import Store
from service.checking import sqlite_file as file_on_disk
from service.checking.finding import Finding, Mark, doubt, good, wrong
from service.checking.sqlite_file import RESTORE, WHAT
from service.settings import Settings

_NO_RIGHT = text(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname <> 'spatial_ref_sys'"
    " AND relnamespace = current_schema()::regnamespace AND NOT ("
    "has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')"
    " AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE')) ORDER BY 1"
)


def findings(settings: Settings) -> Iterator[Finding]:
    """Everything about the database; the last word is ✓ only if it can be used as it is."""
    file = sqlite_file(settings.database)
    if file is not None:
        before = list(file_on_disk.findings(file))
        yield from before
        if any(one.mark is Mark.WRONG for one in before) or not file.exists():
            return
    try:
        with looking(settings.database) as store:
            yield from _opened(store)
    except StoreError as error:
        yield wrong(WHAT, str(error))
    except DBAPIError as error:
        # What the driver says comes on several lines, the last of them hints for programmers.
        why = str(error.orig).strip().splitlines()[0]
        yield wrong(WHAT, f"连不上或读不了：{why}。请检查地址、权限，和数据库是否在运行。")


def _opened(store: Store) -> Iterator[Finding]:
    with store.reading() as session:
        connection = session.connection()
        sqlite = connection.dialect.name == "sqlite"
        found = list(_whole(connection) if sqlite else _on_server(connection))
        yield from found
        if any(one.mark is Mark.WRONG for one in found):
            return
        engine = "SQLite 文件完整" if sqlite else f"PostGIS {_postgis(connection)}"
        where = store.engine.url.render_as_string(hide_password=True)
        yield _version(schema.current(connection), f"{engine}，{where}", sqlite=sqlite)


def _whole(connection: Connection) -> Iterator[Finding]:
    verdict = str(connection.scalar(text("PRAGMA integrity_check(1)")))
    if verdict != "ok":
        yield wrong(WHAT, f"文件已损坏（{' '.join(verdict.split())}）。{RESTORE}")


def _on_server(connection: Connection) -> Iterator[Finding]:
    if connection.scalar(text("SELECT pg_is_in_recovery()")):
        yield doubt(WHAT, "连到的是备机，只能读：导入和审核会失败。")
    if not _postgis(connection):
        yield wrong(WHAT, "这个库没有 PostGIS：请数据库管理员在库里执行 CREATE EXTENSION postgis。")
        return
    if not connection.scalar(text("SELECT has_schema_privilege(current_schema(), 'CREATE')")):
        yield wrong(WHAT, "这个用户不能建表，程序升级时会停下：请授予它模式的 CREATE 权限。")
    if lacking := connection.scalars(_NO_RIGHT).all():
        shown = "、".join(lacking[:3]) + (" 等" if len(lacking) > 3 else "")
        yield wrong(WHAT, f"这个用户对 {len(lacking)} 张表没有读写权限（{shown}）：请 GRANT。")


def _postgis(connection: Connection) -> str:
    asked = text("SELECT extversion FROM pg_extension WHERE extname = 'postgis'")
    return str(connection.scalar(asked) or "")


def _version(at: str | None, about: str, *, sqlite: bool) -> Finding:
    newest = schema.newest()
    if at == newest:
        return good(WHAT, f"{about}，结构版本 {newest}")
    if at is None:
        return doubt(WHAT, f"{about}，还是空的：第一次启动或导入时会建表。")
    if at not in schema.steps():
        return wrong(
            WHAT,
            f"{about}，由更新版本的职图写成（结构 {at}），本版本只认识到 {newest}："
            "请升级程序；要留在本版本，用 zhitu restore --replace 恢复升级以前的备份。",
        )
    copy = (
        "会先在 ZHITU_BACKUPS 里留一份副本"
        if sqlite
        else "请先用原来的版本 zhitu backup（0.1.0 还没有，用 pg_dump）"
    )
    return doubt(
        WHAT, f"{about}，结构版本 {at}，比程序的 {newest} 旧：下次启动或导入时会升级，{copy}。"
    )
