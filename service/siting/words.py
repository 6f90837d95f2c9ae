"""What an answer says of itself in words, the same on a terminal, in a sheet and on a page."""

import math
from collections.abc import Sequence

from geodata.siting.answer import SitingAnswer
from geodata.siting.sentences import WORKS
from maps.classes import SHARE_CLASSES
from maps.words import Words

STATUS: dict[str, tuple[str, str]] = {
    "greedy": ("先给的近似答案，还没有证明", "A first answer, not proved yet"),
    "optimal": ("已证最优", "Proved optimal"),
    "gap": ("时限内最好", "Best within the time limit"),
    "cancelled": ("已取消，停在这里", "Cancelled here"),
    "by_hand": ("试放，不是最优", "Tried by hand, not optimal"),
    "infeasible": ("没有可行的选法", "No choice keeps the rules"),
    "nothing": ("时限内没有找到", "Nothing found in time"),
}
MODELS: dict[str, tuple[str, str]] = {
    "mclp": ("覆盖最多职工", "Most workers covered"),
    "lscp": ("最少几家全覆盖", "Fewest points for all"),
    "p_median": ("总步行最短", "Least total walk"),
    "p_center": ("最远的最近", "Least longest walk"),
    "capacitated": ("容量内接最多职工", "Most workers within capacity"),
    "capacitated_median": ("全部接下、总步行最短", "All served, least total walk"),
    "upgrade": ("升级哪些点", "Which points to upgrade"),
    "lunch": ("午餐怎么解决", "Ways to lunch"),
}
UNITS: dict[str, tuple[str, str]] = {
    "workers": ("名职工", "workers"),
    "points": ("家", "points"),
    "worker_metres": ("人·米", "worker-metres"),
    "metres": ("米", "m"),
    "meals": ("份午餐", "meals"),
}
LAYERS: dict[str, tuple[str, str]] = {
    "city": ("市级", "City"),
    "district": ("区局", "District"),
    "town": ("街镇园区", "Town and park"),
    "total": ("合计", "Total"),
}

WAYS: dict[str, tuple[str, str]] = {
    way: (WORKS[way].zh, WORKS[way].en)
    for way in ("canteen", "shared_canteen", "cabinet", "shared_table", "delivery")
}


def status(answer: SitingAnswer) -> tuple[str, str]:
    """Proved, or how far from it."""
    zh, en = STATUS[answer.status]
    if answer.status in {"gap", "cancelled"} and answer.gap is not None:
        return f"{zh}，差距 {answer.gap:.2%}", f"{en}, gap {answer.gap:.2%}"
    return zh, en


def headline(answer: SitingAnswer) -> Sequence[tuple[str, str]]:
    """The numbers that stand over everything, as label and value in Chinese."""
    before, after = percent(answer.before_share), percent(answer.after_share)
    unit = UNITS[answer.unit][0]
    lines = [("求解结果", status(answer)[0])]
    if answer.picks:
        lines.append(("目标值", f"{answer.value:,.0f} {unit}"))
        kind = "午餐满足率" if answer.unit == "meals" else "覆盖率"
        lines.append((kind, f"{before} → {after}"))
        lines.append(("新增", f"+{answer.gained_workers:,} {_heads(answer)}"))
    if answer.upgraded_workers:
        lines.append(("升级点服务", f"{answer.upgraded_workers:,} 名职工"))
    if sum(answer.money_10k.values()):
        parts = "，".join(f"{LAYERS[k][0]} {v:g}" for k, v in answer.money_10k.items())
        lines.append(("经费", f"{sum(answer.money_10k.values()):g} 万元（{parts}）"))
    return lines


def _heads(answer: SitingAnswer) -> str:
    return "份午餐" if answer.unit == "meals" else "名职工"


def percent(share: float | None) -> str:
    """With one decimal; a dash where nobody has a count."""
    return "—" if share is None else f"{share:.1%}"


def parameter_rows(answer: SitingAnswer) -> list[tuple[str, str | float]]:
    """All an answer was made under."""
    return [
        ("题目", answer.title),
        ("模型", MODELS[answer.model][0]),
        ("步行半径（米）", answer.walk_m),
        ("步行距离", answer.walking),
        ("候选（处）", answer.candidates),
        ("已有（家）", answer.existing),
        ("稳定性抽样（次）", answer.draws),
        ("随机种子", answer.seed),
        ("用时（秒）", round(answer.seconds, 2)),
        ("数据版本", answer.data_version),
        ("软件版本", answer.software_version),
    ]


def share_classes(words: Words) -> list[tuple[str, str]]:
    """Style and label of each class of coverage share."""
    return [(one.key, words.both(one.label, one.english)) for one in SHARE_CLASSES]


def progress(incumbent: float, bound: float, seconds: float) -> dict[str, str]:
    """How far a proof is, as strings; a dash for what is not known yet."""
    known = math.isfinite(incumbent) and math.isfinite(bound)
    gap = abs(bound - incumbent) / max(abs(bound), 1e-9) if known else math.nan
    return {
        "incumbent": f"{abs(incumbent):,.0f}" if math.isfinite(incumbent) else "—",
        "bound": f"{abs(bound):,.0f}" if math.isfinite(bound) else "—",
        "gap": f"{gap:.2%}" if known else "—",
        "seconds": f"{seconds:.1f}",
    }
