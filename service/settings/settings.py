"""The settings as typed values, parsed once."""

import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from geodata.place.online.registry import Configured
from maps.base import Basemap, basemap
from service.settings import values
from service.settings.geocoders import geocoders
from service.settings.given import Given, gather
from service.settings.oidc import Oidc, oidc
from service.settings.secret_key import planner_password, secret_key
from service.settings.values import switch, whole

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Settings:
    """The settings of one service; secrets are kept out of its repr."""

    database: str = field(default="sqlite:///zhitu-data/zhitu.sqlite", repr=False)
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
    backups: Path = Path("zhitu-data/backups")
    works: bool = True
    job_memory_mb: int = 2000
    job_minutes: int = 120
    private_hosts: tuple[str, ...] = ()
    fewest: int = 3

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the ZHITU_ variables and the file they name; see `of`."""
        return cls.of(gather(environ))

    @classmethod
    def of(cls, given: Given) -> "Settings":
        """Everything that was set; a bad value is a `SettingsError` that names its variable."""
        production = switch(given, "ZHITU_PRODUCTION")
        return cls(
            database=values.database(given["ZHITU_DATABASE"]),
            gazetteers=values.files(given["ZHITU_GAZETTEERS"]),
            network=values.network(given["ZHITU_NETWORK"]),
            planner_password=planner_password(
                given["ZHITU_PLANNER_PASSWORD"], production=production
            ),
            secret_key=secret_key(given["ZHITU_SECRET_KEY"], production=production),
            basemap=values.basemap(given),
            production=production,
            show_rectifying=switch(given, "ZHITU_SHOW_RECTIFYING"),
            embed_sites=values.sites(given["ZHITU_EMBED_SITES"]),
            host=given["ZHITU_HOST"],
            port=whole(given, "ZHITU_PORT"),
            https=switch(given, "ZHITU_HTTPS"),
            proxy_hops=whole(given, "ZHITU_PROXY_HOPS"),
            upload_mb=whole(given, "ZHITU_UPLOAD_MB"),
            oidc=oidc(given),
            secret_key_given="ZHITU_SECRET_KEY" in given,
            geocoders=geocoders(given),
            site_url=values.site_url(given["ZHITU_SITE_URL"]),
            icp=given["ZHITU_ICP"],
            log=values.log(given["ZHITU_LOG"]),
            metrics_host=given["ZHITU_METRICS_HOST"],
            metrics_port=whole(given, "ZHITU_METRICS_PORT"),
            backups=Path(given["ZHITU_BACKUPS"]),
            works=switch(given, "ZHITU_WORKS"),
            job_memory_mb=whole(given, "ZHITU_JOB_MEMORY_MB"),
            job_minutes=whole(given, "ZHITU_JOB_MINUTES"),
            private_hosts=values.private_hosts(given["ZHITU_PRIVATE_HOSTS"]),
            fewest=whole(given, "ZHITU_FEWEST"),
        )

    @property
    def draws_outlines(self) -> bool:
        """Whether public pages draw district outlines: in production only an approved map may."""
        return not self.production or bool(self.basemap.approval)

    def exposed(self) -> Iterator[str]:
        """What is worth knowing before others can reach the service; nothing on loopback."""
        if self.metrics_port and not _is_private(self.metrics_host):
            yield f"注意：ZHITU_METRICS_HOST={self.metrics_host} 外面也可能访问，指标没有口令。"
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


def _is_private(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host in _LOOPBACK
    return address.is_private and not address.is_unspecified
