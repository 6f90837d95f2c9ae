"""A map on a page: districts, demand sites as on the coverage screen, points by their kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from geodata.geodesy import metres_per_degree
from geodata.kinds import KINDS, Kind, Status
from geodata.place.district import load_districts
from geodata.public_places import PublicPlace
from geodata.views import SiteCoverage
from maps.base import Bounds
from maps.classes import NO_SHARE, SHARE_CLASSES, SITE_MARKS, class_of, site_mark
from maps.printed.book import BAD, GOOD, INK, INK_2, Sheet
from maps.printed.drawing import (
    EDGE,
    GROUND,
    LABEL,
    PAPER,
    name_in,
    outline_of,
    parts_within,
    ring,
    sized,
    write,
)
from maps.printed.flow import Box
from maps.words import Words

# Silhouettes so small are still told apart in print.
_POINT_PT = 7.0
_IN_SERVICE = frozenset({Status.PLAQUED, Status.RECTIFYING})
_NAME_MM = 5.0
_SCALES_M = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
SHARE_COLOURS = {one.key: one.colour for one in SHARE_CLASSES} | {NO_SHARE: "#D6D4CD"}
# A name in the usual ink cannot be read on these.
_NAME_ON = {SHARE_COLOURS["s3"]: INK, SHARE_COLOURS["s4"]: PAPER}
# Face, edge, size in points, line: quiet ones are drawn first.
_MARKS: dict[str, tuple[str, str, float, object]] = {
    "covered": (GOOD, PAPER, 3.6, "solid"),
    "hours": (PAPER, "#C67200", 6.0, "solid"),
    "unknown": (PAPER, EDGE, 6.5, (0, (1.6, 0.9))),
    "gap": (PAPER, BAD, 6.5, "solid"),
    "p1": (BAD, PAPER, 9.0, "solid"),
}


@dataclass(frozen=True)
class Area:
    """What a map shows, in WGS-84.

    `shares` fill districts by their class; `chosen` is the one drawn light among grey neighbours;
    `numbered` sites, by id, carry the number they have in a table; `named` writes districts.
    """

    bounds: Bounds
    sites: tuple[SiteCoverage, ...] = ()
    points: tuple[PublicPlace, ...] = ()
    shares: Mapping[str, float | None] = field(default_factory=dict)
    chosen: str = ""
    numbered: Sequence[int] = ()
    named: bool = True

    def within(self, bounds: Bounds) -> "Area":
        """What of it can be seen in a window."""
        west, south, east, north = bounds

        def seen(one: SiteCoverage | PublicPlace) -> bool:
            inside = one.lon is not None and one.lat is not None
            return inside and west <= (one.lon or 0) <= east and south <= (one.lat or 0) <= north

        sites, points = filter(seen, self.sites), filter(seen, self.points)
        return replace(self, bounds=bounds, sites=tuple(sites), points=tuple(points))


def draw_area(sheet: Sheet, box: Box, area: Area, *, credit: str) -> Any:
    """Draw a map into a box of its shape; `credit` stands in its corner. Gives the axes."""
    bounds = area.bounds
    axes = sheet.map_axes(box.x, box.y, box.width, box.height, bounds)
    # As wide as the box in millimetres: what is not to get smaller than type.
    per_mm = (bounds[3] - bounds[1]) / box.height
    _districts(axes, area, bounds, per_mm, sheet)
    for kind, spots in points_by_kind(area.points).items():
        mark_point(axes, kind, spots)
    mark_sites(axes, area.sites)
    _numbers(axes, area, sheet)
    _scale(axes, bounds, box, sheet)
    axes.text(
        0.99,
        0.012,
        credit,
        transform=axes.transAxes,
        fontproperties=sized(sheet.type.regular, 7),
        color=INK_2,
        ha="right",
        parse_math=False,
    )
    return axes


def _districts(axes: Any, area: Area, bounds: Bounds, per_mm: float, sheet: Sheet) -> None:
    found = {name: parts_within(name, bounds) for name in load_districts().names}
    for name, parts in found.items():
        edge = PAPER if area.shares else EDGE
        for part in parts:
            axes.fill(*ring(part), facecolor=_fill(area, name), edgecolor=edge, linewidth=0.7)
    for name, parts in found.items():
        if parts and area.named:
            colour = _NAME_ON.get(_fill(area, name), LABEL)
            face = sheet.type.regular
            name_in(axes, parts, name, face, least=_NAME_MM * per_mm, colour=colour)


def _fill(area: Area, name: str) -> str:
    if name in area.shares:
        return SHARE_COLOURS[class_of(area.shares[name], SHARE_CLASSES)]
    return GROUND if area.chosen and name != area.chosen else PAPER


def points_by_kind(places: Iterable[PublicPlace]) -> dict[Kind, list[tuple[float, float]]]:
    """Places in service by the first kind that is, in the order of legends."""
    spots: dict[Kind, list[tuple[float, float]]] = {}
    for place in places:
        kind = next((one.kind for one in place.services if one.status in _IN_SERVICE), None)
        if kind is not None and place.lon is not None and place.lat is not None:
            spots.setdefault(kind, []).append((place.lon, place.lat))
    return {kind: spots[kind] for kind in Kind if kind in spots}


def mark_point(axes: Any, kind: Kind, spots: Sequence[tuple[float, float]]) -> None:
    """The silhouette of a kind at each spot."""
    axes.plot(
        *zip(*spots, strict=True),
        linestyle="none",
        marker=outline_of(kind),
        markersize=_POINT_PT,
        color=KINDS[kind].colour,
        markeredgecolor=PAPER,
        markeredgewidth=0.5,
    )


def mark_sites(axes: Any, sites: Iterable[SiteCoverage]) -> None:
    """Demand sites by their state, the loudest on top."""
    spots: dict[str, list[tuple[float | None, float | None]]] = {}
    for site in sites:
        if site.placed:
            mark = site_mark(site.state, priority=site.priority)
            spots.setdefault(mark, []).append((site.lon, site.lat))
    for mark in _MARKS:
        if mark in spots:
            mark_site(axes, mark, spots[mark])


def mark_site(axes: Any, mark: str, spots: Sequence[tuple[float | None, float | None]]) -> None:
    """One mark of the coverage screen at each spot."""
    face, edge, size, line = _MARKS[mark]
    x, y = zip(*spots, strict=True)
    if mark == "p1":
        axes.scatter(x, y, s=(size + 4) ** 2, facecolor="none", edgecolor=BAD, linewidth=0.8)
    axes.scatter(
        x, y, s=size**2, facecolor=face, edgecolor=edge, linewidth=1.2, linestyle=line, zorder=3
    )


def _numbers(axes: Any, area: Area, sheet: Sheet) -> None:
    number_of = {site: n for n, site in enumerate(area.numbered, start=1)}
    for site in area.sites:
        if site.id in number_of and site.lon is not None and site.lat is not None:
            colour = PAPER if site.priority else BAD
            text, spot = str(number_of[site.id]), (site.lon, site.lat)
            write(axes, spot, text, sheet.type.bold, size=5.5, colour=colour)


def _scale(axes: Any, bounds: Bounds, box: Box, sheet: Sheet) -> None:
    """A bar of a round length, at most a quarter of the map."""
    west, south, east, north = bounds
    per_degree = float(metres_per_degree((south + north) / 2)[0])
    wide = (east - west) * per_degree
    metres = max((m for m in _SCALES_M if m <= wide / 4), default=_SCALES_M[0])
    x, y = west + (east - west) * 0.02, south + (north - south) * 3.0 / box.height
    axes.plot([x, x + metres / per_degree], [y, y], color=INK_2, linewidth=1.4)
    label = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
    middle = x + metres / per_degree / 2
    above = y + (north - south) * 2.2 / box.height
    write(axes, (middle, above), label, sheet.type.regular, size=7, colour=INK_2)


def legend_rows(area: Area, words: Words) -> list[tuple[str, str, str]]:
    """What the marks of a map mean: site or kind or share, its key, its words."""
    marks = {site_mark(site.state, priority=site.priority) for site in area.sites if site.placed}
    told = [
        ("site", key, words.both(chinese, english))
        for key, chinese, english in SITE_MARKS.values()
        if key in marks
    ]
    told += [("kind", kind.value, words.kind_short(kind)) for kind in points_by_kind(area.points)]
    if area.shares:
        told += [("share", one.key, words.both(one.label, one.english)) for one in SHARE_CLASSES]
        told.append(("share", NO_SHARE, words("no_count")))
    return told
