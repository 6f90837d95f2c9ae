"""What a reviewer reads of an address: its parts, its candidates, and why it waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geodata.kinds import OUTLET_LABELS, Kind, OutletKind, SiteKind
from geodata.place.candidate import DOUBT_LABELS, FORM, Candidate, Doubt, Verdict
from geodata.review.held import Held
from maps.review import shape_of
from maps.words import Words

# As the address goes, from the large to the small; what is not written is left out.
_PARTS = (
    *("district", "town", "area", "road", "road2", "estate", "lane", "sublane", "number"),
    *("building", "unit", "floor", "room", "poi", "metro_station"),
)
_PROVIDERS = frozenset(
    {FORM, "gazetteer", "amap", "baidu", "tencent", "tianditu", "nominatim", "photon", "pelias"}
)


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate in words; `checks` are (yes, no or unsure; the words)."""

    n: int
    shape: str
    provider: str
    level: str
    error: str
    datum: str
    apart: str
    source: str
    checks: tuple[tuple[str, str], ...]
    warning: str
    is_point: bool


def parts(parsed: Mapping[str, Any], declared: str, words: Words) -> list[tuple[str, str]]:
    """The parts an address was taken apart into, each with its name; the district as declared."""
    given = dict(parsed) | {"district": declared or parsed.get("district", "")}
    named = [(name, _text(given.get(name))) for name in _PARTS]
    return [
        (words(f"review_part_{name}"), words.district(text) or words("review_part_none"))
        for name, text in named
        if text or name in {"district", "town"}
    ]


def reasons(doubts: Sequence[Doubt], verdict: Verdict, words: Words) -> list[str]:
    """Why an address waits, a sentence each."""
    told = [words.both(*DOUBT_LABELS[doubt]) for doubt in doubts]
    return told or [words("review_no_doubt" if verdict is Verdict.ACCEPT else "review_doubt")]


def candidate_rows(
    candidates: Sequence[Candidate], helds: Sequence[Held], words: Words
) -> list[Row]:
    """The candidates as the list shows them, in the order of the map's numbers."""
    pairs = enumerate(zip(candidates, helds, strict=True), start=1)
    return [candidate_row(n, one, held, words) for n, (one, held) in pairs]


def candidate_row(n: int, one: Candidate, held: Held, words: Words) -> Row:
    """One candidate in words; 0 is what a corrected address found."""
    spot = one.position
    apart = "" if held.apart_m is None else words("review_apart", apart=metres(held.apart_m, words))
    return Row(
        n=n,
        shape=shape_of(n) if n else "found",
        provider=provider(one.provider, words),
        level=words(f"review_level_{spot.level}"),
        error=words("review_error", metres=words.number(round(spot.error_m))),
        datum=words("review_datum_as", datum=str(spot.datum)),
        apart=words("review_basis") if n == 1 else apart,
        source=spot.source,
        checks=tuple(_checks(one, held, words)),
        warning=_warning(held, words),
        is_point=spot.level.is_point,
    )


def provider(name: str, words: Words) -> str:
    """Who offers a position."""
    return words(f"review_by_{name}") if name in _PROVIDERS else name


def metres(value: float, words: Words) -> str:
    """A distance: metres up to a kilometre, then kilometres."""
    if value < 1000.0:
        return words("review_metres", metres=words.number(round(value)))
    return words("review_kilometres", kilometres=words.decimal(value / 1000.0, 1))


def kind_name(kind: str, table: str, words: Words) -> str:
    """The kind of a record of any table."""
    match table:
        case "place":
            return words.kind(Kind(kind))
        case "demand_site":
            return words.site_kind(SiteKind(kind))
        case _:
            return words.both(*OUTLET_LABELS[OutletKind(kind)])


def _checks(one: Candidate, held: Held, words: Words) -> list[tuple[str, str]]:
    told = []
    if held.district is not None:
        told.append(_in_district(held, words))
    if held.road is not None:
        told.append(_yes_no("road", held.road, words))
    if held.town is not None:
        told.append(_yes_no("town", held.town, words))
    if not one.position.level.is_point:
        told.append(("unsure", words("review_too_wide")))
    return told


def _in_district(held: Held, words: Words) -> tuple[str, str]:
    if held.away_m > 0.0:
        said = words("review_outside", away=metres(held.away_m, words))
        return ("unsure" if held.district else "no"), said
    return _yes_no("district", bool(held.district), words)


def _yes_no(what: str, good: bool, words: Words) -> tuple[str, str]:
    return ("yes", words(f"review_{what}_yes")) if good else ("no", words(f"review_{what}_no"))


def _warning(held: Held, words: Words) -> str:
    if held.mistake is None:
        return ""
    return words(
        "review_shift",
        east=_signed(held.east_m, "review_east", "review_west", words),
        north=_signed(held.north_m, "review_north", "review_south", words),
        said=str(held.mistake.said),
        true=str(held.mistake.true),
    )


def _signed(value: float, positive: str, negative: str, words: Words) -> str:
    return words(positive if value >= 0.0 else negative, metres=words.number(round(abs(value))))


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
