"""Every setting there is: its name, what it takes, what holds without it, whether it is a secret.

The key of a setting in the TOML file is its name without ZHITU_, in small letters; a table stands
for what comes before an underscore, so `[oidc] issuer` and `oidc_issuer` are the same setting.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from geodata.place.online.registry import KINDS

PREFIX = "ZHITU_"
FILE = "_FILE"


class Shape(Enum):
    """What a setting takes; the value says what to write in the TOML file."""

    TEXT = '文字，如 "…"'
    SWITCH = "true 或 false"
    WHOLE = "整数，不加引号"
    LIST = '文字，或几段文字的表，如 ["…", "…"]'
    PATHS = '文件名，或几个文件名的表，如 ["…", "…"]'
    NUMBERS = "名字和数的表，如 { amap = 30 }"


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting; `default` is the text that holds when nothing is given."""

    name: str
    shape: Shape = Shape.TEXT
    default: str = ""
    secret: bool = False
    # The bounds of a whole number.
    least: int = 0
    most: int = 0

    @property
    def key(self) -> str:
        return self.name.removeprefix(PREFIX).lower()

    @property
    def may_be_a_file(self) -> bool:
        """Whether NAME_FILE may name a file that holds it, as systemd and containers hand it."""
        return self.secret or self.name == "ZHITU_DATABASE"


def _text(name: str, default: str = "") -> Variable:
    return Variable(name, default=default)


def _secret(name: str) -> Variable:
    return Variable(name, secret=True)


def _switch(name: str, default: str = "0") -> Variable:
    return Variable(name, Shape.SWITCH, default)


def _whole(name: str, default: int, least: int, most: int) -> Variable:
    return Variable(name, Shape.WHOLE, str(default), least=least, most=most)


KNOWN: tuple[Variable, ...] = (
    _text("ZHITU_DATABASE", "zhitu-data/zhitu.sqlite"),
    Variable("ZHITU_GAZETTEERS", Shape.PATHS),
    _text("ZHITU_NETWORK"),
    _secret("ZHITU_PLANNER_PASSWORD"),
    _secret("ZHITU_SECRET_KEY"),
    _text("ZHITU_BASEMAP", "none"),
    _secret("ZHITU_TIANDITU_KEY"),
    _text("ZHITU_MAP_APPROVAL"),
    _switch("ZHITU_PRODUCTION"),
    _switch("ZHITU_SHOW_RECTIFYING"),
    Variable("ZHITU_EMBED_SITES", Shape.LIST),
    _text("ZHITU_HOST", "127.0.0.1"),
    _whole("ZHITU_PORT", 8000, 1, 65535),
    _switch("ZHITU_HTTPS"),
    _whole("ZHITU_PROXY_HOPS", 0, 0, 5),
    _text("ZHITU_OIDC_ISSUER"),
    _text("ZHITU_OIDC_CLIENT_ID"),
    _secret("ZHITU_OIDC_CLIENT_SECRET"),
    _text("ZHITU_OIDC_NAME", "统一登录"),
    _text("ZHITU_OIDC_CLAIM", "preferred_username"),
    _whole("ZHITU_UPLOAD_MB", 20, 1, 100),
    _text("ZHITU_SITE_URL"),
    _text("ZHITU_ICP"),
    _switch("ZHITU_FOREIGN_BASEMAP_OK"),
    _text("ZHITU_LOG", "none"),
    _text("ZHITU_METRICS_HOST", "127.0.0.1"),
    _whole("ZHITU_METRICS_PORT", 0, 0, 65535),
    _text("ZHITU_BACKUPS", "zhitu-data/backups"),
    _switch("ZHITU_WORKS", "1"),
    _whole("ZHITU_JOB_MEMORY_MB", 2000, 500, 64_000),
    _whole("ZHITU_JOB_MINUTES", 120, 1, 24 * 60),
    Variable("ZHITU_PRIVATE_HOSTS", Shape.LIST),
    _whole("ZHITU_FEWEST", 3, 1, 100),
    Variable("ZHITU_GEOCODERS", Shape.LIST),
    _secret("ZHITU_AMAP_KEY"),
    _secret("ZHITU_BAIDU_KEY"),
    _secret("ZHITU_TENCENT_KEY"),
    _secret("ZHITU_TIANDITU_GEOCODER_KEY"),
    *(_text(f"ZHITU_{name.upper()}_URL", kind.url) for name, kind in KINDS.items()),
    Variable("ZHITU_GEOCODER_QPS", Shape.NUMBERS),
    Variable("ZHITU_GEOCODER_DAILY", Shape.NUMBERS),
)
BY_NAME = {one.name: one for one in KNOWN}
VARIABLES = tuple(BY_NAME)
# NAME_FILE and its key, for what may be handed over in a file of its own.
FILED = {one.name + FILE: one for one in KNOWN if one.may_be_a_file}


def nearest_key(key: str) -> str:
    """“，是不是 port？”, or nothing where no key of the file is near."""
    near = _nearest(key)
    return f"，是不是 {near.removeprefix(PREFIX).lower()}？" if near else ""


def nearest_variable(name: str) -> str:
    """“，是不是 ZHITU_PORT？”, or nothing where no variable is near."""
    near = _nearest(name)
    return f"，是不是 {near}？" if near else ""


def _nearest(name: str) -> str:
    meant = name.upper().replace("-", "_").removeprefix(PREFIX)
    near = get_close_matches(PREFIX + meant, (*BY_NAME, *FILED), n=1, cutoff=0.75)
    return near[0] if near else ""
