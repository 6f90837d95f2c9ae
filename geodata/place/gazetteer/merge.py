"""One door, one entry: what is listed twice is merged, what contradicts itself is dropped."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.geodesy import metres_apart
from geodata.place.gazetteer.door import Door
from geodata.place.gazetteer.entry import Entry, Key, Kind, street_number
from geodata.place.gazetteer.piece import LINK_M, pieces
from geodata.place.metro import middle

# A site is no wider: farther apart, two positions of one door cannot both be right.
CONTRADICTION_M = 500.0
# Neighbours decide between contradicting positions when one fits this much better.
_CLEARLY = 3.0


@dataclass(frozen=True, slots=True)
class Merged:
    """Entries with each key once a place; how many were folded in, how many contradict."""

    entries: tuple[Entry, ...]
    folded: int
    dropped: int


def merge(every: Iterable[Entry]) -> Merged:
    """Entries of one key near each other become one; stops are kept, they are many by nature."""
    by_key: dict[tuple[Kind, Key], list[Entry]] = defaultdict(list)
    for one in every:
        by_key[one.kind, one.key].append(one)
    places = {key: _places(found) for key, found in by_key.items()}
    doors = _street_doors(places)
    kept: list[Entry] = []
    folded = dropped = 0
    for (kind, key), groups in places.items():
        good = _without_contradictions(key, groups, doors) if kind is Kind.DOOR else groups
        dropped += sum(map(len, groups)) - sum(map(len, good))
        folded += sum(len(group) - 1 for group in good)
        kept += [_folded(group) for group in good]
    return Merged(tuple(kept), folded, dropped)


def _places(found: Sequence[Entry]) -> list[list[Entry]]:
    """Those within reach of each other together; every stop for itself."""
    groups: list[list[Entry]] = []
    for one in found:
        near = (group for group in groups if _apart_m(group[0], one) <= CONTRADICTION_M)
        group = None if one.kind is Kind.STOP else next(near, None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _without_contradictions(
    key: Key, groups: list[list[Entry]], doors: Mapping[str, Sequence[Door]]
) -> list[list[Entry]]:
    """Of places too far apart for one door and too near for namesakes the one that fits, if any."""
    kept: list[list[Entry]] = []
    for group in groups:
        rivals = [other for other in groups if _apart_m(group[0], other[0]) <= LINK_M]
        if len(rivals) == 1 or _best_fit(key, rivals, doors) is group:
            kept.append(group)
    return kept


def _best_fit(
    key: Key, rivals: Sequence[list[Entry]], doors: Mapping[str, Sequence[Door]]
) -> list[Entry] | None:
    most = sorted(rivals, key=len, reverse=True)
    if len(most[0]) > len(most[1]):
        return most[0]
    number = street_number(key)
    if number is None:
        return None
    off = sorted(
        ((_off_m(group[0], number, doors.get(key[0], ())), n) for n, group in enumerate(rivals))
    )
    return rivals[off[0][1]] if off[0][0] * _CLEARLY < off[1][0] else None


def _off_m(one: Entry, number: int, doors: Sequence[Door]) -> float:
    """Metres from where the other doors of the nearest road of the name put the number."""
    at = one.position
    guesses = [piece.guess(number) for piece in pieces(doors)]
    return min((metres_apart(g.lon, g.lat, at.lon, at.lat) for g in guesses), default=0.0)


def _street_doors(places: Mapping[tuple[Kind, Key], list[list[Entry]]]) -> dict[str, list[Door]]:
    """The doors that stand in one place, by street."""
    doors: dict[str, list[Door]] = defaultdict(list)
    for (kind, key), groups in places.items():
        number = street_number(key) if kind is Kind.DOOR else None
        if number is not None and len(groups) == 1:
            one = groups[0][0]
            at = one.position
            doors[key[0]].append(Door(number, at.lon, at.lat, at.error_m, one.district))
    return doors


def _folded(group: Sequence[Entry]) -> Entry:
    """The best of them; equally good ones meet in their middle, with an error that reaches all."""
    best = min(group, key=lambda one: one.position.error_m)
    equal = [one.position for one in group if one.position.error_m == best.position.error_m]
    at = middle(equal)
    spread_m = at.error_m - best.position.error_m
    least_m = best.position.error_m if spread_m <= best.position.error_m else at.error_m
    return replace(best, position=replace(at, error_m=least_m, source=best.position.source))


def _apart_m(one: Entry, other: Entry) -> float:
    a, b = one.position, other.position
    return metres_apart(a.lon, a.lat, b.lon, b.lat)
