"""Finds an address in a gazetteer, by steps in the order of their trust."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geodata.geodesy import metres_apart
from geodata.model import Address, Level, Position, Reason, Unlocated
from geodata.place.candidate import Candidate
from geodata.place.district import canonical_district
from geodata.place.error_model import PRIOR, ErrorModel
from geodata.place.gazetteer import entry as filed
from geodata.place.gazetteer.crossing import meeting
from geodata.place.gazetteer.door import Door
from geodata.place.gazetteer.entry import Entry, Key, Kind
from geodata.place.gazetteer.lines import RoadLines
from geodata.place.gazetteer.piece import METHOD_LABELS
from geodata.place.gazetteer.precedence import first_wins
from geodata.place.gazetteer.roads import OnRoad, Roads
from geodata.place.gazetteer.store import Stored, read
from geodata.place.gazetteer_file import Row, read_rows
from geodata.place.metro import MetroTable, middle, stop_named

Found = Position | Unlocated | None

PROVIDER = "gazetteer"
BUILT = ".sqlite"
_DOORS = frozenset({Level.SURVEYED, Level.MANUAL, Level.NUMBER, Level.LANE_NUMBER, Level.LANE})
# What is named beside a door that is not known: a few minutes' walk away, not the place itself.
_NEAR_M = 300.0
# However wide their errors, two positions farther apart are two places.
_ONE_PLACE_M = 1000.0


@dataclass(frozen=True, slots=True)
class Asked:
    """An address and its declared district ("" none); `firm` unless that was carried down."""

    address: Address
    district: str
    firm: bool


class Gazetteer:
    """Finds an address by its parsed parts; what fits two places is ambiguous, never guessed."""

    def __init__(
        self,
        entries: Iterable[Entry],
        *,
        model: ErrorModel = PRIOR,
        lines: RoadLines | None = None,
    ) -> None:
        self.model = model
        self._entries: dict[tuple[Kind, Key], list[Entry]] = defaultdict(list)
        self._inside: dict[Key, list[Entry]] = defaultdict(list)
        doors: dict[str, list[Door]] = defaultdict(list)
        stops = []
        for one in entries:
            if one.kind is Kind.STOP:
                stops.append((one.stop, one.position))
                continue
            self._entries[one.kind, one.key].append(one)
            if one.kind is Kind.DOOR:
                self._add_door(one, doors)
        self.metro = MetroTable(stops)
        self.lines = lines or RoadLines()
        self.roads = Roads(doors, model, self.lines)

    @classmethod
    def load(cls, paths: Sequence[Path]) -> "Gazetteer":
        """Read gazetteer files, built ones and CSV; where they contradict, the first one holds.

        The errors are those of the first built one. A column or cell that cannot be used raises
        with its place.
        """
        held = [read_any(path) for path in paths]
        learned = (one.model for one in held if one.model.is_learned)
        return cls(
            first_wins(one.entries for one in held),
            model=next(learned, PRIOR),
            lines=RoadLines(line for one in held for line in one.lines),
        )

    @classmethod
    def of_rows(cls, rows: Iterable[Row]) -> "Gazetteer":
        """A gazetteer of rows in memory, with the prior errors."""
        return cls(entry for row in rows for entry in entries_of(row))

    def find(self, address: Address, *, district: str = "", firm: bool = True) -> Found:
        """Where an address lies: a position, ambiguous, or None when nothing fits.

        `district` is the declared one, by default the one the address names; it chooses between
        namesakes. When `firm`, or when the address itself names it, it also shuts out named places
        and roads of other districts: names repeat over the city.
        """
        asked = Asked(address, district or _own(address), firm or bool(address.district))
        return next((_one(found) for step in STEPS if (found := step(self, asked))), None)

    def candidates(self, address: Address, *, district: str = "") -> tuple[Candidate, ...]:
        """Every place that fits, best first; those of other districts than declared come last."""
        district = district or _own(address)
        firmly = [Asked(address, district, firm=True)] if district else []
        asked = [*firmly, Asked(address, district, firm=False), Asked(address, "", firm=False)]
        found = [one for each in asked for step in STEPS for one in step(self, each)]
        return tuple(dict.fromkeys(found))

    def known(self, kind: Kind, key: Key) -> list[Entry]:
        """The entries under a key."""
        return self._entries.get((kind, key), [])

    def inside(self, key: Key) -> list[Entry]:
        """The known doors and branches of a lane."""
        return self._inside.get(key[:2], [])

    def _add_door(self, one: Entry, doors: dict[str, list[Door]]) -> None:
        street, lane, *inner = one.key
        if lane and any(inner):
            self._inside[street, lane].append(one)
        number = filed.street_number(one.key)
        if number is not None and one.position.level in _DOORS:
            at = one.position
            doors[street].append(Door(number, at.lon, at.lat, at.error_m, one.district))


def _own(address: Address) -> str:
    """The district of today that an address names."""
    return (canonical_district(address.district) if address.district else None) or ""


def entries_of(row: Row) -> list[Entry]:
    """The entries of a row, under its address and its aliases."""
    names = (row.address, *row.aliases)
    return [one for name in names for one in filed.entries(name, row.district, row.position)]


def read_any(path: Path) -> Stored:
    """The contents of a gazetteer file, built or CSV."""
    if path.suffix == BUILT:
        return read(path)
    return Stored(tuple(one for row in read_rows(path) for one in entries_of(row)))


def read_rows_of(path: Path) -> list[Row]:
    """The entries of a gazetteer file as rows, each under a name as people write it."""
    if path.suffix != BUILT:
        return list(read_rows(path))
    return [Row(filed.written(one), (), one.district, one.position) for one in read(path).entries]


def door(gazetteer: Gazetteer, asked: Asked) -> list[Candidate]:
    """The door; of a list of numbers the middle of those that are known."""
    for building in dict.fromkeys((asked.address.building, "")):
        keys = filed.door_keys(asked.address, building)
        found = [one for key in keys if (one := _known(gazetteer, Kind.DOOR, key, asked))]
        unclear = [one for one in found if len(one) > 1 and _one(one) not in _positions(one)]
        if unclear:
            return unclear[0]
        if found:
            return [_middle([one[0] for one in found])]
    return []


def stop(gazetteer: Gazetteer, asked: Asked) -> list[Candidate]:
    """The station or exit; behind a door only what lies near it, if neighbours say no better."""
    named = stop_named(asked.address)
    found = gazetteer.metro.find(named) if named else None
    if named is None or found is None:
        return []
    if not (asked.address.road and asked.address.number):
        return [Candidate(found, PROVIDER, matched=named.station)]
    near = Candidate(middle([found], least_m=_NEAR_M), PROVIDER, matched=f"{named.station}附近")
    return _better(near, lane(gazetteer, asked) or between(gazetteer, asked))


def street(gazetteer: Gazetteer, asked: Asked) -> list[Candidate]:
    """A crossing or whole road that an entry is about."""
    key = filed.street_key(asked.address)
    kind = Kind.CROSSING if len(key) > 1 else Kind.ROAD
    return _known(gazetteer, kind, key, asked) if key else []


def name(gazetteer: Gazetteer, asked: Asked) -> list[Candidate]:
    """A named place, in the town and, if that is firm, the district the address names."""
    for key in filed.name_keys(asked.address):
        found = [
            one
            for one in gazetteer.known(Kind.PLACE, key)
            if (not asked.firm or one.district in ("", asked.district) or not asked.district)
            and (not one.town or asked.address.town in ("", one.town))
        ]
        if found:
            return _as_candidates(found, asked)
    return []


def lane(gazetteer: Gazetteer, asked: Asked) -> list[Candidate]:
    """The lane's own position, or the middle of its known doors; inside it, anywhere along it."""
    keys = filed.lane_keys(asked.address)
    for key in keys:
        found = _known(gazetteer, Kind.DOOR, key, asked)
        is_inside = bool(asked.address.number) or key != keys[0]
        if found:
            return [_along(one) for one in found] if is_inside else found
    inside = _as_candidates(gazetteer.inside(keys[0]), asked) if keys else []
    return [_along(_middle(inside))] if inside and isinstance(_one(inside), Position) else inside


