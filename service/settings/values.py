"""A text of a setting becomes a typed value, or a sentence that names the setting."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.exc import ArgumentError

from geodata.embeds.origin import read_origin
from geodata.errors import ParameterError, SettingsError
from geodata.outside.hosts import Hosts
from geodata.postgres import read_url
from maps.base import FOREIGN, Basemap
from maps.base import basemap as basemap_named
from service.settings.given import Given
from service.settings.variables import BY_NAME

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"", "0", "false", "no", "off"})
_IN_MEMORY = frozenset({None, "", ":memory:"})
_PASSWORD_ASKED = re.compile(r"[?&](ssl)?password=", re.IGNORECASE)


def database(text: str) -> str:
    """The URL of a database; a bare file name is one of SQLite."""
    if "://" not in text:
        text = f"sqlite:///{Path(text)}"
    try:
        parsed = read_url(text)
    except (ArgumentError, ValueError):
        # What cannot be read may hold a password anywhere, so nothing of it is shown.
        raise SettingsError(
            "ZHITU_DATABASE 读不懂：要 sqlite:///文件 或 postgresql://用户:口令@主机:端口/库；"
            "口令里的 @ / : # 要写成 %40 %2F %3A %23"
        ) from None
    if parsed.get_backend_name() == "sqlite" and parsed.database in _IN_MEMORY:
        # Each process would have data of its own.
        raise SettingsError("ZHITU_DATABASE 要写明一个文件：只在内存里的数据，一停就没有了。")
    if _PASSWORD_ASKED.search(text) or "@" in (parsed.host or ""):
        raise SettingsError(
            "ZHITU_DATABASE 的口令要写在 postgresql://用户:口令@主机 里，"
            "其中的 @ / : # 写成 %40 %2F %3A %23"
        )
    return text


def files(text: str) -> tuple[Path, ...]:
    """Files that are there."""
    paths = tuple(Path(part) for part in text.split(os.pathsep) if part)
    for path in paths:
        if not path.is_file():
            raise SettingsError(f"ZHITU_GAZETTEERS 里的文件不存在：{path}")
    return paths


def network(text: str) -> Path | None:
    """The file of a walking network, if one is set."""
    if text and not Path(text).is_file():
        raise SettingsError(f"ZHITU_NETWORK 的文件不存在：{text}")
    return Path(text) if text else None


def basemap(given: Given) -> Basemap:
    """The basemap; a map shown in public in China needs an approved one, or who answers for it."""
    name, approval = given["ZHITU_BASEMAP"], given["ZHITU_MAP_APPROVAL"]
    answered = approval or switch(given, "ZHITU_FOREIGN_BASEMAP_OK")
    if switch(given, "ZHITU_PRODUCTION") and name in FOREIGN and not answered:
        raise SettingsError(
            f"ZHITU_BASEMAP={name} 是境外底图，没有审图号，不能正式对外。"
            "请换 tianditu、amap 或 none，或设 ZHITU_MAP_APPROVAL；"
            "确实要用，设 ZHITU_FOREIGN_BASEMAP_OK=1"
        )
    try:
        return basemap_named(name, key=given["ZHITU_TIANDITU_KEY"], approval=approval)
    except SettingsError as error:
        raise SettingsError(f"ZHITU_BASEMAP：{error}") from error


def site_url(text: str) -> str:
    """This service's own address as visitors know it."""
    parts = urlsplit(text)
    if "@" in parts.netloc:
        raise SettingsError("ZHITU_SITE_URL 里不能有用户名和口令：它会写进页面。")
    if text and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.query):
        raise SettingsError(
            f"ZHITU_SITE_URL 要写本服务对外的网址，如 https://map.example.org，收到：{text}"
        )
    return text.rstrip("/")


def sites(text: str) -> tuple[str, ...]:
    """Web sites that may embed the map."""
    named = _words(text)
    for site in named:
        parts = urlsplit(site)
        # Anything but a bare origin would end up inside a response header.
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
            raise SettingsError(
                f"ZHITU_EMBED_SITES 要写网站地址，如 https://www.example.org，收到：{site}"
            )
    try:
        return tuple(str(read_origin(site)) for site in named)
    except ParameterError as error:
        raise SettingsError(f"ZHITU_EMBED_SITES：{error}") from error


def private_hosts(text: str) -> tuple[str, ...]:
    """Hosts of one's own that may be connected to."""
    named = _words(text)
    Hosts.of(named)
    return named


def log(text: str) -> str:
    """How requests are logged."""
    if text not in {"none", "json"}:
        raise SettingsError(f"ZHITU_LOG 只能是 json 或 none，收到：{text}")
    return text


def switch(given: Given, name: str) -> bool:
    """On or off."""
    value = given[name].lower()
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise SettingsError(f"{name} 只能是 1 或 0，收到：{given[name]}")


def whole(given: Given, name: str) -> int:
    """A whole number of a few digits, within its bounds."""
    text, one = given[name], BY_NAME[name]
    if not (text.isdecimal() and len(text) <= 6 and one.least <= int(text) <= one.most):
        raise SettingsError(f"{name} 要是 {one.least} 到 {one.most} 的整数，收到：{text}")
    return int(text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())
