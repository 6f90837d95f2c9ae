"""The fixed classes of coverage and of lunch difficulty; a class holds its lower bound."""

from dataclasses import dataclass

from geodata.coverage.gaps import GapState
from geodata.kinds import Status


@dataclass(frozen=True, slots=True)
class ShareClass:
    """A class of coverage share: `key` names its style, bounds are shares from 0 to 1."""

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
    if share is None:
        return NO_SHARE
    return next(item.key for item in reversed(SHARE_CLASSES) if share >= item.lower)


def site_mark(state: str, *, priority: bool) -> str:
    """The mark of a demand site's state."""
    if priority:
        return "p1"
    return {GapState.GAP: "gap", GapState.UNKNOWN_CLINIC: "unknown"}.get(GapState(state), "covered")
