"""What must be known of all rows of a table before the first of them is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from importers.form import Match
from importers.private import Names, cut, without_names
from importers.rows.body import Line, lines_of
from importers.tables.head import read_head
from importers.tables.sheet import Row

MOST_NOTES = 200


@dataclass(frozen=True, slots=True)
class Note:
    """A remark, a sum or a title between or below the rows; persons are cut out of it."""

    row: int
    text: str


class Survey:
    """One reading of a recognised table, which keeps no row of a long file.

    `head` is its head block, `names` the persons its contact cells name, `numbered` says whether
    any row has a number, `filled` which columns hold anything, `note_count` counts all notes.
    """

    def __init__(self, found: Match) -> None:
        self._found = found
        self._set_aside: list[Row] = []
        self.note_count = 0
        self.numbered = False
        self.filled: set[int] = set()
        self.head = read_head(found.table.head)
        in_memory = isinstance(found.table.rows, tuple)
        self._lines = list(lines_of(found, self._keep)) if in_memory else None
        lines = lines_of(found, self._keep) if self._lines is None else self._lines
        self.names = Names(chain([self.head.get("head_contact", "")], self._contacts(lines)))
        for row in found.table.notes:
            self._keep(row)

    def lines(self) -> Iterable[Line]:
        """The entries of the table, read anew where they are not in memory."""
        if self._lines is not None:
            return self._lines
        return lines_of(self._found, lambda _row: None)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The first `MOST_NOTES` notes."""
        return tuple(Note(row.number, self._public(row)) for row in self._set_aside)

    @property
    def unheaded(self) -> tuple[str, ...]:
        """The columns that hold something below no header."""
        table = self._found.table
        return tuple(map(table.sheet.column_name, sorted(self.filled - table.headed)))

    def _keep(self, row: Row) -> None:
        self.note_count += 1
        if len(self._set_aside) < MOST_NOTES:
            self._set_aside.append(row)

    def _contacts(self, lines: Iterable[Line]) -> Iterator[str]:
        """The contact cells, while everything else is looked at on the way."""
        contact, number = (self._column(name) for name in ("contact", "number"))
        for line in lines:
            self.filled.update(column for column, text in enumerate(line.texts) if text)
            self.numbered = self.numbered or (number is not None and bool(line.text(number)))
            if contact is not None and (text := line.text(contact)):
                yield text

    def _column(self, name: str) -> int | None:
        header = self._found.columns.get(name)
        return header.column if header else None

    def _public(self, row: Row) -> str:
        public = cut(" ".join(" ".join(filter(None, row.texts)).split()))
        return without_names(public, self.names.found_in(public.text)).text
