"""Records without an address: what tells one from another, and the columns each fills."""

from typing import Any

from geodata.declared import (
    DeclaredApplication,
    DeclaredKeyed,
    DeclaredRequirement,
    DeclaredWorkers,
)
from geodata.tables import RegisterEntry, TownWorkers, TrainingApplication

KeyedRow = TownWorkers | RegisterEntry | TrainingApplication
KeyedTable = type[TownWorkers] | type[RegisterEntry] | type[TrainingApplication]

_KEYS: dict[KeyedTable, tuple[str, ...]] = {
    TownWorkers: ("district", "town", "year"),
    RegisterEntry: ("district", "town", "kind", "name"),
    TrainingApplication: ("union", "point", "dates"),
}
_VALUES: dict[KeyedTable, tuple[str, ...]] = {
    TownWorkers: ("code", "workers", "extra"),
    RegisterEntry: ("official_code", "address", "notes", "extra"),
    TrainingApplication: ("heads", "district", "notes", "extra"),
}


def keyed_table(declared: DeclaredKeyed) -> KeyedTable:
    """The table a record without an address goes to."""
    match declared:
        case DeclaredWorkers():
            return TownWorkers
        case DeclaredRequirement():
            return RegisterEntry
        case DeclaredApplication():
            return TrainingApplication


def identity_columns(table: str) -> tuple[str, ...]:
    """The columns that tell the records of a table apart, by its name."""
    return next(columns for of, columns in _KEYS.items() if of.__tablename__ == table)


def identity_of(declared: DeclaredKeyed) -> dict[str, Any]:
    """The columns that tell a record from all others of its table."""
    identity = {name: getattr(declared, name) for name in _KEYS[keyed_table(declared)]}
    if isinstance(declared, DeclaredRequirement):
        identity["kind"] = declared.kind.value
    return identity


def values_of(declared: DeclaredKeyed) -> dict[str, Any]:
    """The columns a later form may change."""
    return {name: getattr(declared, name) for name in _VALUES[keyed_table(declared)]}
