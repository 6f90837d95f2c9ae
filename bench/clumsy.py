"""Requests of which no two are alike: what a clumsy or unkind visitor leaves in every cache."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from bench.signed_in import FORM
from geodata.kinds import Kind

_BOUNDARY = "multipart/form-data; boundary=x"
_FILE = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n1,2\r\n--x--\r\n'
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request; `signed_in` ones are a planner's."""

    path: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    signed_in: bool = False

    @property
    def method(self) -> str:
        return "GET" if self.body is None else "POST"


def asks(chance: random.Random) -> Iterator[Ask]:
    """Public pages without end, a mistake in every third, now and then a form."""
    while True:
        yield Ask(_page(chance), headers=_headers(chance))
        yield Ask(_interface(chance), headers=_headers(chance))
        yield Ask(_mistake(chance), headers=_headers(chance))
        if chance.random() < 0.03:
            yield chance.choice((_upload, _wrong_body, _planner))(chance)


def _text(chance: random.Random) -> str:
    return "".join(chr(chance.randint(0x4E00, 0x9FA0)) for _ in range(chance.randint(1, 20)))


def _spot(chance: random.Random) -> tuple[float, float]:
    return chance.uniform(121.0, 121.9), chance.uniform(30.8, 31.6)


def _box(chance: random.Random) -> str:
    lon, lat = _spot(chance)
    return f"{lon:.6f},{lat:.6f},{lon + chance.random():.6f},{lat + chance.random():.6f}"


def _page(chance: random.Random) -> str:
    lon, lat = _spot(chance)
    kind, word = chance.choice(list(Kind)), quote(_text(chance))
    minute = (
        f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:30"
    )
    pages = (
        f"/?q={word}&kind={kind}&lang={word}",
        f"/?near={lon:.6f},{lat:.6f}&radius={chance.randint(50, 5000)}&open={minute}&lang={word}",
        f"/p/{chance.randint(1, 400)}?lang={word}",
        f"/embed?q={word}&kind={kind}&lang={word}",
    )
    return chance.choice(pages)


def _interface(chance: random.Random) -> str:
    lon, lat = _spot(chance)
    word, zoom = quote(_text(chance)), chance.randint(8, 16)
    tile = f"{zoom}/{int((lon + 180) / 360 * 2**zoom)}/{int(0.408 * 2**zoom)}"
    items = "/ogc/collections/service_points/items"
    paths = (
        f"/clusters?bbox={_box(chance)}&z={chance.randint(0, 22)}&near={lon:.6f},{lat:.6f}",
        f"/clusters?bbox={_box(chance)}&z={chance.randint(0, 22)}&q={word}",
        f"/nearest?lon={lon:.6f}&lat={lat:.6f}&limit={chance.randint(1, 100)}&q={word}",
        f"/places/{chance.randint(1, 500)}.json",
        f"/tiles/places/{tile}.mvt?q={word}",
        f"{items}?bbox={_box(chance)}&limit={chance.randint(1, 100)}&x={word}",
        f"{items}?bbox={_box(chance)}&name={word}",
        f"{items}/{chance.randint(1, 900)}",
    )
    return chance.choice(paths)


def _mistake(chance: random.Random) -> str:
    word = quote(_text(chance))
    queries = ("/?district={}", "/clusters?bbox={}", "/?with={}", "/?open={}", "/?kind={}")
    paths = ("/p/{}", "/{}", "/assets/{}", "/ogc/collections/{}/items", "/tiles/{}/1/1/1.mvt")
    return chance.choice(queries + paths).format(word)


def _headers(chance: random.Random) -> dict[str, str]:
    tag = f'W/"{chance.getrandbits(96):024x}"'
    return {"If-None-Match": tag, "Accept-Language": f"zh-{chance.getrandbits(20):x}"}


def _upload(_chance: random.Random) -> Ask:
    return Ask("/desk/imports", _FILE, {"Content-Type": _BOUNDARY})


def _wrong_body(chance: random.Random) -> Ask:
    return Ask(f"/p/{chance.randint(1, 400)}/report", b"what=%ff&x=" + bytes(50), FORM)


def _planner(chance: random.Random) -> Ask:
    query = f"radius={chance.uniform(300, 3000):.1f}&hour=周三{chance.randint(8, 17)}:00"
    return Ask(f"/planner/coverage.json?{quote(query, safe='=&')}", signed_in=True)
