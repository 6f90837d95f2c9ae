"""Planner's rows as lines for a terminal."""

from collections.abc import Iterator, Sequence

from geodata.answers.cuts import Cut
from geodata.answers.standing import AtHour
from geodata.coverage.gaps import RADIUS_M, GapState, coarsest_m
from geodata.views import CoverageTotals, PlannerView, SiteCoverage
from maps.coverage_page import percent
from service.columns import table
from service.coverage_lines import basis, metres

# What is not served, the most certain first, and how a list calls it.
UNSERVED = {
    GapState.GAP: "空白",
    GapState.UNKNOWN_CLINIC: "待核",
    GapState.HOURS_UNKNOWN: "时间不明",
    GapState.NOT_PLACED: "未落图",
}


def gap_lines(view: PlannerView) -> Iterator[str]:
    """The whole answer to `zhitu gaps`."""
    yield from _headline(view)
    if any(site.sample for site in view.sites) or any(point.sample for point in view.points):
        yield "名称以“示例”开头的是示例数据，非真实点位"
    yield ""
    yield "健康服务空白园区、楼宇、商圈（优先的在前）"
    yield from table(
        ("", "名称", "区", "职工数", "最近（米）", "说明"),
        [_gap_row(site) for site in _worst_first(view.sites)],
    )
    yield ""
    yield "午餐难名单（申报的，或算出缺口 ≥ 30% 且需餐 ≥ 200 份）"
    listed = [site for site in view.sites if site.lunch.listed]
    yield from table(
        ("程度", "名称", "区", "每日需餐", "缺口（份）", "区里申报", "存疑"),
        [_lunch_row(site) for site in sorted(listed, key=lambda s: -(s.lunch.gap or 0))],
    )
    yield ""
    yield from _districts(view)
    yield ""
    yield from _unplaced(view)


def _headline(view: PlannerView) -> Iterator[str]:
    totals = view.totals
    yield (
        f"职工覆盖率 {percent(totals.share)}（800 米 {percent(totals.share_800)}，"
        f"{_at_1000(view)}1200 米 {percent(totals.share_1200)}）；"
        f"计入职工 {totals.counted_workers:,} 人，未覆盖 {totals.uncovered_workers:,} 人"
    )
    yield _counts(totals)
    if totals.cut is not None:
        yield _walks(totals.cut)
    if view.at_hour is not None:
        yield from _at_hour(totals, view.at_hour)
    if view.parameters is not None:
        yield from basis(view.parameters)


def _at_hour(totals: CoverageTotals, points: AtHour) -> Iterator[str]:
    yield (
        f"这个钟点健康服务点开着 {points.open} 个，不开 {points.closed} 个，"
        f"时间不明 {points.unknown} 个"
    )
    yield (
        f"另有 {totals.hanging_workers:,} 名职工（{totals.hanging} 处）"
        f"只靠开放时间不明的点：都开的话覆盖率是 {percent(totals.possible_share)}"
    )


def _at_1000(view: PlannerView) -> str:
    asked_for_it = view.radius_m == RADIUS_M
    return "" if asked_for_it else f"1000 米 {percent(view.totals.share_1000)}，"


def _walks(cut: Cut) -> str:
    walks, half_days = cut.walks, cut.half_days_per_1000
    held = "—" if half_days is None else f"{half_days:.2f}"
    return (
        f"最近的健康点：中位 {metres(walks.median_m)} 米，九成在 {metres(walks.p90_m)} 米以内；"
        f"按职工 {metres(walks.worker_median_m)} 米和 {metres(walks.worker_p90_m)} 米；"
        f"每千名职工每周 {held} 个半天"
    )


def _counts(totals: CoverageTotals) -> str:
    return (
        f"在册 {totals.sites} 处：空白 {totals.gaps}，其中优先 P1 {totals.p1}；"
        f"待核 {totals.unknown}；未计入 {totals.uncounted}（无职工数或未落图）"
    )


def _worst_first(sites: Sequence[SiteCoverage]) -> list[SiteCoverage]:
    order = list(UNSERVED)
    return sorted(
        (site for site in sites if site.state in order),
        key=lambda s: (not s.priority, order.index(GapState(s.state)), -(s.workers or 0), s.id),
    )


def _gap_row(site: SiteCoverage) -> tuple[str, ...]:
    return (
        "P1" if site.priority else UNSERVED[GapState(site.state)],
        site.name,
        site.district,
        "未知" if site.workers is None else f"{site.workers:,}",
        "—" if site.nearest_m is None else f"{site.nearest_m:,.0f}",
        site.reason,
    )


def _lunch_row(site: SiteCoverage) -> tuple[str, ...]:
    lunch = site.lunch
    return (
        lunch.level or "无数据",
        site.name,
        site.district,
        "未知" if lunch.demand is None else f"{lunch.demand:,.0f}",
        "未知" if lunch.gap is None else f"{lunch.gap:,.0f}（{percent(lunch.share)}）",
        {True: "已申报", False: "未申报", None: "未填"}[lunch.declared],
        "；".join(lunch.doubts),
    )


def _districts(view: PlannerView) -> Iterator[str]:
    yield "各区"
    yield from table(
        (
            *("区", "覆盖率", "未覆盖职工", "空白", "P1", "待核"),
            *("在用站点", "从业人员", "每十万人站点", "轨交培训点"),
        ),
        [
            (
                d.name,
                percent(d.share),
                f"{d.uncovered_workers:,}",
                str(d.gaps),
                str(d.p1),
                str(d.unknown),
                str(d.in_service),
                "未知" if d.employees is None else f"{d.employees:,}",
                "—" if d.per_100k is None else f"{d.per_100k:.2f}",
                str(d.training_points),
            )
            for d in view.districts
        ],
    )
    without = [d.name for d in view.districts if not d.training_points]
    if any(d.training_points for d in view.districts) and without:
        yield f"没有轨交培训点的区：{'、'.join(without)}"


def _unplaced(view: PlannerView) -> Iterator[str]:
    yield f"有名无址或未落图的站点：{len(view.unplaced)} 处"
    yield from table(
        ("名称", "区", "原因"), [(row.name, row.district, row.reason) for row in view.unplaced]
    )
    yield ""
    yield (
        f"位置不够准的站点：{len(view.too_wide)} 处"
        f"（在图上，误差超过 {coarsest_m(view.radius_m):,.0f} 米，不计入覆盖；核定后才算）"
    )
    yield from table(
        ("名称", "区", "误差（米）"),
        [(one.name, one.district, f"{one.error_m:,.0f}") for one in view.too_wide],
    )