def between(gazetteer: Gazetteer, asked: Asked) -> list[Candidate]:
    """A place by the known numbers of the same road; of a list of numbers their middle."""
    address = asked.address
    keys = filed.lane_keys(address)[:1] or filed.door_keys(address, "")
    numbers = [number for key in keys if (number := filed.street_number(key)) is not None]
    placed = [
        gazetteer.roads.place(
            address.road or address.estate, number, district=asked.district, firm=asked.firm
        )
        for number in dict.fromkeys(numbers)
    ]
    if not placed or not all(placed):
        return []
    found = [[_of_road(address, one) for one in each] for each in placed]
    if len(found) > 1 and all(len(each) == 1 for each in found):
        return [_middle([each[0] for each in found])]
    inside = bool(address.lane and (address.number or address.sublane))
    return [_along(one) if inside else one for one in found[0]]


def crossing(gazetteer: Gazetteer, asked: Asked) -> list[Candidate]:
    """Where two roads meet, by their courses or by their nearest doors."""
    address = asked.address
    if not address.road2:
        return []
    found = [
        Candidate(position, PROVIDER, address.road, at, matched=f"{address.road}与{address.road2}")
        for position, at in meeting(gazetteer.roads, gazetteer.lines, address, asked.district)
    ]
    if not address.number and not address.lane:
        return found
    return [replace(one, position=middle([one.position], least_m=_NEAR_M)) for one in found]


