"""One service point on paper: where it is, what it offers, how it was found, whom it serves."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from geodata.answers.question import Parameters
from geodata.answers.serves import Serves
from geodata.answers.words import STATE_LABELS, WHY_NOT
from geodata.geodesy import metres_per_degree
from geodata.hours import from_json
from geodata.hours_text import in_words
from geodata.inspections.record import INSPECTION_LABELS, InspectionKind
from geodata.kinds import KINDS, Kind
from geodata.points.detail import Checked, Detail, Door
from geodata.public_places import PublicPlace
from maps.base import Bounds
from maps.printed.area import Area, draw_area
from maps.printed.book import DOUBT, INK_2, MARGIN_MM, Book
from maps.printed.coverage import Made, heads
from maps.printed.drawing import PAPER, outline_of
from maps.printed.flow import INSIDE_MM, Box, Column, Flow
from maps.printed.legend import draw_legend
from maps.printed.publish import bound
from maps.words import Words

_MAP_MM = (104.0, 88.0)
_AROUND_M = 700.0
# Sites in reach of one point; a crowd says no more than its first rows.
_LISTED = 25
_FIELDS = ("official_code", "operator", "year", "area_m2", "public_phone")
_OF_HEALTH = ("half_days_per_week", "partner_clinic")
_OWN_FIELDS = ("union", "grade", "serves", "enterprises", "workers")


@dataclass(frozen=True, eq=False)
class PointReport:
    """A service point, the places around it, and whom it serves (None: no health point)."""

    point: Detail
    around: tuple[PublicPlace, ...]
    serves: Serves | None
    parameters: Parameters

    @property
    def bounds(self) -> Bounds | None:
        """What its map shows; None while it is on no map."""
        door = self.point.door
        if door.lon is None or door.lat is None:
            return None
        around_m = max(_AROUND_M, 1.5 * (door.error_m or 0.0))
        east, north = metres_per_degree(door.lat)
        across, up = around_m / float(east), around_m / float(north)
        return door.lon - across, door.lat - up, door.lon + across, door.lat + up


def point_pdf(report: PointReport, made: Made, words: Words) -> bytes:
    """The sheet as a PDF.

    Raises:
        CannotDrawError: Matplotlib or a Chinese font is missing.
    """
    foot = words("report_foot", date=words.date(made.day), version=report.parameters.data_version)
    title = report.point.name
    return bound(title, foot, made.day, lambda book: _write(book, report, made, words))


def _write(book: Book, report: PointReport, made: Made, words: Words) -> None:
    point, flow = report.point, Flow(book)
    flow.title(point.name, _below(point, words))
    if report.bounds is None:
        flow.lines(words("report_nowhere", reason=words.both(*point.door.reason)), colour=DOUBT)
        flow.gap(3.0)
        flow.facts(_where(point.door, words))
    else:
        _map(flow, report, report.bounds, made, words)
    flow.heading(words("report_offers"))
    flow.facts(_offers(point, words))
    if point.reached:
        _inspections(flow, point.own.inspections, words)
        _cards(flow, point, words)
    _coverage(flow, report, words)


def _below(point: Detail, words: Words) -> str:
    status = words.status(point.status) if point.status else words("unknown")
    since = words("report_plaqued_on", date=words.date(point.plaque_on)) if point.plaque_on else ""
    return " · ".join(part for part in (words.kind(point.kind), status, since) if part)


def _map(flow: Flow, report: PointReport, bounds: Bounds, made: Made, words: Words) -> None:
    width, height = _MAP_MM
    box, point = Box(MARGIN_MM, flow.y, width, height), report.point
    area = Area(bounds, points=report.around, named=False).within(box.around(bounds))
    axes = draw_area(flow.sheet, box, area, credit=made.credit)
    _mark(axes, point.kind, point.door)
    beside = Box(MARGIN_MM + width + 6.0, flow.y, INSIDE_MM - width - 6.0, height)
    top = flow.y
    flow.facts(_where(point.door, words), box=beside)
    flow.y = max(flow.y, top + height + 3.0)
    draw_legend(flow, area, words)


def _mark(axes: Any, kind: Kind, door: Door) -> None:
    """The point itself, larger than its neighbours, in the circle its true place is in."""
    if door.lon is None or door.lat is None:
        return
    east, north = metres_per_degree(door.lat)
    angles = [math.tau * n / 72 for n in range(73)]
    radius = door.error_m or 0.0
    axes.plot(
        [door.lon + radius * math.cos(a) / east for a in angles],
        [door.lat + radius * math.sin(a) / north for a in angles],
        color=KINDS[kind].colour,
        linewidth=0.9,
        linestyle="dashed",
    )
    axes.plot(
        [door.lon],
        [door.lat],
        marker=outline_of(kind),
        markersize=15,
        color=KINDS[kind].colour,
        markeredgecolor=PAPER,
        markeredgewidth=1.2,
        zorder=5,
    )


def _where(door: Door, words: Words) -> list[tuple[str, str]]:
    told = [
        (words("point_place"), door.name),
        (words("point_address"), door.address or words("unknown")),
        (words("district"), " ".join(filter(None, (door.district, door.town)))),
    ]
    if door.lon is not None and door.lat is not None:
        spot = words(
            "point_spot",
            lon=f"{door.lon:.6f}",
            lat=f"{door.lat:.6f}",
            error=f"{door.error_m or 0:.0f}",
        )
        told.append((words("point_position"), spot))
    return told


def _offers(point: Detail, words: Words) -> list[tuple[str, str]]:
    """What is known, and in one line what nobody filled in."""
    hours = from_json(point.values["hours"])
    said = in_words(hours, str(words.language)) if hours else point.values["hours_text"]
    names = (
        *_FIELDS,
        *(_OF_HEALTH if point.kind is Kind.HEALTH_POINT else ()),
        *(_OWN_FIELDS if point.reached else ()),
    )
    all_told = [
        (words("report_facilities"), _value(point.values["facilities"])),
        (words("report_services"), _value(point.values["services"])),
        *((words(f"point_{name}"), _value(point.values[name])) for name in names),
    ]
    beside = "；".join(f"{words.kind_short(one.kind)} {one.name}" for one in point.beside)
    lacking = words("report_comma").join(label for label, value in all_told if not value)
    return [
        (words("point_hours_text"), said or words("hours_unknown")),
        *((label, value) for label, value in all_told if value),
        (words("point_beside"), beside or words("point_alone")),
        *(((words("report_not_stated"), lacking),) if lacking else ()),
    ]


def _value(value: Any) -> str:
    """A stored value; empty is unknown."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(value)
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)


