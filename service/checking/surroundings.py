"""The machine around the service: disks, clock, files that others can read, what is set."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from geodata.looking import sqlite_file
from service.checking.finding import Finding, doubt, good, wrong
from service.clock import doubts_of_the_clock, now
from service.settings import Given, Settings
from service.settings.variables import KNOWN, nearest_variable

_MB = 1024 * 1024
# Below this a single import may not fit; above the other nobody needs to think of it.
_FULL_MB = 100
_NEARLY_MB = 1000


def disks(settings: Settings) -> Iterator[Finding]:
    """What is left where the database and the backups lie."""
    file = sqlite_file(settings.database)
    folders = {"备份": settings.backups.absolute()}
    if file is not None:
        folders = {"数据库": file.absolute().parent} | folders
    for name, folder in folders.items():
        there = _nearest_there(folder)
        if not there.is_dir():
            yield wrong("磁盘", f"{name}的目录 {folder} 不是目录，{there} 是文件：请改设置。")
            continue
        if not os.access(there, os.W_OK):
            yield wrong("磁盘", f"{name}的目录 {folder} 不能写：请改权限，或换一个目录。")
            continue
        left = shutil.disk_usage(there).free // _MB
        need = max(_NEARLY_MB, 2 * _size_mb(file))
        told = f"{name}的目录 {folder} 还剩 {left:,} MB"
        if left < _FULL_MB:
            yield wrong("磁盘", f"{told}，快满了：导入和备份会失败，请腾出空间。")
        elif left < need:
            yield doubt("磁盘", f"{told}，不到 {need:,} MB：请腾出空间。")
        else:
            yield good("磁盘", told)


def passing_files() -> Iterator[Finding]:
    """Where files wait that are sent in or made for a download."""
    try:
        folder = Path(tempfile.gettempdir())
    except FileNotFoundError:
        yield wrong(
            "临时目录", "没有一个能写：送文件、下载和导入会失败。请设 TMPDIR，或给 /tmp 写权限。"
        )
        return
    left = shutil.disk_usage(folder).free // _MB
    if left < _FULL_MB:
        yield wrong("临时目录", f"{folder} 只剩 {left:,} MB：送文件和下载会失败，请腾出空间。")


def clock() -> Iterator[Finding]:
    """Whether the time of this machine can be right."""
    doubts = doubts_of_the_clock()
    yield wrong("时钟", doubts) if doubts else good("时钟", f"北京时间 {now():%Y-%m-%d %H:%M}")


def files(given: Given) -> Iterator[Finding]:
    """Files that hold secrets and that anybody on this machine can read."""
    held = {value.file for value in given.values.values() if value.file}
    secret = any(one.secret and given.in_toml(one.name) for one in KNOWN)
    if given.toml and secret:
        held.add(given.toml)
    for path in sorted(held):
        if os.name == "posix" and path.stat().st_mode & 0o004:
            yield doubt("密钥文件", f"{path} 别的用户也能读：请 chmod o-r {path}。")


def misspelt(given: Given) -> Iterator[Finding]:
    """Variables that begin like ours and set nothing."""
    for name in given.unknown:
        yield doubt("设置", f"没有 {name} 这个变量，它不起作用{nearest_variable(name)}")


def public_service(settings: Settings) -> Iterator[Finding]:
    """What a service for everybody must have set."""
    if not settings.production:
        yield from (doubt("对外", sentence) for sentence in settings.exposed())
        return
    if not settings.https:
        yield wrong(
            "对外",
            "正式对外却没有设 ZHITU_HTTPS=1：登录会在网上明文走。前面放一个 HTTPS 代理，再设它。",
        )
    if not settings.site_url:
        yield wrong(
            "对外",
            "正式对外却没有设 ZHITU_SITE_URL：页面里的网址会照来访者写的 Host，能被人改。",
        )


def _nearest_there(folder: Path) -> Path:
    while not os.path.exists(folder):
        folder = folder.parent
    return folder


def _size_mb(file: Path | None) -> int:
    return file.stat().st_size // _MB if file is not None and os.path.isfile(file) else 0
