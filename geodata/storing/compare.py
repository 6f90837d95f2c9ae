"""What a file would change: each of its records beside what is stored, nothing written yet.

Identity is the official code first (same kind, same code, no other district), then the door or
the name with the address. What a person decided stays: positions, statuses, edited fields.
"""

from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass, field
from typing import Any

from geodata.accounts.contacts import FIELD as CONTACTS
from geodata.declared import Contact
from geodata.edits import protected
from geodata.kinds import Status
from geodata.model import Datum, Level, Reason
from geodata.review.decisions import source_of
from geodata.storing.doors import FOUND, POSITION, Door, is_blank
from geodata.storing.held import Held
from geodata.storing.ready import Values

NEW, CHANGED, SAME, REPEATED = "new", "changed", "same", "repeated"

_AREAS = {level.value for level in Level if not level.is_point}
# A value and how a machine reads it stand and fall together.
_FOLLOWS = {"hours": "hours_text", "due_on": "due"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; `kind` is the service's, "" for a field of the record itself."""

    field: str
    before: Any
    after: Any
    kind: str = ""


@dataclass(slots=True)
class PlannedService:
    """A service to be written; `id` None is a new one, `before` the status it leaves.

    `row` is what is stored of it.
    """

    id: int | None
    write: Values
    before: str | None
    moved: bool = False
    row: Values | None = None


@dataclass(slots=True)
class Planned:
    """One record to be written; `id` None is a new one, `row` what is stored of it.

    `outcomes` has one word a row of the file.
    """

    door: Door
    id: int | None
    write: Values
    row: Values | None = None
    services: list[PlannedService] = field(default_factory=list)
    persons: list[Contact] = field(default_factory=list)
    erased: int = 0
    outcomes: list[str] = field(default_factory=list)
    changes: list[FieldChange] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        """Whether nothing is to be written."""
        return not {NEW, CHANGED} & set(self.outcomes)


@dataclass(frozen=True, slots=True)
class File:
    """What the rest of a file says of a batch: which codes stand at several doors, which keys."""

    shared_codes: Collection[str]
    keys: Collection[str]


def plan(door: Door, held: Held, file: File) -> Planned:
    """What storing one record would write."""
    row = held.records.get((door.table, door.key))
    coded = _by_code(door, held, file) if door.table == "place" else {}
    values = _decided(door.values, held)
    if row is None and coded:
        row = _moving(coded, held, file)
    made = Planned(door, row["id"] if row else None, values, row)
    if row is not None:
        _compare_record(made, row, values, held)
    first = NEW if row is None else CHANGED if made.write else SAME
    brought = [[first] if index == 0 else [] for index in range(len(door.rows))]
    for index, service in door.services:
        brought[index].append(_service(made, row, service, coded, held))
    _persons(made, held, brought)
    made.outcomes = [_loudest(words) for words in brought]
    return made


def _loudest(words: Collection[str]) -> str:
    return min(words, key=(NEW, CHANGED, SAME).index, default=REPEATED)


def _by_code(door: Door, held: Held, file: File) -> dict[tuple[str, str], Values]:
    """The stored services that the door's official codes name, and no other service shares."""
    found: dict[tuple[str, str], Values] = {}
    for _, service in door.services:
        code = service["kind"], service["official_code"]
        stored = held.coded.get(code, [])
        if not code[1] or code[1] in file.shared_codes or len(stored) != 1:
            continue
        here, there = door.values["district_declared"], _place(stored[0], held)["district_declared"]
        if not here or not there or here == there:
            found[code] = stored[0]
    return found


def _place(service: Values, held: Held) -> Values:
    return held.by_id[service["place_id"]]


def _moving(coded: Mapping[tuple[str, str], Values], held: Held, file: File) -> Values | None:
    """The place that moves to a new door: the file names all its services, and it alone them."""
    places = {service["place_id"] for service in coded.values()}
    if len(places) != 1:
        return None
    place = _place(next(iter(coded.values())), held)
    all_named = {one["id"] for one in held.services.get(place["id"], [])} <= {
        one["id"] for one in coded.values()
    }
    return place if all_named and place["key"] not in file.keys else None


def _decided(values: Values, held: Held) -> Values:
    """The values with the position a person decided, also while the file waited."""
    decision = held.decided.get(values.get("canonical", ""))
    if decision is None or decision["lon"] is None:
        return values
    return values | {
        "lon": decision["lon"],
        "lat": decision["lat"],
        "level": decision["level"],
        "error_m": decision["error_m"],
        "position_source": source_of(decision["action"], decision["by"]),
        "source_datum": decision.get("source_datum") or Datum.WGS84.value,
        "reason": "",
        "reason_detail": "",
    }


def _compare_record(made: Planned, row: Values, values: Values, held: Held) -> None:
    door = made.door
    if not door.own:
        values = {name: v for name, v in values.items() if is_blank(name, row[name])}
        values = {name: v for name, v in values.items() if name not in FOUND}
    if door.table == "place" and _keeps_name(row, values, held):
        values = {name: v for name, v in values.items() if name != "name"}
    if _lost(row, values):
        values = {name: v for name, v in values.items() if name not in POSITION}
    edited = held.edited.get((door.table, row["id"]), set())
    made.write = _differing(made, row, values, edited)
    if {"lon", "lat"} & made.write.keys():
        # A position is written whole, since the shape is made of both.
        made.write |= {"lon": values["lon"], "lat": values["lat"]}


def _keeps_name(row: Values, values: Values, held: Held) -> bool:
    """Whether a door goes on under the name of a service that another file put there."""
    named = {one["id"] for services in held.coded.values() for one in services}
    others = (one for one in held.services.get(row["id"], []) if one["id"] not in named)
    return row["name"] != values.get("name") and row["name"] in {one["name"] for one in others}


def _lost(row: Values, values: Values) -> bool:
    """Whether a door had a point, and this time no source knew it."""
    if row.get("lon") is None or row["level"] in _AREAS or "lon" not in values:
        return False
    unknown: bool = values["reason"] == Reason.NOT_FOUND or values["level"] in _AREAS
    return unknown and row["canonical"] == values["canonical"]


def _differing(
    made: Planned, row: Values, values: Values, edited: Collection[str], kind: str = ""
) -> Values:
    """The values to be written over a stored row; a blank one takes no other's place."""
    write: Values = {}
    fixed = protected(edited)
    for name, value in values.items():
        if _compared(name, row[name]) == _compared(name, value):
            continue
        blank = is_blank(name, values.get(_FOLLOWS.get(name, name)))
        if name not in FOUND and blank:
            continue
        if name in fixed:
            made.kept.append(name)
            continue
        write[name] = value
        made.changes.append(FieldChange(name, row[name], value, kind))
    return write


def _compared(name: str, value: Any) -> Any:
    """Doubts are the same doubts when another copy of the form has them in another row."""
    return [flag["code"] for flag in value] if name == "flags" else value


def _service(
    made: Planned,
    row: Values | None,
    service: Values,
    coded: Mapping[tuple[str, str], Values],
    held: Held,
) -> str:
    """Plan one service; a later declaration never takes back a status reached."""
    values = {name: value for name, value in service.items() if name != "status"}
    here = held.services.get(row["id"], []) if row else []
    named = next((s for s in here if _name(s) == _name(service)), None)
    stored = coded.get((service["kind"], service["official_code"])) or named
    if stored is not None and _is_barred(made, service, stored, named, held):
        stored = named
    if stored is None:
        made.services.append(PlannedService(None, service, before=""))
        return NEW
    if named is not None and named["id"] != stored["id"]:
        del values["name"]
    edited = held.edited.get(("service_point", stored["id"]), set())
    write = _differing(made, stored, values, edited, service["kind"])
    moved = row is None or stored["place_id"] != row["id"]
    before = _leaves(made, stored, service["status"], held)
    if before is not None:
        write["status"] = service["status"]
    if write or moved:
        made.services.append(PlannedService(stored["id"], write, before, moved, stored))
    return CHANGED if write or moved else SAME


def _is_barred(
    made: Planned, service: Values, stored: Values, named: Values | None, held: Held
) -> bool:
    """Whether a service that keeps its name would be the second of that name behind the door.

    Two of one name cannot be told apart: then the code that leads to it is not followed.
    """
    renamed = named is None or named["id"] == stored["id"]
    if renamed and "name" not in held.edited.get(("service_point", stored["id"]), ()):
        return False
    here = held.services.get(made.id, []) if made.id is not None else []
    taken = {_name(one) for one in here if one["id"] != stored["id"]}
    if stored["place_id"] != made.id:
        others = {_name(one) for _, one in made.door.services} - {_name(service)}
        # Those that moved in before it may have kept their names, too.
        moved = {_name(one.row) for one in made.services if one.row is not None and one.moved}
        taken |= others | moved
    return _name(stored) in taken


def _name(service: Values) -> tuple[str, str]:
    return service["kind"], service["name"]


def _leaves(made: Planned, stored: Values, status: str, held: Held) -> str | None:
    """The status a service leaves for the declared one, None when it stays."""
    if status in {stored["status"], Status.DECLARED}:
        return None
    if stored["id"] in held.settled:
        made.kept.append("status")
        return None
    made.changes.append(FieldChange("status", stored["status"], status, stored["kind"]))
    return str(stored["status"])


def _persons(made: Planned, held: Held, brought: list[list[str]]) -> None:
    """Persons not known of the record yet; a row that repeats another stays a repetition.

    None are added once somebody has written the record's contacts by hand, and nobody ever who
    asked to be forgotten.
    """
    if made.id is not None and CONTACTS in held.edited.get((made.door.table, made.id), ()):
        return
    known = set(held.persons.get((made.door.table, made.id), ())) if made.id is not None else set()
    for index, row in enumerate(made.door.rows):
        theirs = [one for one in row.persons if not held.erased.is_one(*astuple(one))]
        made.erased += len(row.persons) - len(theirs)
        fresh = [person for person in theirs if person not in known]
        known.update(fresh)
        made.persons += fresh
        if fresh and made.id is not None:
            brought[index].append(CHANGED)
