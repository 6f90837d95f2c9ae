"""Every sentence about a site and the points near it, in Chinese and English."""

from dataclasses import dataclass

import numpy as np

from geodata.answers.question import METRES_A_MINUTE, Question
from geodata.answers.standing import WhyNot
from geodata.coverage import gaps
from geodata.coverage.gaps import GapState
from geodata.kinds import Clinic


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in both languages."""

    zh: str
    en: str


STATE_LABELS: dict[GapState, Said] = {
    GapState.OWN_CLINIC: Said("自有医务", "Own clinic"),
    GapState.COVERED: Said("已覆盖", "Covered"),
    GapState.HOURS_UNKNOWN: Said("时间不明", "Hours unknown"),
    GapState.UNKNOWN_CLINIC: Said("待核", "Clinic to check"),
    GapState.GAP: Said("空白", "Gap"),
    GapState.NOT_PLACED: Said("未落图", "Not placed"),
}

WHY_NOT: dict[WhyNot, Said] = {
    WhyNot.NOT_THERE: Said("那天还没有这个点", "not there on that date"),
    WhyNot.GONE: Said("已摘牌、关闭或没有办成", "delisted, closed or never opened"),
    WhyNot.NOT_PLACED: Said("没有位置", "no position"),
    WhyNot.TOO_COARSE: Said("位置误差太大", "position too coarse"),
    WhyNot.PLANNED: Said("还没有挂牌", "not open yet"),
    WhyNot.NO_SESSIONS: Said("每周不到 1 个半天", "less than one half-day a week"),
    WhyNot.RECTIFYING: Said("黄牌整改中", "under rectification"),
    WhyNot.CLOSED: Said("这个钟点不开", "closed at that hour"),
    WhyNot.HOURS_UNKNOWN: Said("开放时间不明", "hours unknown"),
}


def minutes(walk_m: float) -> int:
    """A walk in whole minutes at 4 km/h, rounded up."""
    return int(np.ceil(round(walk_m / METRES_A_MINUTE, 6)))


def rule(state: GapState, clinic: Clinic, asked: Question, walk_m: float) -> Said:
    """Which rule decided a site's state; `walk_m` to the nearest counted point, inf if none."""
    radius = f"{asked.radius_m:.0f}"
    at_zh = f"（{asked.hour}）" if asked.hour else ""
    at_en = f" at {asked.hour}" if asked.hour else ""
    match state:
        case GapState.OWN_CLINIC:
            return Said("自有医务设施完善", "It has an adequate clinic of its own")
        case GapState.NOT_PLACED:
            return Said("位置不够准，未参与计算", "Its position is too coarse to be counted")
        case GapState.COVERED:
            return Said(
                f"约 {walk_m:,.0f} 米有健康服务点，在 {radius} 米以内",
                f"A health point {walk_m:,.0f} m away, within {radius} m",
            )
        case GapState.HOURS_UNKNOWN:
            return Said(
                f"{radius} 米内的健康服务点不知道{asked.hour}开不开",
                f"Whether a health point within {radius} m is open{at_en} is not known",
            )
    own_zh, own_en = _OWN[clinic]
    beyond_zh, beyond_en = _beyond(walk_m)
    return Said(
        f"{own_zh}；{radius} 米内没有健康服务点{at_zh}，{beyond_zh}",
        f"{own_en}; no health point within {radius} m{at_en}, {beyond_en}",
    )


_OWN: dict[Clinic, tuple[str, str]] = {
    Clinic.UNKNOWN: ("内设医务情况未填，先核实", "Whether it has a clinic is not stated"),
    Clinic.POOR: ("内设医务简陋，不算数", "Its own clinic is poor and does not count"),
    Clinic.NONE: ("没有内设医务", "It has no clinic of its own"),
}


def _beyond(walk_m: float) -> tuple[str, str]:
    if np.isinf(walk_m):
        return "没有可计入的健康服务点", "and none that counts anywhere"
    return f"最近的约 {walk_m:,.0f} 米", f"the nearest is {walk_m:,.0f} m away"


def workers_missing() -> Said:
    return Said("补上职工数，才能计入覆盖率", "Give its number of workers to have it counted")


def place_better(name: str, error_m: float, radius_m: float) -> Said:
    """A position has to become finer; an error radius of NaN is no position at all."""
    now = Said("没有位置", "no position") if np.isnan(error_m) else _error(error_m)
    limit = f"{gaps.coarsest_m(radius_m):.0f}"
    return Said(
        f"把{name}的位置核到 {limit} 米以内（现在{now.zh}）",
        f"Place {name} to within {limit} m (now {now.en})",
    )


def _error(error_m: float) -> Said:
    return Said(f"误差 {error_m:,.0f} 米", f"within {error_m:,.0f} m")


def check_clinic() -> Said:
    return Said(
        "核实内设医务：完善就算自有，简陋或没有就是空白",
        "Check its clinic: an adequate one serves it, a poor one or none makes a gap",
    )


def new_point(radius_m: float, walk_m: float) -> Said:
    """A point in reach, and how much nearer it is than what there is."""
    nearer = "" if np.isinf(walk_m) else f"（最近可计入的还远 {walk_m - radius_m:,.0f} 米）"
    in_english = "" if np.isinf(walk_m) else f" (the nearest is {walk_m - radius_m:,.0f} m too far)"
    return Said(
        f"在步行 {radius_m:.0f} 米以内新设一个健康服务点{nearer}",
        f"Open a health point within a walk of {radius_m:.0f} m{in_english}",
    )


def hangs_on(name: str, *, workers: float) -> Said:
    """A covered site with one counted point in reach."""
    urgent = workers > gaps.LARGE_WORKERS
    return Said(
        f"只靠“{name}”一个点：它一停，这里就成了空白{'，而且是优先 P1' if urgent else ''}",
        f"It hangs on {name} alone: without it this is a gap{' of priority P1' if urgent else ''}",
    )


def mend(why: WhyNot, name: str, walk_m: float, asked: Question, error_m: float) -> Said:
    """What would make one point within the radius count."""
    if why is WhyNot.TOO_COARSE:
        return place_better(f"“{name}”", error_m, asked.radius_m)
    zh, en = _MEND[why]
    spot = {"name": name, "walk": f"{walk_m:,.0f}", "hour": asked.hour}
    return Said(zh.format(**spot), en.format(**spot))


_MEND: dict[WhyNot, tuple[str, str]] = {
    WhyNot.HOURS_UNKNOWN: (
        "问清“{name}”（{walk} 米）{hour}开不开",
        "Find out whether {name} ({walk} m) is open at {hour}",
    ),
    WhyNot.CLOSED: (
        "“{name}”（{walk} 米）{hour}也开门",
        "Have {name} ({walk} m) open at {hour} too",
    ),
    WhyNot.RECTIFYING: (
        "“{name}”（{walk} 米）整改完毕恢复挂牌，或把黄牌也算上",
        "{name} ({walk} m) ends its rectification, or those under rectification count",
    ),
    WhyNot.NO_SESSIONS: (
        "“{name}”（{walk} 米）每周至少开 1 个半天",
        "{name} ({walk} m) holds at least one half-day a week",
    ),
    WhyNot.PLANNED: (
        "“{name}”（{walk} 米）建成挂牌",
        "{name} ({walk} m) is built and opens",
    ),
}
