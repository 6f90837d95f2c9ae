"""Cuts, why sheets and changes as lines for a terminal."""

from collections.abc import Iterator, Sequence

from geodata.answers.change import Comparison, Gain
from geodata.answers.cuts import Cut
from geodata.answers.groups import BY_LABELS, By, label
from geodata.answers.operators import OperatorCut
from geodata.answers.question import DAYS, Parameters
from geodata.answers.week import HourShare
from geodata.answers.why import NearPoint, WhySheet
from geodata.answers.words import STATE_LABELS
from geodata.coverage.gaps import GapState
from maps.coverage_page import percent
from service.columns import table


def basis(parameters: Parameters) -> Iterator[str]:
    """Under which parameters: every output names them."""
    yellow = "算" if parameters.count_rectifying else "不算"
    yield (
        f"口径：步行 {parameters.radius_m:.0f} 米以内，距离为{parameters.walking}；"
        f"黄牌（整改中）{yellow}；每周不到 1 个半天的不算"
    )
    if parameters.hour:
        yield f"钟点：{parameters.hour}，只算那时确实开着的；开放时间不明的单列；自有医务不论钟点"
    if parameters.as_of:
        yield (
            f"截至 {parameters.as_of}：状态按记录回放（最早的记录 "
            f"{parameters.records_from or '没有'}），园区、职工数、位置用现在的"
        )
    if parameters.scenario:
        yield f"方案：{parameters.scenario}（设想，数据没有动）"
    yield f"数据版本 {parameters.data_version}，程序 {parameters.software_version}"


def cut_lines(cuts: Sequence[Cut], by: By, parameters: Parameters) -> Iterator[str]:
    """Every group with its measures."""
    yield from basis(parameters)
    name = BY_LABELS[by][0]
    head = (
        *(("区",) if by is By.TOWN else ()),
        *(name, "覆盖率", "800 米", "1000 米", "1200 米", "未覆盖职工", "时间不明职工"),
        *("空白", "P1", "待核", "最近中位（米）", "九成以内（米）", "职工中位（米）"),
        *("每千人半天", "午餐难", "餐缺口"),
    )
    yield from table(head, [_cut_row(cut, by) for cut in cuts])


def _cut_row(cut: Cut, by: By) -> tuple[str, ...]:
    tally, lunch = cut.tally, cut.lunch
    return (
        *((cut.within or "未填",) if by is By.TOWN else ()),
        label(by, cut.key)[0],
        percent(tally.share),
        *(percent(beside.share) for beside in cut.beside),
        f"{tally.uncovered_workers:,}",
        f"{tally.hanging_workers:,}",
        str(tally.gaps),
        str(tally.priority),
        str(tally.unknown),
        *map(metres, (cut.walks.median_m, cut.walks.p90_m, cut.walks.worker_median_m)),
        "—" if cut.half_days_per_1000 is None else f"{cut.half_days_per_1000:.2f}",
        str(lunch.listed),
        percent(lunch.share),
    )


def metres(value: float | None) -> str:
    """Whole metres; a dash where nothing is reached."""
    return "—" if value is None else f"{value:,.0f}"


def operator_lines(rows: Sequence[OperatorCut], parameters: Parameters) -> Iterator[str]:
    """Who runs health points and whom they serve."""
    yield from basis(parameters)
    yield "几家都够得着的职工各算一次，所以加起来会多于全市"
    yield from table(
        (
            *("运营单位", "健康点", "计入", "每周半天", "服务职工"),
            *("800 米", "1000 米", "1200 米", "只靠它的职工"),
        ),
        [
            (
                row.operator or "未填",
                str(row.points),
                str(row.counted),
                f"{row.half_days:g}",
                f"{row.workers:,}",
                *(f"{beside.workers:,}" for beside in row.beside),
                f"{row.alone:,}",
            )
            for row in rows
        ],
    )


