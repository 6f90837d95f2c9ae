"""The rows of one file that are one record, put together.

The first row gives the values; a later one fills what the first left blank and adds services of
its own. What it repeats otherwise is not stored twice, and the same file again changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geodata.kinds import Clinic
from geodata.storing.ready import Ready, Values

# Found by locating, not written in a cell: these go together, and an empty one says something.
POSITION = (
    "lon",
    "lat",
    "level",
    "error_m",
    "position_source",
    "source_datum",
    "reason",
    "reason_detail",
)
FOUND = frozenset({*POSITION, "parsed", "canonical", "district", "flags", "given", "key"})
_GRADES = frozenset({"model_room", "complex_site"})
_BLANK: tuple[object, ...] = (None, "", [], {}, Clinic.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Door:
    """One record of a file: its rows in order, and what they say together.

    `services` go with the row that brings each first. `own` is false when every row reached the
    record through another's key, merged into it: then they say nothing of its name or position.
    """

    table: str
    key: str
    rows: tuple[Ready, ...]
    values: Values
    services: tuple[tuple[int, Values], ...]
    own: bool = True


def is_blank(name: str, value: object) -> bool:
    """Whether a value says nothing: it never takes the place of one that does."""
    # 0 and a plain no are values: there are none, it is not so.
    return value in _BLANK or (value is False and name in _GRADES)


def door_of(rows: Sequence[Ready], key: str = "") -> Door:
    """Put the rows of one record together; `key` is the record's, if not that of its rows."""
    key = key or rows[0].key
    mine = [row for row in rows if row.key == key]
    values = dict((mine or rows)[0].values)
    for row in rows:
        _fill(values, row.values)
    if "canonical" in values:
        values["key"] = key
    return Door(rows[0].table, key, tuple(rows), values, _services(rows), own=bool(mine))


def _fill(values: Values, later: Mapping[str, object]) -> None:
    for name, value in later.items():
        if name not in FOUND and is_blank(name, values[name]) and not is_blank(name, value):
            values[name] = value


def _services(rows: Sequence[Ready]) -> tuple[tuple[int, Values], ...]:
    found: dict[tuple[str, str], tuple[int, Values]] = {}
    coded: dict[tuple[str, str], tuple[str, str]] = {}
    for index, row in enumerate(rows):
        for service in row.services:
            name, code = (service["kind"], service["name"]), service["official_code"]
            name = coded.get((service["kind"], code), name)
            if name in found:
                _fill(found[name][1], service)
            else:
                found[name] = (index, dict(service))
            if code:
                coded[service["kind"], code] = name
    return tuple(found.values())


def doors(rows: Iterable[Ready], standing: Mapping[str, str]) -> list[Door]:
    """The records of a batch in the order of their first rows.

    `standing` leads the identity of a merged-away record to the key it stands in.
    """
    groups: dict[tuple[str, str], list[Ready]] = {}
    for row in rows:
        key = standing.get(row.identity, row.key)
        groups.setdefault((row.table, key), []).append(row)
    return [door_of(group, key) for (_table, key), group in groups.items()]
