"""A SQLite file as its bytes tell it, before SQLite is asked: what is damaged, and what to do."""

import os
from collections.abc import Iterator
from pathlib import Path

from service.checking.finding import Finding, doubt, wrong

WHAT = "数据库"
_HEADER = b"SQLite format 3\0"
_HEADER_BYTES = 100
_WAL_HEADER_BYTES = 32
_FRAME_HEADER_BYTES = 24
_WAL_MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
RESTORE = (
    "请先停止服务，把这个文件连同旁边的 -wal、-shm 拷走留底，再用 zhitu restore 从最近的备份恢复。"
)


def findings(file: Path) -> Iterator[Finding]:
    """What is wrong with a file before it is opened; nothing where it may be opened."""
    # Unlike Path.exists these raise nothing where a folder may not be looked into.
    if not os.path.exists(file):
        yield _missing(file)
        return
    if not file.is_file():
        yield wrong(WHAT, f"{file} 不是文件：请检查 ZHITU_DATABASE。")
        return
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEADER_BYTES)
    except OSError as error:
        yield wrong(WHAT, f"{file} 读不了（{error.strerror}）：请检查文件的主人和权限。")
        return
    if damage := _damage(head, file):
        yield wrong(WHAT, f"{file} {damage}{RESTORE}")
        return
    yield from _log(Path(f"{file}-wal"), _page_bytes(head))
    yield from _rights(file)


def _missing(file: Path) -> Finding:
    folder = file.absolute().parent
    while not os.path.exists(folder):
        folder = folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return wrong(WHAT, f"{file} 还没有，也建不了：{folder} 不能写。请换一个目录，或改权限。")
    return doubt(WHAT, f"{file} 还没有：第一次启动或导入时会建。若本来该有，请检查当前目录和设置。")


def _damage(head: bytes, file: Path) -> str:
    """What the header gives away; "" for nothing."""
    if not head:
        return "是空的（0 字节）：被清空了，或拷贝时中断了。"
    if not head.startswith(_HEADER):
        return "不是 SQLite 数据库，或文件头坏了。"
    if len(head) < _HEADER_BYTES:
        return "不全：连文件头都没有写完。"
    pages, held = int.from_bytes(head[28:32]), file.stat().st_size
    # The header counts pages only where its last writer was of this age of SQLite.
    counted = head[24:28] == head[92:96]
    if counted and pages * _page_bytes(head) > held:
        return f"不全：应有 {pages * _page_bytes(head):,} 字节，只有 {held:,}。"
    return ""


def _page_bytes(head: bytes) -> int:
    written = int.from_bytes(head[16:18])
    return 65_536 if written == 1 else written


def _log(wal: Path, page_bytes: int) -> Iterator[Finding]:
    """The write-ahead log: SQLite passes over what it cannot read in it without a word."""
    try:
        with wal.open("rb") as opened:
            magic, held = opened.read(4), os.fstat(opened.fileno()).st_size
    except OSError:
        return
    if held and magic not in _WAL_MAGIC:
        yield wrong(WHAT, f"{wal} 坏了：还没有并入数据库的改动会丢。{RESTORE}")
    elif held and (held - _WAL_HEADER_BYTES) % (page_bytes + _FRAME_HEADER_BYTES):
        yield doubt(
            WHAT, f"{wal} 的末尾不完整：最后几笔改动可能没有存下，请核对最近的导入和审核记录。"
        )


def _rights(file: Path) -> Iterator[Finding]:
    folder = file.absolute().parent
    lacking = [path for path in (file, folder) if not os.access(path, os.W_OK)]
    if lacking:
        yield wrong(
            WHAT,
            f"{'、'.join(map(str, lacking))} 不能写：SQLite 要能写文件和它所在的目录。"
            "请改成运行服务的用户所有，或检查磁盘是否只读。",
        )
    others = 0o004
    if os.name == "posix" and file.stat().st_mode & others and folder.stat().st_mode & 0o001:
        yield doubt(WHAT, f"{file} 别的用户也能读，里面可能有联系人：请 chmod o-r {file}。")