def week_lines(rows: Sequence[HourShare], parameters: Parameters) -> Iterator[str]:
    """Hours down, days across: the share for certain, and the possible one where it is more."""
    yield from basis(parameters)
    yield "只算那时确实开着的；括号里是时间不明的也都开着时的覆盖率"
    clocks = sorted({row.hour.minute for row in rows})
    cell = {(row.hour.minute, row.hour.weekday): _hour_cell(row) for row in rows}
    yield from table(
        ("", *DAYS),
        [
            (f"{clock // 60}:00", *(cell[clock, day] for day in range(len(DAYS))))
            for clock in clocks
        ],
    )


def _hour_cell(row: HourShare) -> str:
    sure, possible = percent(row.share), percent(row.possible_share)
    return sure if sure == possible else f"{sure}（{possible}）"


def why_lines(sheet: WhySheet) -> Iterator[str]:
    """One site's sheet."""
    workers = "职工数未知" if sheet.workers is None else f"职工 {sheet.workers:,} 人"
    urgent = "，优先 P1" if sheet.priority else ""
    yield f"{sheet.name}（编号 {sheet.id}，{sheet.district}{sheet.town}，{workers}）"
    yield f"{sheet.state_label.zh}{urgent}：{sheet.rule.zh}"
    if sheet.half_days_per_1000 is not None:
        yield f"按距离分摊，每千名职工每周有 {sheet.half_days_per_1000:.2f} 个半天"
    yield from basis(sheet.parameters)
    if not sheet.parameters.estimated:
        yield f"这里离路网 {_off_road(sheet.off_road_m)}"
    yield ""
    yield "附近的健康服务点"
    yield from table(
        ("编号", "名称", "区", "步行（米）", "分钟", "离路（米）", "每周半天", "算不算"),
        [_point_row(point) for point in sheet.points],
    )
    if sheet.changes:
        yield ""
        yield "什么能改变它（最省事的在前）"
        yield from (f"  {n}. {said.zh}" for n, said in enumerate(sheet.changes, start=1))


def _off_road(off_road_m: float | None) -> str:
    return "太远，步行按直线估算" if off_road_m is None else f"{off_road_m:,.0f} 米"


def _point_row(point: NearPoint) -> tuple[str, ...]:
    return (
        str(point.id),
        point.name,
        point.district,
        f"{point.walk_m:,.0f}",
        str(point.minutes),
        metres(point.off_road_m),
        "未填，按 1" if point.half_days is None else f"{point.half_days:g}",
        "算" if point.counted else f"不算：{'，'.join(said.zh for said in point.why)}",
    )


def change_lines(comparison: Comparison) -> Iterator[str]:
    """Before and after, by district and by site."""
    before, after = comparison.before, comparison.after
    yield f"之前：{_which(before)}；之后：{_which(after)}"
    yield from basis(after)
    yield from table(
        ("区", "之前", "之后", "变化", "职工", "空白"),
        [
            _gain_row("全市", comparison.city),
            *(_gain_row(g.key or "未填", g) for g in comparison.districts),
        ],
    )
    yield ""
    yield "状态变了的园区、楼宇、商圈"
    yield from table(
        ("编号", "名称", "区", "职工数", "之前", "之后"),
        [
            (
                str(site.id),
                site.name,
                site.district,
                "未知" if site.workers is None else f"{site.workers:,}",
                _state(site.before),
                _state(site.after),
            )
            for site in comparison.sites
        ],
    )


def _which(parameters: Parameters) -> str:
    if parameters.scenario:
        return f"方案“{parameters.scenario}”"
    return f"截至 {parameters.as_of}" if parameters.as_of else "现在的数据"


def _gain_row(name: str, gain: Gain) -> tuple[str, ...]:
    points = "—" if gain.points is None else f"{gain.points:+.1f} 个百分点"
    before, after = gain.before.tally, gain.after.tally
    return (
        name,
        percent(before.share),
        percent(after.share),
        points,
        gain.said.zh,
        f"{before.gaps} → {after.gaps}",
    )


def _state(state: GapState | None) -> str:
    return "没有" if state is None else STATE_LABELS[state].zh
