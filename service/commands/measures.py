"""`zhitu tiers`, `zhitu training`, `zhitu fitness`: measures beside coverage."""

from collections.abc import Iterator

import click

from geodata.coverage.siting.mip import Status as Proof
from geodata.kinds import KINDS, STATUS_LABELS, Status
from geodata.measures.fitness import FitnessView, ZoneFitness, fitness_view
from geodata.measures.matching import SIGN_LABELS
from geodata.measures.tiers import KindTier, Line, TiersView, tiers_view
from geodata.measures.training import FROM_LABELS, Group, PointLoad, TrainingView, training_view
from geodata.place.district import load_districts
from geodata.zones import load_zones
from maps.coverage_page import percent
from service.columns import table
from service.settings import Settings
from service.terminal import opened, say

NO_REGISTER = "名册未导入"


@click.command()
@click.option("--district", default="", help="只看一个区")
@click.option("--rectifying", is_flag=True, help="黄牌（整改中）也算")
@click.pass_obj
def tiers(settings: Settings, *, district: str, rectifying: bool) -> None:
    """1+44+N+X：对照名册，缺哪个中心、总站、服务站。"""
    if district:
        load_districts().code(district)
    with opened(settings) as store, store.reading() as session:
        view = tiers_view(session, count_rectifying=rectifying, district=district)
    say(_tier_lines(view))


def _tier_lines(view: TiersView) -> Iterator[str]:
    yield from table(
        ("层级", "类别", "名册应有", "已建成", "完整率", "在用合计"),
        [_kind_row(kind) for kind in view.kinds],
    )
    yellow = "算" if view.count_rectifying else "不算"
    yield f"口径：名册里的每一家都要有；多出来的不能抵缺的；黄牌（整改中）{yellow}"
    yield f"在用门牌 {view.doors.places} 处；融合型站点按一处计，各项功能各计一次"
    if not view.has_register:
        yield f"{NO_REGISTER}：缺哪些不好说。导入名册：zhitu import 名册.xlsx"
        return
    yield ""
    yield "缺的"
    yield from table(
        ("类别", "名称", "区", "街镇", "现状"),
        [_missing_row(line) for tier in view.kinds for line in view.missing(tier.kind)],
    )
    yield from _by_sign(view)


def _kind_row(tier: KindTier) -> tuple[str, ...]:
    facts, found = KINDS[tier.kind], tier.found
    has_register = found.share is not None
    return (
        facts.tier,
        facts.label,
        str(found.required) if has_register else NO_REGISTER,
        str(len(found.present)) if has_register else "—",
        percent(found.share) if has_register else "—",
        str(tier.in_service),
    )


def _missing_row(line: Line) -> tuple[str, ...]:
    stands = "没有找到"
    if line.status is not None:
        stands = f"{STATUS_LABELS[Status(line.status)][0]}：{line.found}"
    return (KINDS[line.kind].short, line.name, line.district, line.town, stands)


def _by_sign(view: TiersView) -> Iterator[str]:
    """A line met by its address or town alone is worth a second look."""
    unsure = [
        f"{line.name} → {line.found}（按{SIGN_LABELS[line.sign][0]}对上）"
        for line in view.lines
        if line.present and line.sign is not None and line.sign in {"address", "town"}
    ]
    if unsure:
        yield ""
        yield "名称不同、按地址或街镇对上的，请核对"
        yield from (f"  {one}" for one in unsure)


@click.command()
@click.option("--sessions", type=click.IntRange(0), help="每个培训点最多办几场（默认不限）")
@click.pass_obj
def training(settings: Settings, *, sessions: int | None) -> None:
    """轨交现场培训：每家单位去哪个点，要几场，哪些可以合并。"""
    with opened(settings) as store, store.reading() as session:
        view = training_view(session, most_sessions=sessions)
    say(_training_lines(view))


def _training_lines(view: TrainingView) -> Iterator[str]:
    limit = "不限场次，就近" if view.most_sessions is None else f"每点最多 {view.most_sessions} 场"
    if view.proof is Proof.INFEASIBLE:
        yield f"{limit}：各点加起来不够，排不下。请增加场次或先合并单位。"
        return
    yield (
        f"{limit}；总路程 {view.cost / 1000:,.0f} 人·公里"
        f"（全部就近是 {view.nearest_cost / 1000:,.0f}）"
    )
    if view.proof is not Proof.OPTIMAL:
        yield "这是限定时间内找到的最好安排，还没有证明是最优。"
    yield "口径：每场 30 至 50 人，一家单位整体去一个点；距离为直线 × 1.3 估算"
    yield ""
    yield from table(
        ("申报单位", "区", "人数", "场次", "填报的点", "安排到", "距离（公里）", "从哪里算", ""),
        [_group_row(group) for group in view.groups],
    )
    yield ""
    yield from table(
        ("培训点", "区", "单位", "场次", "建议合并"), [_load_row(one) for one in view.points]
    )
    if view.without_point:
        yield f"没有培训点的区：{'、'.join(view.without_point)}"


def _group_row(group: Group) -> tuple[str, ...]:
    return (
        group.union,
        group.district,
        "未知" if group.heads is None else str(group.heads),
        str(group.sessions),
        group.asked_for,
        group.point or "未安排",
        "—" if group.walk_m is None else f"{group.walk_m / 1000:.1f}",
        FROM_LABELS[group.set_out][0],
        "建议合并" if group.merge else "",
    )


def _load_row(one: PointLoad) -> tuple[str, ...]:
    joined = "—"
    if one.joined:
        fits = "" if one.fits else "，仍不足 30 人一场"
        joined = f"{one.joined} 人合为 {one.joined_sessions} 场{fits}"
    name = one.name if one.placed else f"{one.name}（未落图）"
    return (name, one.district, str(one.groups), str(one.sessions), joined)


@click.command()
@click.pass_obj
def fitness(settings: Settings) -> None:
    """职工健身驿站：各片区每十万从业人员几家，和全市比。"""
    with opened(settings) as store, store.reading() as session:
        view = fitness_view(session, load_zones())
    say(_fitness_lines(view))


def _fitness_lines(view: FitnessView) -> Iterator[str]:
    yield from table(
        ("片区", "健身驿站", "从业人员", "每十万人", "区位商", "包括的区"),
        [_zone_row(zone) for zone in view.zones],
    )
    yield f"全市每十万从业人员 {_number(view.per_100k)} 家；区位商 1 为全市平均"
    if view.elsewhere:
        yield f"另有 {view.elsewhere} 家不在任何片区"
    yield "口径：只算已挂牌的；哪个区属于哪个片区没有文件规定，可以改（geodata/data/zones.csv）"


def _zone_row(zone: ZoneFitness) -> tuple[str, ...]:
    return (
        zone.zone,
        str(zone.stations),
        "有的区未知" if zone.employees is None else f"{zone.employees:,}",
        _number(zone.per_100k),
        _number(zone.quotient),
        "、".join(zone.districts),
    )


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
