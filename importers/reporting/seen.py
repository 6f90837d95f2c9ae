"""What was found while a file was read: counts that are whole, lists that are not endless."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from geodata.declared import Placed
from geodata.place.detective import DatumFinding, DatumWatch
from geodata.review.suspect import findings_from
from importers.form import Match, NoMatch
from importers.parse import RefusedRow
from importers.reporting.findings import (
    Doubt,
    FormFound,
    RefusedTable,
    Unplaced,
    doubt,
    is_unplaced,
    refusal,
    too_wide,
    unplaced,
    unplaced_because,
    visible,
)
from importers.reporting.gathered import Gathering, Group, Groups
from importers.rows.row import CellFault
from importers.rows.survey import Note

T = TypeVar("T")

_MOST_REFUSED_ROWS = 200
_MOST_TABLES = 200


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything about a file that can be said before it is compared with what is stored.

    A cell that made its row be refused is said with the row, not in `faults`.
    """

    file: str
    sha256: str
    forms: tuple[FormFound, ...]
    empty_forms: tuple[FormFound, ...]
    refused_tables: tuple[RefusedTable, ...]
    tables_beyond: int
    rows_read: int
    refused: Groups[RefusedRow]
    unplaced: Groups[Unplaced]
    faults: Groups[CellFault]
    flags: Groups[Doubt]
    datums: tuple[DatumFinding, ...] = ()
    too_wide: int = 0

    def as_json(self) -> dict[str, Any]:
        """The findings as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Findings":
        """What `as_json` gave, also after a round trip through JSON."""
        return cls(
            file=values["file"],
            sha256=values["sha256"],
            forms=tuple(map(_form, values["forms"])),
            empty_forms=tuple(map(_form, values["empty_forms"])),
            refused_tables=tuple(_table(one) for one in values["refused_tables"]),
            tables_beyond=values["tables_beyond"],
            rows_read=values["rows_read"],
            refused=_groups(values["refused"], _row),
            unplaced=_groups(values["unplaced"], lambda one: Unplaced(**one)),
            too_wide=values["too_wide"],
            faults=_groups(values["faults"], lambda one: CellFault(**one)),
            flags=_groups(values["flags"], lambda one: Doubt(**one)),
            datums=findings_from(values),
        )


class Gatherer:
    """Takes what is found, row by row."""

    def __init__(self) -> None:
        self._forms: list[FormFound] = []
        self._records = 0
        self._refused: Gathering[RefusedRow] = Gathering(_MOST_REFUSED_ROWS)
        self._unplaced: Gathering[Unplaced] = Gathering()
        self._too_wide = 0
        self._faults: Gathering[CellFault] = Gathering()
        self._flags: Gathering[Doubt] = Gathering()
        self._datums = DatumWatch()

    def form(self, found: FormFound) -> None:
        """A recognised table, after its last row."""
        self._forms.append(found)

    def record(self, one: Placed) -> None:
        """A located record."""
        self._records += 1
        self._datums.see(one)
        sheet = one.declared.source.sheet
        if is_unplaced(one):
            self._unplaced.add(unplaced_because(one), lambda: unplaced(one))
        wide = too_wide(one)
        self._too_wide += wide is not None
        for flag in (*one.flags, *([wide] if wide else [])):
            key = (sheet, flag.code, flag.message)
            self._flags.add(key, lambda flag=flag: doubt(one, flag))  # type: ignore[misc]

    def row(self, one: RefusedRow) -> None:
        """A refused row, fit to be shown."""
        self._refused.add("", lambda: one)

    def fault(self, one: CellFault, refused: RefusedRow | None) -> None:
        """A cell at fault, fit to be shown."""
        if refused is None or visible(refused.reason) != f"“{one.header}”：{one.expected}":
            self._faults.add((one.sheet, one.column, one.header, one.expected), lambda: one)

    def findings(self, file: str, sha256: str, found: Sequence[Match | NoMatch]) -> Findings:
        """All of it."""
        tables = [one for one in found if isinstance(one, NoMatch) or one.table.sheet.hidden]
        refused = self._refused.groups
        return Findings(
            file=visible(file),
            sha256=sha256,
            forms=tuple(form for form in self._forms if form.rows),
            empty_forms=tuple(form for form in self._forms if not form.rows),
            refused_tables=tuple(refusal(one) for one in tables[:_MOST_TABLES]),
            tables_beyond=max(0, len(tables) - _MOST_TABLES),
            rows_read=self._records + refused.count,
            refused=refused,
            unplaced=self._unplaced.groups,
            too_wide=self._too_wide,
            faults=self._faults.groups,
            flags=self._flags.groups,
            datums=self._datums.findings(),
        )


def _form(values: Mapping[str, Any]) -> FormFound:
    return FormFound(
        **{
            **values,
            "matched": tuple(values["matched"]),
            "unused": tuple(values["unused"]),
            "notes": tuple(Note(**note) for note in values["notes"]),
            "fields": tuple((header, field) for header, field in values["fields"]),
        }
    )


def _table(values: Mapping[str, Any]) -> RefusedTable:
    return RefusedTable(
        **{**values, "found": tuple(values["found"]), "missing": tuple(values["missing"])}
    )


def _row(values: Mapping[str, Any]) -> RefusedRow:
    return RefusedRow(**{**values, "cells": tuple((h, text) for h, text in values["cells"])})


def _groups(values: Mapping[str, Any], make: Callable[[Mapping[str, Any]], T]) -> Groups[T]:
    return Groups(
        tuple(
            Group(group["count"], tuple(group["order"]), tuple(map(make, group["first"])))
            for group in values["groups"]
        ),
        values["beyond"],
    )
