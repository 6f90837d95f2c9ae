"""The fixed classes of coverage, unmet lunch and gap hexes; a class holds its lower bound."""

from dataclasses import dataclass

from geodata.coverage.gaps import GapState
from geodata.coverage.lunch import LunchBox
from geodata.kinds import Status


@dataclass(frozen=True, slots=True)
class ShareClass:
    """A class of a fill: `key` names its style, `lower` is a share from 0 to 1 or a count."""

    key: str
    label: str
    english: str
    lower: float
    colour: str


SHARE_CLASSES: tuple[ShareClass, ...] = (
    ShareClass("s0", "40% 以下", "below 40%", 0.0, "#F4EFE2"),
    ShareClass("s1", "40%–60%", "40–60%", 0.4, "#D5E4DC"),
    ShareClass("s2", "60%–80%", "60–80%", 0.6, "#A5CBC4"),
    ShareClass("s3", "80%–90%", "80–90%", 0.8, "#63A5A3"),
    ShareClass("s4", "90% 以上", "90% and more", 0.9, "#2A7980"),
)
NO_SHARE = "none"

# The bounds of 无, 一般, 较难, 突出.
MEAL_CLASSES: tuple[ShareClass, ...] = (
    ShareClass("l0", "10% 以下", "below 10%", 0.0, "#F4EFE2"),
    ShareClass("l1", "10%–30%", "10–30%", 0.1, "#F3DAB2"),
    ShareClass("l2", "30%–50%", "30–50%", 0.3, "#DFA458"),
    ShareClass("l3", "50% 以上", "50% and more", 0.5, "#A8661B"),
)

HEX_CLASSES: tuple[ShareClass, ...] = (
    ShareClass("h0", "500 人以下", "below 500", 0.0, "#FBE3DA"),
    ShareClass("h1", "500–1000 人", "500–1000", 500.0, "#F2B9A5"),
    ShareClass("h2", "1000–2000 人", "1000–2000", 1000.0, "#E0876B"),
    ShareClass("h3", "2000–5000 人", "2000–5000", 2000.0, "#C4532F"),
    ShareClass("h4", "5000 人以上", "5000 and more", 5000.0, "#8F2A12"),
)

# Declared by the district in the left half of a mark, computed in the right.
BOX_MARKS: dict[LunchBox, str] = {
    LunchBox.BOTH: "box-both",
    LunchBox.DECLARED_ONLY: "box-declared_only",
    LunchBox.COMPUTED_ONLY: "box-computed_only",
    LunchBox.NEITHER: "box-neither",
    LunchBox.NO_DATA: "box-no_data",
}

# Loudest first, as legends and rankings list them.
LUNCH_MARKS: dict[str, tuple[str, str]] = {
    "突出": ("lunch-3", "Severe"),
    "较难": ("lunch-2", "Hard"),
    "一般": ("lunch-1", "Some"),
    "无": ("lunch-0", "None"),
    "": ("lunch-x", "Not known"),
}

SITE_MARKS: dict[str, tuple[str, str, str]] = {
    "p1": ("p1", "优先 P1：空白且职工 > 1000", "Priority: gap, over 1000 workers"),
    "gap": ("gap", "空白：走不到健康点", "Gap: no health point in reach"),
    "unknown": ("unknown", "待核：医务情况未填", "To check: clinic not stated"),
    "hours": ("hours", "附近的点不知道开不开", "Nearby points: hours unknown"),
    "covered": ("covered", "已覆盖", "Covered"),
}


_PLANNED = (
    Status.SURVEYED,
    Status.DECLARED,
    Status.DISTRICT_REVIEWED,
    Status.CITY_APPROVED,
    Status.BUILDING,
    Status.ACCEPTED,
)
STATUS_MARKS: dict[Status, str] = {
    **dict.fromkeys(_PLANNED, "is-building"),
    Status.RECTIFYING: "is-rectifying",
}
DRAWN = frozenset({Status.PLAQUED, *STATUS_MARKS})


def state_of(status: Status) -> str:
    """The style of a mark that is not drawn solid; empty for the usual one."""
    return STATUS_MARKS.get(status, "")


def lunch_mark(level: str) -> str:
    """The mark of a level of lunch difficulty; unknown is its own mark."""
    return LUNCH_MARKS.get(level, LUNCH_MARKS[""])[0]


def share_class(share: float | None) -> str:
    """The style key of a share; without a count it is its own class, never 0."""
    return class_of(share, SHARE_CLASSES)


def meal_class(share: float | None) -> str:
    """The style key of an unmet share of lunch."""
    return class_of(share, MEAL_CLASSES)


def hex_class(workers: int) -> str:
    """The style key of a hexagon with so many uncovered workers."""
    return class_of(workers, HEX_CLASSES)


def class_of(value: float | None, classes: tuple[ShareClass, ...]) -> str:
    """The key of the highest class whose lower bound a value reaches; `NO_SHARE` for None."""
    if value is None:
        return NO_SHARE
    return next(item.key for item in reversed(classes) if value >= item.lower)


def site_mark(state: str, *, priority: bool) -> str:
    """The mark of a demand site's state."""
    if priority:
        return "p1"
    return _MARK_OF.get(GapState(state), "covered")


_MARK_OF = {
    GapState.GAP: "gap",
    GapState.UNKNOWN_CLINIC: "unknown",
    GapState.HOURS_UNKNOWN: "hours",
}
