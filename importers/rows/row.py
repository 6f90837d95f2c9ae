"""One entry of a recognised table, read cell by cell.

A cell that cannot be read never stops its row by itself: the field stays unknown, the cell is
noted as at fault, and the row is stored. Only a row whose needed cell is blank or unreadable is
refused, and then whole. Persons are cut out of public cells before any of them is read.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn, TypeVar

from geodata.declared import Contact, Flag, Source
from geodata.errors import CellError
from geodata.place.address import normalise
from geodata.place.district import canonical_district
from importers.cells import typed
from importers.cells.phones import beside_phones, phones
from importers.form import Match
from importers.private import NOTHING, Cut, Names, cut, names_in, without_names
from importers.rows.body import Line
from importers.tables.headers import unit_factor
from importers.tables.table import Table

T = TypeVar("T")

REWRITTEN = "在网页上改的"


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that does not hold what its column asks for; `found` is blank if it is private."""

    sheet: str
    row: int
    column: str
    header: str
    found: str
    expected: str


class RefusedRowError(CellError):
    """A row lacks a cell it cannot do without."""


class FormRow:
    """Typed access to one entry; what is doubtful gathers in `faults`, `flags`, `contacts`."""

    def __init__(self, match: Match, line: Line, head: Mapping[str, str], names: Names) -> None:
        self.form = match.form
        self.title = match.table.title
        self.line = line
        self.head = head
        self.faults: list[CellFault] = []
        self.flags: list[Flag] = []
        self.contacts: list[Contact] = []
        self._match = match
        self._names = names
        self._public = self._without_persons(names)
        self._note_sheet_faults()

    def source(self) -> Source:
        """Where this entry stands, with its public cells as written."""
        sheet = self._match.table.sheet
        columns: dict[str, tuple[str, ...]] = {
            name: (sheet.column_name(self._match.columns[name].column), text)
            for name, text in self._public.items()
        }
        if sheet.rewritten:
            columns |= {n: (*cell, REWRITTEN) for n, cell in columns.items() if self._rewritten(n)}
        return Source(sheet.file, sheet.name, self.line.rows[0], columns, self.form.code)

    def _rewritten(self, name: str) -> bool:
        """Whether a cell was written anew on the page."""
        column = self._match.columns[name].column
        above = self.line.merged.get(column, 0), self.line.carried.get(column, 0)
        places = {(row, column) for row in (*self.line.rows, *above)}
        return not places.isdisjoint(self._match.table.sheet.rewritten)

    def public_cells(self) -> tuple[tuple[str, str], ...]:
        """Header and text of the public cells that are filled, for a report."""
        return tuple((self._header(name), text) for name, text in self._public.items() if text)

    @property
    def table(self) -> Table:
        return self._match.table

    def has(self, name: str) -> bool:
        """Whether the table has a column for a field."""
        return name in self._match.columns

    def unread(self) -> Iterator[tuple[str, str]]:
        """Header (or letter) and text of the filled columns no field takes, persons and all."""
        for column, text in enumerate(self.line.texts):
            if text and column not in self._match.read:
                letter = f"{self._match.table.sheet.column_name(column)} 列"
                yield self._match.unread.get(column, letter), text

    def public_part(self, header: str, text: str) -> str:
        """What of a cell no field takes is public; the persons in it are kept in private."""
        own = names_in(f"{self.private('contact')} {self.head.get('head_contact', '')}")
        public = without_names(cut(text), tuple(dict.fromkeys((*own, *self._names.found_in(text)))))
        if public.contacts:
            self.keep_private(public.contacts, header)
        return public.text

    def keep_private(self, contacts: tuple[Contact, ...], header: str) -> None:
        """Move persons out of a cell no field takes."""
        role = f"写在“{header}”里"
        self.contacts += [replace(contact, role=role) for contact in contacts]
        where = f"第 {self.line.rows[0]} 行“{header}”列"
        self.flags.append(Flag("private_text_moved", "个人信息已取出，不公开", where))

    @property
    def sheet_name(self) -> str:
        return self._match.table.sheet.name

    @property
    def is_hidden(self) -> bool:
        return not self._match.table.sheet.hidden_rows.isdisjoint(self.line.rows)

    def unit_factor(self, name: str) -> float:
        """What a sum in this column is multiplied with to give yuan, as its header says."""
        return unit_factor(self._header(name)) if name in self._match.columns else 1.0

    def written(self, name: str) -> str:
        """The cell as written, "" when blank or when the form has no such column."""
        return self._public.get(name, "")

    def private(self, name: str) -> str:
        header = self._match.columns.get(name)
        return self.line.text(header.column) if header else ""

    def text(self, name: str) -> str:
        """The cell without stray spaces and line breaks."""
        written = self.written(name)
        return normalise(written) if written else ""

    def needed(self, name: str) -> str:
        """The cell as written; the row cannot do without it."""
        if not self.text(name):
            self.refuse(name, "这一格必须填写")
        return self.written(name)

    def read(self, name: str, reader: Callable[[str], T]) -> T | None:
        """A typed cell; None when it is blank or at fault."""
        text = self.written(name)
        if not text:
            return None
        try:
            return reader(text)
        except CellError as error:
            self.fault(name, str(error))
            return None

    def needed_value(self, name: str, reader: Callable[[str], T | None]) -> T:
        """A typed cell the row cannot do without."""
        text = self.needed(name)
        try:
            value = reader(text)
        except CellError as error:
            self.refuse(name, str(error))
        if value is None:
            self.refuse(name, "这一格必须填写")
        return value

    def number(self, name: str, reader: Callable[[str], typed.Amount | None]) -> float | None:
        """An amount; one merged over several rows is counted in the first alone."""
        header = self._match.columns.get(name)
        if header and (top := self.line.merged.get(header.column)):
            self.flag("merged_count", f"合并单元格里的数只记在第 {top} 行", name)
            return None
        found = self.read(name, reader)
        if found is None:
            return None
        if found.about:
            self.flag("approximate", f"“{self._header(name)}”是约数", name)
        return found.value

    def whole(self, name: str, reader: Callable[[str], typed.Amount | None]) -> int | None:
        value = self.number(name, reader)
        return None if value is None else int(value)

    def district(self) -> str:
        """The declared district; flagged when the cell was filled from the row above."""
        written = self.written("district")
        if not written:
            return ""
        column = self._match.columns["district"].column
        if column in self.line.carried or column in self.line.merged:
            self.flag("district_carried_down", "区是从上面的格子沿用下来的", "district")
        found = canonical_district(written)
        if found is None:
            self.fault("district", "本市一个区的名称，例如 浦东新区")
        return found or ""

    def phone(self) -> str:
        """Office landlines, which alone are public."""
        return "、".join(map(str, phones(self.written("phone"))))

    def flag(self, code: str, message: str, name: str = "") -> None:
        self.flags.append(Flag(code, message, self.where(name) if name else ""))

    def fault(self, name: str, expected: str) -> None:
        """Note a cell as at fault; what a private cell holds is not said."""
        sheet = self._match.table.sheet
        header = self._match.columns[name]
        column = sheet.column_name(header.column)
        if any(fault.column == column for fault in self.faults):
            return
        self.faults.append(
            CellFault(
                sheet=sheet.name,
                row=self.line.rows[0],
                column=column,
                header=header.text,
                found=self._public.get(name, ""),
                expected=expected,
            )
        )

    def refuse(self, name: str, expected: str) -> NoReturn:
        self.fault(name, expected)
        raise RefusedRowError(f"“{self._header(name)}”：{expected}")

    def where(self, name: str) -> str:
        """第 3 行 C 列“手机号码”, without the value."""
        header = self._match.columns[name]
        column = self._match.table.sheet.column_name(header.column)
        return f"第 {self.line.rows[0]} 行 {column} 列“{header.text}”"

    def _header(self, name: str) -> str:
        return self._match.columns[name].text

    def _without_persons(self, names: Names) -> dict[str, str]:
        cuts = {name: cut(self.line.text(column)) for name, column in self._match.public}
        own = {*names_in(self.private("contact")), *names_in(self.head.get("head_contact", ""))}
        own.update(
            contact.name
            for public in cuts.values()
            for contact in public.contacts
            if names_in(contact.name)
        )
        beside = tuple(sorted(own))
        return {
            name: self._public_text(name, public, beside, names) if public is not NOTHING else ""
            for name, public in cuts.items()
        }

    def _public_text(self, name: str, public: Cut, own: tuple[str, ...], names: Names) -> str:
        public = without_names(public, (*own, *names.found_in(public.text)))
        if public.contacts:
            self._keep_private(public.contacts, name)
        # Beside an office number anything may be a person's name.
        if name == "phone" and (rest := beside_phones(public.text)):
            self._keep_private((Contact(name=rest),), name)
            return "、".join(map(str, phones(public.text)))
        return public.text

    def _keep_private(self, contacts: tuple[Contact, ...], name: str) -> None:
        role = f"写在“{self._header(name)}”里"
        self.contacts += [replace(contact, role=role) for contact in contacts]
        self.flag("private_text_moved", "个人信息已取出，不公开", name)

    def _note_sheet_faults(self) -> None:
        sheet_faults = self._match.table.sheet.faults
        for name, header in self._match.columns.items() if sheet_faults else ():
            for row in self.line.rows:
                if (row, header.column) in sheet_faults:
                    self.fault(name, sheet_faults[row, header.column])
