"""The coverage of one question as a workbook: districts, towns, sites, gaps, parameters."""

from collections.abc import Iterable, Iterator
from datetime import date

from geodata.answers.cuts import Cut
from geodata.answers.words import STATE_LABELS
from geodata.coverage.gaps import GapState
from geodata.kinds import SITE_KIND_LABELS
from geodata.screen import Screen
from geodata.views import DistrictCoverage, PlannerView, SiteCoverage
from maps.printed.coverage import basis, unserved
from maps.words import CHINESE
from service.workbook import Cell, add_sheet, empty_book, saved

_MEASURES = (
    *("覆盖率", "800 米覆盖率", "1200 米覆盖率", "已覆盖职工", "未覆盖职工", "园区楼宇", "空白"),
    *("优先 P1", "待核", "未计入", "最近中位（米）", "每千人每周半天", "午餐难"),
)
_SHARES = _MEASURES[:3]
_DISTRICTS = ("区", *_MEASURES, "点位", "在用", "从业人员", "每十万人在用")
_TOWNS = ("区", "街镇", *_MEASURES)
_SITES = (
    *("编号", "名称", "类别", "区", "街镇", "职工数", "状态", "优先 P1", "最近的点", "最近（米）"),
    *("说明", "经度", "纬度", "午餐难", "缺餐（份）"),
)


def coverage_workbook(found: Screen, *, day: date) -> bytes:
    """The same figures as on the coverage page; empty cells are unknown, never 0."""
    view, book = found.view, empty_book()
    add_sheet(book, "各区", _DISTRICTS, _districts(view), percent=_SHARES)
    add_sheet(book, "街镇", _TOWNS, _towns(view.towns), percent=_SHARES)
    add_sheet(book, "园区楼宇商圈", _SITES, map(_site, view.sites))
    add_sheet(book, "空白和待核", _SITES, map(_site, unserved(view.sites)))
    add_sheet(book, "口径", ("项目", "内容"), _basis(view, day))
    return saved(book)


def _districts(view: PlannerView) -> Iterator[tuple[Cell, ...]]:
    for row in view.districts:
        if row.cut is not None:
            yield row.name, *_measures(row.cut), *_supply(row)
    if view.totals.cut is not None:
        in_service = sum(row.in_service for row in view.districts)
        points = sum(row.points for row in view.districts)
        yield "全市", *_measures(view.totals.cut), points, in_service, None, None


def _supply(row: DistrictCoverage) -> tuple[Cell, ...]:
    per_100k = None if row.per_100k is None else round(row.per_100k, 2)
    return row.points, row.in_service, row.employees, per_100k


def _towns(towns: Iterable[Cut]) -> Iterator[tuple[Cell, ...]]:
    for cut in towns:
        yield cut.within or "未填", cut.key or "未填", *_measures(cut)


def _measures(cut: Cut) -> tuple[Cell, ...]:
    tally, counted = cut.tally, cut.tally.share is not None
    least, _, most = (beside.share for beside in cut.beside)
    return (
        *(_rounded(share, 4) for share in (tally.share, least, most)),
        tally.covered_workers if counted else None,
        tally.uncovered_workers if counted else None,
        tally.sites,
        tally.gaps,
        tally.priority,
        tally.unknown,
        tally.uncounted,
        _rounded(cut.walks.median_m, 0),
        _rounded(cut.half_days_per_1000, 2),
        cut.lunch.listed,
    )


def _site(site: SiteCoverage) -> tuple[Cell, ...]:
    return (
        site.id,
        site.name,
        SITE_KIND_LABELS[site.kind][0],
        site.district,
        site.town,
        site.workers,
        STATE_LABELS[GapState(site.state)].zh,
        "是" if site.priority else "",
        site.nearest_name,
        _rounded(site.nearest_m, 0),
        site.reason,
        _rounded(site.lon, 6),
        _rounded(site.lat, 6),
        "是" if site.lunch.listed else "",
        _rounded(site.lunch.gap, 0),
    )


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _basis(view: PlannerView, day: date) -> Iterator[tuple[Cell, ...]]:
    yield "生成日期", day.isoformat()
    if view.parameters is not None:
        yield from basis(view.parameters, CHINESE)
    yield "坐标系", "WGS-84"
    yield "空格子", "未知，不是 0"
