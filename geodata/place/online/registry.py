"""The online geocoders there are, by the name a setting gives them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from geodata.errors import SettingsError
from geodata.outside.hosts import Hosts
from geodata.place.district import load_districts
from geodata.place.online.amap import AMap
from geodata.place.online.baidu import Baidu
from geodata.place.online.book import Book
from geodata.place.online.open_data import OwnNominatim, OwnPelias, OwnPhoton
from geodata.place.online.provider import Limits, Online, Service
from geodata.place.online.tencent import Tencent
from geodata.place.online.tianditu import Tianditu

TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Configured:
    """One geocoder with its host, key, limits and what it may reach; the key is in no repr."""

    name: str
    url: str
    key: str = field(default="", repr=False)
    limits: Limits = field(default_factory=Limits)
    timeout_s: float = TIMEOUT_S
    hosts: Hosts = field(default_factory=Hosts)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a setting needs to know of a geocoder: its own host ("" if it has none), its pace."""

    make: Callable[[Configured], Service]
    url: str = ""
    per_second: float = 3.0

    @property
    def needs_key(self) -> bool:
        return bool(self.url)


def _amap(given: Configured) -> Service:
    city = f"{load_districts().codes[0][:2]}0000"
    return AMap(given.key, url=given.url, city=city, hosts=given.hosts, timeout_s=given.timeout_s)


def _baidu(given: Configured) -> Service:
    return Baidu(given.key, url=given.url, hosts=given.hosts, timeout_s=given.timeout_s)


def _tencent(given: Configured) -> Service:
    return Tencent(given.key, url=given.url, hosts=given.hosts, timeout_s=given.timeout_s)


def _tianditu(given: Configured) -> Service:
    return Tianditu(given.key, url=given.url, hosts=given.hosts, timeout_s=given.timeout_s)


def _nominatim(given: Configured) -> Service:
    return OwnNominatim(given.url, hosts=given.hosts, timeout_s=given.timeout_s)


def _photon(given: Configured) -> Service:
    return OwnPhoton(given.url, hosts=given.hosts, timeout_s=given.timeout_s)


def _pelias(given: Configured) -> Service:
    return OwnPelias(given.url, hosts=given.hosts, timeout_s=given.timeout_s)


KINDS: dict[str, Kind] = {
    "amap": Kind(_amap, "https://restapi.amap.com"),
    "baidu": Kind(_baidu, "https://api.map.baidu.com"),
    "tencent": Kind(_tencent, "https://apis.map.qq.com"),
    "tianditu": Kind(_tianditu, "https://api.tianditu.gov.cn"),
    "nominatim": Kind(_nominatim, per_second=20.0),
    "photon": Kind(_photon, per_second=20.0),
    "pelias": Kind(_pelias, per_second=20.0),
}


def connect(configured: Sequence[Configured], book: Book) -> list[Online]:
    """The geocoders of the settings, in their order, over one cache and ledger.

    Raises SettingsError for a name nobody knows.
    """
    return [Online(_service(each), book, limits=each.limits) for each in configured]


def _service(given: Configured) -> Service:
    if given.name not in KINDS:
        raise SettingsError(f"没有叫“{given.name}”的在线地理编码：应为 {'、'.join(KINDS)}。")
    return KINDS[given.name].make(given)