def _inspections(flow: Flow, found: tuple[Checked, ...], words: Words) -> None:
    flow.heading(words("point_inspections"))
    if not found:
        flow.lines(words("point_no_inspections"), size=9, colour=INK_2)
        return
    columns = (
        Column(words("report_day"), 18),
        Column(words("report_inspection"), 18),
        Column(words("report_office"), 30),
        Column(words("report_result"), 14),
    )
    rows = [
        (
            words.date(one.on),
            words.both(*INSPECTION_LABELS[InspectionKind(one.kind)]),
            one.office,
            words(_PASSED[one.passed]),
        )
        for one in found
    ]
    flow.table(columns, rows)


_PASSED = {None: "point_passed_none", True: "point_passed_yes", False: "point_passed_no"}


def _cards(flow: Flow, point: Detail, words: Words) -> None:
    if not point.own.cards:
        return
    flow.heading(words("point_cards"))
    columns = (
        Column(words("report_day"), 18),
        Column(words("report_card"), 14),
        Column(words("report_due"), 18),
        Column(words("report_closed"), 18),
    )
    rows = [
        (
            words.date(card.on),
            words(f"point_card_{card.colour}"),
            _day(card.due_on, words),
            _day(card.closed_on, words),
        )
        for card in point.own.cards
    ]
    flow.table(columns, rows)


def _day(day: date | None, words: Words) -> str:
    return words.date(day) if day else "—"


def _coverage(flow: Flow, report: PointReport, words: Words) -> None:
    flow.heading(words("report_serves"))
    found, radius = report.serves, f"{report.parameters.radius_m:g}"
    if found is None:
        flow.lines(words("report_serves_not"), size=9, colour=INK_2)
        return
    why = "、".join(words.both(WHY_NOT[one].zh, WHY_NOT[one].en) for one in found.why_not)
    key = "report_counts_not" if why else "report_counts"
    flow.lines(words(key, why=why), size=9, colour=DOUBT if why else INK_2)
    workers = words.number(found.workers)
    flow.lines(words.n("report_in_reach", len(found.sites), radius=radius, workers=workers), size=9)
    flow.gap(2.0)
    if not found.sites:
        return
    columns = (
        Column(words("col_site"), 34),
        Column(words("district"), 14),
        Column(words("col_workers"), 12, figure=True),
        Column(words("report_walk_m"), 14, figure=True),
        Column(words("report_state"), 14),
    )
    rows = [
        (
            one.name,
            one.district,
            heads(one.workers, words),
            words.number(round(one.walk_m)),
            words.both(STATE_LABELS[one.state].zh, STATE_LABELS[one.state].en),
        )
        for one in found.sites[:_LISTED]
    ]
    flow.table(columns, rows)