def road(gazetteer: Gazetteer, asked: Asked) -> list[Candidate]:
    """The road as a whole."""
    address = asked.address
    keys = filed.lane_keys(address)[:1] or filed.door_keys(address, "")[:1]
    number = filed.street_number(keys[0]) if keys else None
    found = gazetteer.roads.area(address.road, number, district=asked.district)
    return [_of_road(address, one) for one in found]


Step = Callable[[Gazetteer, Asked], list[Candidate]]

STEPS: tuple[Step, ...] = (door, stop, street, name, lane, between, crossing, road)


def _known(gazetteer: Gazetteer, kind: Kind, key: Key, asked: Asked) -> list[Candidate]:
    return _as_candidates(gazetteer.known(kind, key), asked)


def _as_candidates(entries: Sequence[Entry], asked: Asked) -> list[Candidate]:
    """Those of the declared district, else all, for a person to doubt; best first."""
    fitting = [one for one in entries if one.district == asked.district] or entries
    road = asked.address.road
    return [
        Candidate(one.position, PROVIDER, road, one.district, one.town, "".join(one.key))
        for one in sorted(fitting, key=lambda one: one.position.error_m)
    ]


def _one(found: Sequence[Candidate]) -> Position | Unlocated:
    """The best of several candidates, if they can be the same place."""
    best = min((one.position for one in found), key=lambda position: position.error_m)
    if all(_agree(best, one.position) for one in found):
        return best
    districts = "、".join(dict.fromkeys(one.district for one in found))
    return Unlocated(Reason.AMBIGUOUS, f"地名库里有 {len(found)} 处（{districts}）")


def _agree(a: Position, b: Position) -> bool:
    reach_m = min(a.error_m + b.error_m, _ONE_PLACE_M)
    return metres_apart(a.lon, a.lat, b.lon, b.lat) <= reach_m


def _positions(found: Sequence[Candidate]) -> list[Position]:
    return [one.position for one in found]


def _middle(found: Sequence[Candidate]) -> Candidate:
    return replace(found[0], position=middle(_positions(found)))


def _along(lane: Candidate) -> Candidate:
    """Somewhere along a lane of which a point is known."""
    level = min(lane.position.level, Level.LANE, key=lambda each: each.rank)
    at = replace(lane.position, level=level)
    return replace(lane, position=middle([at], least_m=Level.LANE.prior_error_m))


def _better(near: Candidate, others: Sequence[Candidate]) -> list[Candidate]:
    return sorted([near, *others], key=lambda one: one.position.error_m)[:1]


def _of_road(address: Address, one: OnRoad) -> Candidate:
    matched = METHOD_LABELS[one.method]
    return Candidate(one.position, PROVIDER, address.road, one.district, matched=matched)
