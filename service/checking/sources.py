"""Where positions and sign-ins come from: gazetteers, geocoders, the office's own server."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from geodata.errors import ZhituError
from geodata.looking import is_current, looking, sqlite_file
from geodata.outside.hosts import Hosts
from geodata.place.district import load_districts, load_towns
from maps.assets import leaflet_version
from service.checking.finding import Finding, doubt, good, wrong
from service.settings import Settings
from service.sources import gazetteers_told, geocoders_told
from service.workshop import walking


def findings(settings: Settings) -> Iterator[Finding]:
    """Every source, a later one even where an earlier one failed."""
    yield good("区界与街镇", f"{len(load_districts().names)} 个区，{len(load_towns())} 个街镇")
    try:
        yield good("地名库", gazetteers_told(settings))
    except ZhituError as error:
        yield wrong("地名库", str(error))
    yield from _geocoders(settings)
    try:
        yield good("步行路网", walking(settings.network).describe())
    except ZhituError as error:
        yield wrong("步行路网", str(error))
    yield good("地图资源", f"Leaflet {leaflet_version()} 在本机，不连外网")


def hosts(settings: Settings) -> Iterator[Finding]:
    """Whether the configured servers lead where this service may connect; nobody is asked."""
    outside = {each.url: each.hosts for each in settings.geocoders}
    if settings.oidc:
        outside[settings.oidc.issuer] = settings.oidc.hosts
    for url, admitted in outside.items():
        yield from _host(str(urlsplit(url).hostname), admitted)


def _host(name: str, admitted: Hosts) -> Iterator[Finding]:
    try:
        if not admitted.reaches(name):
            yield wrong(
                "连到外面",
                f"{name} 在内网，不会去连。确实是自己的服务器，请把它写进 ZHITU_PRIVATE_HOSTS。",
            )
    except OSError:
        yield doubt("连到外面", f"查不到 {name} 的地址：请检查网络和域名。")


def _geocoders(settings: Settings) -> Iterator[Finding]:
    what, file = "在线地理编码", sqlite_file(settings.database)
    if not settings.geocoders:
        yield good(what, "没有设，地址不会送到任何地方")
    elif file is None or file.exists():
        with looking(settings.database) as store:
            if is_current(store):
                yield good(what, geocoders_told(settings, store))
