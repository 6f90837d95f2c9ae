"""Records as they will be stored: column values under an identity, the same through JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from geodata.declared import Contact, Declared, DeclaredKeyed, DeclaredPlace, Placed, Source
from geodata.review.candidates import Found, found_of
from geodata.storing.keyed import identity_of, keyed_table, values_of
from geodata.storing.records import LocatableTable, key_of, plain_values, service_values, table_of
from geodata.tables import (
    Base,
    DemandSite,
    LunchOutlet,
    Place,
    RegisterEntry,
    TownWorkers,
    TrainingApplication,
)

LOCATED: tuple[LocatableTable, ...] = (Place, DemandSite, LunchOutlet)
KEYED: tuple[type[Base], ...] = (TownWorkers, RegisterEntry, TrainingApplication)
TABLES: Mapping[str, type[Base]] = {one.__tablename__: one for one in (*LOCATED, *KEYED)}
# JSON has no dates.
_DATES = ("due_on",)

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """One row of a file, ready to be stored; `key` tells its record from others of `table`.

    `found` are the verdict and candidates of locating it, kept for a person to choose from.
    """

    table: str
    key: str
    values: Values
    services: tuple[Values, ...]
    persons: tuple[Contact, ...]
    source: Source
    found: Found = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """The key with its table."""
        return f"{self.table} {self.key}"

    @property
    def code(self) -> str:
        """The official code of its services, "" if there is none."""
        return next((str(one["official_code"]) for one in self.services), "")


def ready(placed: Placed) -> Ready:
    """A located record as what will be stored of it."""
    declared = placed.declared
    if isinstance(declared, DeclaredKeyed):
        identity = identity_of(declared)
        table, key = keyed_table(declared).__tablename__, "|".join(map(str, identity.values()))
        values = identity | values_of(declared)
    else:
        located = table_of(declared)
        table, key = located.__tablename__, key_of(placed)
        values = plain_values(placed)
    services, persons = _services(declared), _persons(declared)
    return Ready(table, key, values, services, persons, declared.source, found_of(placed))


def _services(declared: Declared) -> tuple[Values, ...]:
    if not isinstance(declared, DeclaredPlace):
        return ()
    return tuple({"status": one.status.value, **service_values(one)} for one in declared.services)


def _persons(declared: Declared) -> tuple[Contact, ...]:
    named: Sequence[Contact] = getattr(declared, "contacts", ())
    return tuple(dict.fromkeys(named))


def payload_of(one: Ready) -> str:
    """The public part as JSON."""
    source = one.source
    services = [
        {name: str(v) if isinstance(v, date) else v for name, v in service.items()}
        for service in one.services
    ]
    public = [
        one.table,
        one.key,
        one.values,
        services,
        [source.file, source.sheet, source.row, dict(source.columns), source.form],
        one.found,
    ]
    return json.dumps(public, ensure_ascii=False, separators=(",", ":"))


def persons_of(one: Ready) -> str:
    """The persons as JSON."""
    if not one.persons:
        return ""
    named = [[c.name, c.mobile, c.email, c.role] for c in one.persons]
    return json.dumps(named, ensure_ascii=False)


def from_json(payload: str, persons: str = "") -> Ready:
    """What `payload_of` and `persons_of` gave."""
    table, key, values, services, source, found = json.loads(payload)
    for service in services:
        for name in _DATES:
            if service.get(name):
                service[name] = date.fromisoformat(service[name])
    file, sheet, row, columns, form = source
    return Ready(
        table=table,
        key=key,
        values=values,
        services=tuple(services),
        persons=tuple(Contact(*one) for one in json.loads(persons)) if persons else (),
        source=Source(
            file, sheet, row, {name: tuple(cell) for name, cell in columns.items()}, form
        ),
        found=found,
    )
