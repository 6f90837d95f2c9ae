"""Links that open a walking route in a map app, each in the app's own datum."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from geodata.model import Datum
from geodata.place.datum import convert


@dataclass(frozen=True, slots=True)
class Route:
    """One app: its key (`amap`, `tencent`, `baidu`, `apple`) and the link."""

    app: str
    url: str


def _amap(name: str, lon: str, lat: str) -> str:
    to = f"{lon},{lat},{quote(name, safe='')}"
    return f"https://uri.amap.com/navigation?to={to}&mode=walk&src=zhitu&callnative=1"


def _tencent(name: str, lon: str, lat: str) -> str:
    # Tencent reads ; and : as separators even when they are percent-encoded.
    to = quote(name.translate({ord(";"): None, ord(":"): None}), safe="")
    return (
        "https://apis.map.qq.com/uri/v1/routeplan"
        f"?type=walk&to={to}&tocoord={lat},{lon}&coord_type=2&referer=zhitu"
    )


def _baidu(name: str, lon: str, lat: str) -> str:
    title = quote(name, safe="")
    return (
        f"https://api.map.baidu.com/marker?location={lat},{lon}&title={title}"
        f"&content={title}&output=html&coord_type=gcj02&src=zhitu"
    )


def _apple(_name: str, lon: str, lat: str) -> str:
    return f"https://maps.apple.com/?daddr={lat},{lon}&dirflg=w"


_APPS: tuple[tuple[str, Callable[[str, str, str], str]], ...] = (
    ("amap", _amap),
    ("tencent", _tencent),
    ("baidu", _baidu),
    ("apple", _apple),
)


def directions(name: str, lon: float, lat: float) -> tuple[Route, ...]:
    """Walking routes to a WGS-84 position; every one of these apps takes GCJ-02."""
    lons, lats = convert(lon, lat, source=Datum.WGS84, target=Datum.GCJ02)
    at = f"{float(lons):.6f}", f"{float(lats):.6f}"
    return tuple(Route(app, build(name, *at)) for app, build in _APPS)
