"""The silhouettes of the kinds as polygons, read from the very icons that pages show."""

import math
import re
from collections.abc import Iterator
from functools import cache

from geodata.kinds import Kind
from maps.assets import asset_text

Point = tuple[float, float]
_SYMBOL = r'<symbol id="k-{kind}"[^>]*><path [^>]*? d="([^"]+)"'
_TOKEN = re.compile(r"[MmHhVvLlCcAaZz]|[-+]?(?:\d*\.\d+|\d+)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7, "Z": 0}
_STEPS = 10


@cache
def silhouette(kind: Kind) -> tuple[Point, ...]:
    """Corners of a kind's silhouette within a square of -1 to 1, y upwards."""
    found = re.search(_SYMBOL.format(kind=kind), asset_text("icons.svg"))
    if found is None:
        raise LookupError(f"icons.svg has no symbol k-{kind}")
    return tuple((x / 12 - 1, 1 - y / 12) for x, y in _flattened(found[1]))


def _flattened(path: str) -> Iterator[Point]:
    """The points along a path of one outline; its curves in short straight pieces."""
    here: Point = (0.0, 0.0)
    for command, values in _commands(path):
        drawn = _piece(command, values, here)
        yield from drawn
        here = drawn[-1] if drawn else here


def _commands(path: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    command, values = "", list[float]()
    for token in _TOKEN.findall(path):
        if token.isalpha():
            command, values = token, []
        else:
            values.append(float(token))
        takes = _TAKES[command.upper()]
        if takes and len(values) == takes:
            yield command, tuple(values)
            # Pairs that follow a move are lines.
            command = {"M": "L", "m": "l"}.get(command, command)
            values = []


def _piece(command: str, values: tuple[float, ...], here: Point) -> list[Point]:
    x, y = here if command.islower() else (0.0, 0.0)
    match command.upper():
        case "H":
            return [(x + values[0], here[1])]
        case "V":
            return [(here[0], y + values[0])]
        case "C":
            (ax, ay, bx, by, cx, cy) = values
            return _curve(here, (x + ax, y + ay), (x + bx, y + by), (x + cx, y + cy))
        case "A":
            radius, (large, sweep) = values[0], values[3:5]
            return _arc(here, (x + values[5], y + values[6]), radius, bool(large), bool(sweep))
        case _:
            return [(x + values[0], y + values[1])]


def _curve(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    def at(t: float) -> Point:
        u = 1 - t
        shares = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        xs, ys = zip(a, b, c, d, strict=True)
        return (
            sum(share * x for share, x in zip(shares, xs, strict=True)),
            sum(share * y for share, y in zip(shares, ys, strict=True)),
        )

    return [at(step / _STEPS) for step in range(1, _STEPS + 1)]


def _arc(a: Point, b: Point, radius: float, large: bool, sweep: bool) -> list[Point]:
    """Part of a circle from one point to another, as SVG describes it."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    half = math.hypot(dx, dy) / 2
    radius = max(radius, half)
    off = math.sqrt(max(0.0, radius**2 - half**2)) / (2 * half)
    side = off if large == sweep else -off
    cx, cy = (a[0] + b[0]) / 2 + dy * side, (a[1] + b[1]) / 2 - dx * side
    start = math.atan2(a[1] - cy, a[0] - cx)
    turn = (math.atan2(b[1] - cy, b[0] - cx) - start) % (2 * math.pi)
    if not sweep:
        turn -= 2 * math.pi
    angles = (start + turn * step / _STEPS for step in range(1, _STEPS + 1))
    return [(cx + radius * math.cos(angle), cy + radius * math.sin(angle)) for angle in angles]
