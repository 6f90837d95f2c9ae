"""What a preview keeps of a file: counts, what was recognised, and its rows with their faults."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geodata.storing.incoming import Refusal
from geodata.storing.outcome import Outcome
from importers.overrides import Overrides
from importers.reporting.labels import label, shown_changes
from importers.reporting.report import Preview
from importers.shown import ShownRow, ShownTable, shown_tables

Shown = dict[str, Any]
# A page shows fifty; who has more rows at fault than this corrects the file itself.
MOST_NEAR = 5_000
MOST_PLAIN = 5_000
_LISTED = 50
_UNTOLD: Shown = {"changes": [], "kept": []}


def rows_of(
    path: Path, overrides: Overrides, refusals: Sequence[Refusal]
) -> tuple[list[ShownTable], list[Shown]]:
    """The tables of a file, and their rows; `near` are those at fault or mended, and beside one."""
    faults = _Faults(refusals)
    tables: list[ShownTable] = []
    kept: list[Shown] = []
    near = plain = 0
    for part, (table, rows) in enumerate(shown_tables(path, overrides)):
        tables.append(table)
        for one in _with_neighbours(faults.told(part, table, row) for row in rows):
            near, plain = near + one["near"], plain + (not one["near"])
            if near <= MOST_NEAR if one["near"] else plain <= MOST_PLAIN:
                kept.append(one | {"n": len(kept)})
    return tables, kept


class _Faults:
    """What was refused, by where it stands."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self._cells: dict[tuple[object, ...], str] = {}
        self._rows: dict[tuple[object, object], str] = {}
        for one in refusals:
            of = one.payload
            if one.is_row:
                self._rows[of["sheet"], of["row"]] = str(of["reason"])
            else:
                self._cells[of["sheet"], of["row"], of["column"]] = str(of["expected"])

    def told(self, part: int, table: ShownTable, row: ShownRow) -> Shown:
        """A row as it is kept: JSON, columns as text."""
        at = (table.sheet_name, row.row)
        faults = {
            str(one.column): self._cells[*at, one.name]
            for one in table.columns
            if (*at, one.name) in self._cells
        }
        open_to_change = {*faults, *map(str, row.rewritten)}
        places = {c: row.places[int(c)] for c in open_to_change} if not table.fixed else {}
        shown = {
            "cells": {str(column): text for column, text in row.texts.items()},
            "hidden": sorted(row.hidden),
            "faults": faults,
            "refused": self._rows.get(at, ""),
            "rewritten": sorted(row.rewritten),
            "places": places,
        }
        telling = bool(faults or shown["refused"] or row.rewritten)
        return {"part": part, "row": row.row, "near": telling, "shown": shown}


def _with_neighbours(rows: Iterable[Shown]) -> Iterator[Shown]:
    """The rows beside one that tells something are near it too."""
    last: Shown | None = None
    told_before = False
    for row in rows:
        tells = row["near"]
        if last is not None:
            yield last | {"near": last["near"] or tells}
        last = row | {"near": tells or told_before}
        told_before = tells
    if last is not None:
        yield last


def summary(
    seen: Preview, tables: Sequence[ShownTable], rows: Sequence[Shown], *, everywhere: bool
) -> Shown:
    """What a preview found, as plain values without persons.

    Who does not see everything is not told what a file of the same name, perhaps another's,
    brought before, nor what a file too long to be rehearsed would write over.
    """
    found = seen.findings
    return {
        "read": found.rows_read,
        "refused": found.refused.count,
        "unplaced": found.unplaced.count,
        "faulty": sum(bool(row["shown"]["faults"] or row["shown"]["refused"]) for row in rows),
        "tables": [asdict(table) for table in tables],
        "forms": [asdict(form) for form in found.forms],
        "empty": [asdict(form) for form in found.empty_forms],
        "not_taken": [asdict(table) for table in found.refused_tables[:_LISTED]],
        "doubts": _doubts(seen),
        "faults": [
            {"sheet": one.sheet, "column": one.column, "header": one.header, "row": one.row}
            | {"expected": one.expected, "found": one.found}
            for one in found.faults.first[:_LISTED]
        ],
        "refused_rows": [
            {"sheet": one.sheet, "row": one.row, "reason": one.reason}
            for one in found.refused.first[:_LISTED]
        ],
        "datums": [
            {"sentence": one.sentence, "said": one.said.value, "true": one.true.value}
            for one in found.datums
        ],
        **_outcome(seen.outcome),
        **({} if everywhere or seen.outcome.duplicates is not None else _UNTOLD),
        "left_out": seen.outcome.left_out if everywhere else 0,
        "left_names": list(seen.outcome.left_names[:_LISTED]) if everywhere else [],
    }


def _outcome(outcome: Outcome) -> Mapping[str, Any]:
    stored = outcome.stored
    return {
        "new": stored.new,
        "changed": stored.changed,
        "same": stored.same,
        "repeated": stored.repeated,
        "duplicates": outcome.duplicates,
        "erased": outcome.erased,
        "changes": [
            {"sheet": one.sheet, "row": one.row, "name": one.name}
            | {"fields": shown_changes(one.fields)}
            for one in outcome.changes[:_LISTED]
        ],
        "change_count": outcome.change_count,
        "kept": [
            {"sheet": one.sheet, "row": one.row, "name": one.name}
            | {"fields": list(dict.fromkeys(map(label, one.fields)))}
            for one in outcome.kept[:_LISTED]
        ],
        "kept_count": outcome.kept_count,
    }


def _doubts(seen: Preview) -> list[Mapping[str, Any]]:
    """Every sort of doubt once, with the first rows it is about."""
    groups = seen.findings.flags.groups[:_LISTED]
    return [
        {
            "sheet": group.first[0].sheet,
            "rows": list(dict.fromkeys(doubt.row for doubt in group.first))[:10],
            "count": group.count,
            "message": group.first[0].message,
        }
        for group in groups
    ]
