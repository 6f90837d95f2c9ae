"""What publishing a file did or would do: complete counts, and the first of each list."""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from geodata.declared import Stored
from geodata.storing.compare import CHANGED, NEW, REPEATED, SAME, FieldChange, Planned

# A planner reads the first; a list of a million differences would be one more file.
_LISTED = 200


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A stored record that differs in a file: where it stands there, and what differs."""

    sheet: str
    row: int
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class RecordKept:
    """A record some fields of which a person decided: the file was not followed there."""

    sheet: str
    row: int
    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The counts; the first records changed and kept, with the number of all such records.

    `duplicates` are pairs of records, new ones among them, that may be the same; None: not looked
    for. `left_out` counts the records that a file of this name brought before and this one does
    not hold, `left_names` are the first of them. `erased` counts contacts left out
    because the person asked to be forgotten. `run_id` is the import it became, None if nothing.
    """

    stored: Stored
    changes: tuple[RecordChange, ...] = ()
    change_count: int = 0
    kept: tuple[RecordKept, ...] = ()
    kept_count: int = 0
    duplicates: int | None = 0
    left_out: int = 0
    left_names: tuple[str, ...] = ()
    erased: int = 0
    run_id: int | None = field(default=None, compare=False)


@dataclass(slots=True)
class Tally:
    """Counts what was planned, batch by batch."""

    words: Counter[str] = field(default_factory=Counter)
    changes: list[RecordChange] = field(default_factory=list)
    change_count: int = 0
    kept: list[RecordKept] = field(default_factory=list)
    kept_count: int = 0
    duplicates: int | None = None
    left_out: int = 0
    left_names: Sequence[str] = ()
    erased: int = 0
    met: dict[str, "array[int]"] = field(default_factory=dict)

    def add(self, plans: Sequence[Planned]) -> None:
        """Count a batch."""
        for one in plans:
            self.words.update(one.outcomes)
            self.erased += one.erased
            if one.id is not None:
                self.met.setdefault(one.door.table, array("q")).append(one.id)
            source = one.door.rows[0].source
            name = str(one.door.values.get("name", "")) or str(one.door.values.get("district"))
            where = (source.sheet, source.row, name)
            if one.changes:
                self.change_count += 1
                if len(self.changes) < _LISTED:
                    self.changes.append(RecordChange(*where, tuple(one.changes)))
            if one.kept:
                self.kept_count += 1
                if len(self.kept) < _LISTED:
                    self.kept.append(RecordKept(*where, tuple(dict.fromkeys(one.kept))))

    @property
    def stored(self) -> Stored:
        """The counts of rows."""
        return Stored(*(self.words[word] for word in (NEW, CHANGED, SAME, REPEATED)))

    @property
    def outcome(self) -> Outcome:
        """All that was counted."""
        return Outcome(
            stored=self.stored,
            changes=tuple(self.changes),
            change_count=self.change_count,
            kept=tuple(self.kept),
            kept_count=self.kept_count,
            duplicates=self.duplicates,
            left_out=self.left_out,
            left_names=tuple(self.left_names),
            erased=self.erased,
        )
