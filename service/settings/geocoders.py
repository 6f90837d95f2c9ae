"""The settings of online geocoders. Without a key or a server of one's own nothing goes online."""

from urllib.parse import urlsplit

from geodata.errors import SettingsError
from geodata.outside.hosts import Hosts
from geodata.place.online.provider import Limits
from geodata.place.online.registry import KINDS, Configured
from service.settings.given import Given
from service.settings.values import private_hosts

_KEYS = {
    "amap": "ZHITU_AMAP_KEY",
    "baidu": "ZHITU_BAIDU_KEY",
    "tencent": "ZHITU_TENCENT_KEY",
    "tianditu": "ZHITU_TIANDITU_GEOCODER_KEY",
}
# One key may serve tiles and geocoder, but having one for tiles alone sends no address anywhere.
_ALSO = {"tianditu": "ZHITU_TIANDITU_KEY"}


def geocoders(given: Given) -> tuple[Configured, ...]:
    """The online geocoders in the order they are asked; a bad value names its variable."""
    paces = _numbers(given, "ZHITU_GEOCODER_QPS")
    daily = _numbers(given, "ZHITU_GEOCODER_DAILY")
    hosts = Hosts.of(private_hosts(given["ZHITU_PRIVATE_HOSTS"]))
    return tuple(
        Configured(
            name=name,
            url=_url(given, name, hosts),
            key=_key(given, name),
            limits=Limits(
                per_second=paces.get(name, KINDS[name].per_second),
                daily=int(daily[name]) if name in daily else None,
            ),
            hosts=hosts,
        )
        for name in _order(given)
    )


def _order(given: Given) -> tuple[str, ...]:
    """As ZHITU_GEOCODERS says; without it those that have a key or a server of their own."""
    names = tuple(given["ZHITU_GEOCODERS"].replace(",", " ").split())
    for name in names:
        if name not in KINDS:
            raise SettingsError(f"ZHITU_GEOCODERS 只能是 {'、'.join(KINDS)}，收到：{name}")
    if len(set(names)) < len(names):
        raise SettingsError("ZHITU_GEOCODERS 里有重复的名字")
    return names or tuple(name for name in KINDS if given[_KEYS.get(name, _host_of(name))])


def _host_of(name: str) -> str:
    return f"ZHITU_{name.upper()}_URL"


def _key(given: Given, name: str) -> str:
    if not KINDS[name].needs_key:
        return ""
    key = given[_KEYS[name]] or (given[_ALSO[name]] if name in _ALSO else "")
    if not key:
        raise SettingsError(f"ZHITU_GEOCODERS 里有 {name}，却没有设 {_KEYS[name]}")
    return key


def _url(given: Given, name: str, hosts: Hosts) -> str:
    url = given[_host_of(name)]
    if not url:
        raise SettingsError(f"ZHITU_GEOCODERS 里有 {name}，却没有设 {_host_of(name)}")
    parts = urlsplit(url)
    bare = not (parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not bare:
        raise SettingsError(f"{_host_of(name)} 要写服务器地址，如 https://nominatim.example.org")
    hosts.must_admit(parts.hostname, _host_of(name))
    return url


def _numbers(given: Given, variable: str) -> dict[str, float]:
    """Numbers by geocoder: amap=30 baidu=10."""
    found: dict[str, float] = {}
    for part in given[variable].replace(",", " ").split():
        name, _, text = part.partition("=")
        number = _positive(text)
        if name not in KINDS or number is None:
            raise SettingsError(f"{variable} 要写成 amap=30 tencent=5 这样，收到：{part}")
        found[name] = number
    return found


def _positive(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 < number < 1e9 else None
