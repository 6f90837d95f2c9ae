"""Two records side by side in words: why they may be one, and each field of both."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from geodata.duplicates.sides import Line
from geodata.kinds import OUTLET_LABELS, Kind, OutletKind, SiteKind, Status
from geodata.model import REASON_LABELS, Reason
from maps.review_words import metres
from maps.words import Words


@dataclass(frozen=True, slots=True)
class Told:
    """One field of both in words."""

    label: str
    one: str
    other: str
    differs: bool


def whys(evidence: Mapping[str, Any], words: Words) -> list[str]:
    """Why two records may be the same."""
    return list(_whys(evidence, words))


def told(lines: Iterable[Line], words: Words) -> list[Told]:
    """Fields as a table shows them."""
    return [
        Told(
            words(f"dup_f_{line.field}"),
            value(line.field, line.one, words),
            value(line.field, line.other, words),
            line.differs,
        )
        for line in lines
    ]


def value(field: str, given: Any, words: Words) -> str:
    """A stored value as a planner reads it."""
    if given is None:
        return words("dup_empty")
    coded = _CODED.get(field)
    return coded(given, words) if coded else _plain(given, words)


def kind(code: str, words: Words) -> str:
    """A kind of any table."""
    if code in set(Kind):
        return words.kind(Kind(code))
    if code in set(SiteKind):
        return words.site_kind(SiteKind(code))
    return words.both(*OUTLET_LABELS[OutletKind(code)])


_CODED: dict[str, Callable[[str, Words], str]] = {
    "kind": kind,
    "status": lambda code, words: words.status(Status(code)),
    "level": lambda code, words: words(f"review_level_{code}"),
    "works": lambda code, words: words(f"dup_works_{code}"),
    "clinic": lambda code, words: words(f"dup_clinic_{code}"),
    "reason": lambda code, words: words.both(*REASON_LABELS[Reason(code)]),
}


def _plain(given: Any, words: Words) -> str:
    if isinstance(given, bool):
        return words("dup_yes" if given else "dup_no")
    if isinstance(given, list):
        return words("list_comma").join(map(str, given))
    if isinstance(given, float):
        return words.number(given)
    return str(given)


def _whys(evidence: Mapping[str, Any], words: Words) -> Iterator[str]:
    comma = words("list_comma")
    if evidence["kinds"]:
        kinds = comma.join(kind(code, words) for code in evidence["kinds"])
        yield words("dup_same_kind", kinds=kinds)
    if evidence["same_door"]:
        yield words("dup_same_door")
    yield words("dup_alike", percent=words.percent(evidence["name_similarity"] / 100.0))
    if evidence["metres"] is None:
        yield words("dup_unplaced")
    else:
        errors = comma.join(metres(error or 0.0, words) for error in evidence["error_m"])
        yield words("dup_metres", apart=metres(evidence["metres"], words), errors=errors)
    if evidence["same_code"]:
        yield words("dup_same_code")
    if evidence["same_phone"]:
        yield words("dup_same_phone")
