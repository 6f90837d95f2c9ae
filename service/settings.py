"""Everything that can be set, read once from the environment: nothing else reads it."""

import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from geodata.embeds.origin import read_origin
from geodata.errors import ParameterError, SettingsError
from geodata.place.online.registry import Configured
from maps.base import FOREIGN, Basemap, basemap
from service.geocoder_settings import GEOCODER_VARIABLES, geocoders
from service.oidc_settings import OIDC_VARIABLES, Oidc, oidc

DEFAULT_DATABASE = "sqlite:///zhitu-data/zhitu.sqlite"
DEFAULT_BACKUPS = Path("zhitu-data/backups")
VARIABLES = (
    "ZHITU_DATABASE",
    "ZHITU_GAZETTEERS",
    "ZHITU_NETWORK",
    "ZHITU_PLANNER_PASSWORD",
    "ZHITU_SECRET_KEY",
    "ZHITU_BASEMAP",
    "ZHITU_TIANDITU_KEY",
    "ZHITU_MAP_APPROVAL",
    "ZHITU_PRODUCTION",
    "ZHITU_SHOW_RECTIFYING",
    "ZHITU_EMBED_SITES",
    "ZHITU_HOST",
    "ZHITU_PORT",
    "ZHITU_HTTPS",
    "ZHITU_PROXY_HOPS",
    *OIDC_VARIABLES,
    "ZHITU_UPLOAD_MB",
    "ZHITU_SITE_URL",
    "ZHITU_ICP",
    "ZHITU_FOREIGN_BASEMAP_OK",
    "ZHITU_LOG",
    "ZHITU_METRICS_HOST",
    "ZHITU_METRICS_PORT",
    "ZHITU_BACKUPS",
    "ZHITU_WORKS",
    "ZHITU_JOB_MEMORY_MB",
    "ZHITU_JOB_MINUTES",
    "ZHITU_PRIVATE_HOSTS",
    "ZHITU_FEWEST",
    *GEOCODER_VARIABLES,
)
_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"", "0", "false", "no", "off"})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Settings:
    """The settings of one service; secrets are kept out of its repr."""

    database: str = DEFAULT_DATABASE
    gazetteers: tuple[Path, ...] = ()
    network: Path | None = None
    planner_password: str = field(default="", repr=False)
    secret_key: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)
    basemap: Basemap = field(default_factory=lambda: basemap("none"), repr=False)
    production: bool = False
    show_rectifying: bool = False
    embed_sites: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8000
    https: bool = False
    proxy_hops: int = 0
    upload_mb: int = 20
    oidc: Oidc | None = None
    secret_key_given: bool = False
    geocoders: tuple[Configured, ...] = ()
    site_url: str = ""
    icp: str = ""
    log: str = "none"
    metrics_host: str = "127.0.0.1"
    metrics_port: int = 0
    backups: Path = DEFAULT_BACKUPS
    works: bool = True
    job_memory_mb: int = 2000
    job_minutes: int = 120
    private_hosts: tuple[str, ...] = ()
    fewest: int = 3

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the ZHITU_ variables; a bad value is a `SettingsError` that names its variable."""
        given = {name: environ.get(name, "").strip() for name in VARIABLES}
        _refuse_foreign_basemap(given)
        return cls(
            database=_database(given["ZHITU_DATABASE"]),
            gazetteers=_files(given["ZHITU_GAZETTEERS"]),
            network=_network(given["ZHITU_NETWORK"]),
            planner_password=given["ZHITU_PLANNER_PASSWORD"],
            secret_key=_secret(given["ZHITU_SECRET_KEY"]),
            basemap=_basemap(given),
            production=_switch(given, "ZHITU_PRODUCTION"),
            show_rectifying=_switch(given, "ZHITU_SHOW_RECTIFYING"),
            embed_sites=_sites(given["ZHITU_EMBED_SITES"]),
            host=given["ZHITU_HOST"] or "127.0.0.1",
            port=_whole(given, "ZHITU_PORT", 1, 65535, otherwise=8000),
            https=_switch(given, "ZHITU_HTTPS"),
            proxy_hops=_whole(given, "ZHITU_PROXY_HOPS", 0, 5, otherwise=0),
            upload_mb=_whole(given, "ZHITU_UPLOAD_MB", 1, 100, otherwise=20),
            oidc=oidc(given),
            secret_key_given=bool(given["ZHITU_SECRET_KEY"]),
            geocoders=geocoders(given),
            site_url=_site_url(given["ZHITU_SITE_URL"]),
            icp=given["ZHITU_ICP"],
            log=_log(given["ZHITU_LOG"]),
            metrics_host=given["ZHITU_METRICS_HOST"] or "127.0.0.1",
            metrics_port=_whole(given, "ZHITU_METRICS_PORT", 0, 65535, otherwise=0),
            backups=Path(given["ZHITU_BACKUPS"] or DEFAULT_BACKUPS),
            works=_switch({"ZHITU_WORKS": given["ZHITU_WORKS"] or "1"}, "ZHITU_WORKS"),
            job_memory_mb=_whole(given, "ZHITU_JOB_MEMORY_MB", 500, 64_000, otherwise=2000),
            job_minutes=_whole(given, "ZHITU_JOB_MINUTES", 1, 24 * 60, otherwise=120),
            private_hosts=tuple(given["ZHITU_PRIVATE_HOSTS"].replace(",", " ").split()),
            fewest=_whole(given, "ZHITU_FEWEST", 1, 100, otherwise=3),
        )

    @property
    def draws_outlines(self) -> bool:
        """Whether public pages draw district outlines: in production only an approved map may."""
        return not self.production or bool(self.basemap.approval)

    def exposed(self) -> Iterator[str]:
        """What is worth knowing before others can reach the service; nothing on loopback."""
        if self.host in _LOOPBACK:
            return
        yield f"注意：{self.host} 上别的机器也能访问。公众页面谁都能看。"
        if not self.planner_password:
            yield "没有设 ZHITU_PLANNER_PASSWORD：规划页面只有 zhitu account add 建的账号能进。"
        if not self.site_url:
            yield "没有设 ZHITU_SITE_URL：嵌入代码和站点地图里的网址会照来访的 Host 写。"
        if not self.secret_key_given:
            yield "没有设 ZHITU_SECRET_KEY：每次重启后规划人员都要重新登录。"
        if self.planner_password and not self.https:
            yield "没有设 ZHITU_HTTPS：口令在网上是明文，前面请放一个 HTTPS 代理。"


def _database(text: str) -> str:
    if not text:
        return DEFAULT_DATABASE
    if "://" in text:
        return text
    return f"sqlite:///{Path(text)}"


def _files(text: str) -> tuple[Path, ...]:
    paths = tuple(Path(part) for part in text.split(os.pathsep) if part)
    for path in paths:
        if not path.is_file():
            raise SettingsError(f"ZHITU_GAZETTEERS 里的文件不存在：{path}")
    return paths


def _network(text: str) -> Path | None:
    if text and not Path(text).is_file():
        raise SettingsError(f"ZHITU_NETWORK 的文件不存在：{text}")
    return Path(text) if text else None


def _secret(text: str) -> str:
    if not text:
        return secrets.token_hex(32)
    if len(text) < 16:
        raise SettingsError("ZHITU_SECRET_KEY 太短：至少 16 个字符")
    return text


def _basemap(given: Mapping[str, str]) -> Basemap:
    name = given["ZHITU_BASEMAP"] or "none"
    try:
        return basemap(name, key=given["ZHITU_TIANDITU_KEY"], approval=given["ZHITU_MAP_APPROVAL"])
    except SettingsError as error:
        raise SettingsError(f"ZHITU_BASEMAP：{error}") from error


def _refuse_foreign_basemap(given: Mapping[str, str]) -> None:
    """A map shown to the public in China needs an approved base, or someone who answers for it."""
    foreign = given["ZHITU_BASEMAP"] in FOREIGN and not given["ZHITU_MAP_APPROVAL"]
    answered = _switch(given, "ZHITU_FOREIGN_BASEMAP_OK")
    if _switch(given, "ZHITU_PRODUCTION") and foreign and not answered:
        raise SettingsError(
            f"ZHITU_BASEMAP={given['ZHITU_BASEMAP']} 是境外底图，没有审图号，不能正式对外。"
            "请换 tianditu、amap 或 none，或设 ZHITU_MAP_APPROVAL；"
            "确实要用，设 ZHITU_FOREIGN_BASEMAP_OK=1"
        )


def _site_url(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.query):
        raise SettingsError(
            f"ZHITU_SITE_URL 要写本服务对外的网址，如 https://map.example.org，收到：{text}"
        )
    return text.rstrip("/")


def _switch(given: Mapping[str, str], name: str) -> bool:
    value = given[name].lower()
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise SettingsError(f"{name} 只能是 1 或 0，收到：{given[name]}")


def _sites(text: str) -> tuple[str, ...]:
    sites = tuple(text.replace(",", " ").split())
    for site in sites:
        parts = urlsplit(site)
        # Anything but a bare origin would end up inside a response header.
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
            raise SettingsError(
                f"ZHITU_EMBED_SITES 要写网站地址，如 https://www.example.org，收到：{site}"
            )
    try:
        return tuple(str(read_origin(site)) for site in sites)
    except ParameterError as error:
        raise SettingsError(f"ZHITU_EMBED_SITES：{error}") from error


def _log(text: str) -> str:
    if text not in {"", "none", "json"}:
        raise SettingsError(f"ZHITU_LOG 只能是 json 或 none，收到：{text}")
    return text or "none"


def _whole(given: Mapping[str, str], name: str, least: int, most: int, *, otherwise: int) -> int:
    """A whole number of a few digits, within bounds."""
    text = given[name]
    if text and not (text.isdecimal() and len(text) <= 6 and least <= int(text) <= most):
        raise SettingsError(f"{name} 要是 {least} 到 {most} 的整数，收到：{text}")
    return int(text) if text else otherwise
