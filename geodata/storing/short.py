"""A short file, kept in memory until it is published: staging it would be half the work."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geodata.declared import Placed
from geodata.storing.incoming import Refusal, unbroken
from geodata.storing.ready import Ready, ready
from geodata.storing.staged import BATCH

# Some 7 kB a row; what waits in the staging area takes none.
MOST_ROWS = 25_000


@dataclass(slots=True)
class Short:
    """One file of up to `MOST_ROWS` rows; `add` all of it, `finish`, then publish."""

    file: str
    sha256: str
    forms: Sequence[str] = ()
    rows_refused: int = 0
    findings: Mapping[str, Any] = field(default_factory=dict)
    _rows: list[Ready] = field(default_factory=list)
    _refused: list[Refusal] = field(default_factory=list)
    # Identity → the first row of it; official code → the doors it stands at.
    _doors: dict[str, int] = field(default_factory=dict)
    _codes: dict[str, set[int]] = field(default_factory=dict)

    def add(self, records: Sequence[Placed], refused: Sequence[Refusal]) -> None:
        """Take in records and refusals in the order of the file."""
        for row in map(ready, records):
            door = self._doors.setdefault(row.identity, len(self._rows))
            if row.code:
                self._codes.setdefault(row.code, set()).add(door)
            self._rows.append(row)
        self._refused += refused

    def finish(
        self, *, forms: Sequence[str], rows_refused: int, findings: Mapping[str, Any]
    ) -> None:
        """All is read."""
        self.forms, self.rows_refused, self.findings = forms, rows_refused, findings

    def batches(self) -> Iterator[list[Ready]]:
        return unbroken(self._pages(), BATCH)

    def _pages(self) -> Iterator[list[tuple[int, Ready]]]:
        rows = [(self._doors[row.identity], row) for row in self._rows]
        rows.sort(key=lambda one: one[0])
        for start in range(0, len(rows), BATCH):
            yield rows[start : start + BATCH]

    def refusals(self, at_once: int) -> Iterator[Sequence[Refusal]]:
        for start in range(0, len(self._refused), at_once):
            yield self._refused[start : start + at_once]

    def shared_codes(self, codes: Collection[str]) -> set[str]:
        return {code for code in codes if len(self._codes.get(code, ())) > 1}

    def identities_in(self, identities: Collection[str]) -> set[str]:
        return {identity for identity in identities if identity in self._doors}
