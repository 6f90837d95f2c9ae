"""Any list with an address column: where that column stands, and the rows below it in order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from geodata.errors import ParameterError, UnknownFormError
from importers.fields import ADDRESS, CONTACT, DISTRICT
from importers.private import cut, names_in, public_name, without_names
from importers.readers import read
from importers.tables.headers import header_key
from importers.tables.sheet import Row, Sheet

# A title and a few lines of remarks may stand above the header.
_HEADER_ROWS = 20
_NO_ADDRESS = ("网址", "邮箱", "电子", "ip地址", "mac")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: its cells, padded to the width of the header, and what is asked about it.

    `address` is without the persons that the cell, or a contact cell beside it, names: it goes
    out to geocoders and into their cache.
    """

    number: int
    texts: tuple[str, ...]
    address: str
    district: str


@dataclass(frozen=True, slots=True)
class AddressList:
    """A list that can be read any number of times; it is never held as a whole."""

    name: str
    headers: tuple[str, ...]
    address_column: int
    district_column: int | None
    contact_column: int | None
    header_row: int
    rows: Iterable[Row]

    def entries(self) -> Iterator[Entry]:
        """The rows below the header. Cells beyond the last header are kept under no name."""
        width = len(self.headers)
        for row in self.rows:
            if row.number <= self.header_row:
                continue
            texts = (*row.texts, *("" for _ in range(width - len(row.texts))))[:width]
            at, who = self.district_column, self.contact_column
            names = () if who is None else names_in(texts[who])
            public = without_names(cut(texts[self.address_column]), names).text
            yield Entry(row.number, texts, public, "" if at is None else texts[at])


def open_list(path: Path, *, column: str = "") -> AddressList:
    """The first table of a file that has an address column, or the column of that name.

    Raises UnreadableFileError, UnknownFormError when there is none, ParameterError for `column`.
    """
    sheets = [sheet for sheet in read(path) if not sheet.hidden]
    for sheet in sheets:
        found = _in_sheet(sheet, column)
        if found is not None:
            return found
    name, seen = public_name(path), _first_texts(sheets)
    if column:
        raise ParameterError(f"“{name}”里没有叫“{column}”的列。第一行是：{seen}。")
    raise UnknownFormError(
        f"“{name}”里没有地址列（表头要有“地址”或 address）。第一行是：{seen}。"
        "也可以用 --column 说明是哪一列。"
    )


def _in_sheet(sheet: Sheet, column: str) -> AddressList | None:
    for row in islice(sheet.rows, _HEADER_ROWS):
        keys = [header_key(text) for text in row.texts]
        at = _named(keys, (column,)) if column else _address(keys)
        if at is not None:
            return AddressList(
                name=sheet.file,
                headers=_with_width(sheet, row),
                address_column=at,
                district_column=_named(keys, DISTRICT.headers),
                contact_column=_named(keys, CONTACT.headers),
                header_row=row.number + row.height - 1,
                rows=sheet.rows,
            )
    return None


def _address(keys: Sequence[str]) -> int | None:
    """The column a form would take for the address; else the first whose header speaks of one."""
    exact = _named(keys, ADDRESS.headers)
    if exact is not None:
        return exact
    return next((at for at, key in enumerate(keys) if _speaks_of_address(key)), None)


def _speaks_of_address(key: str) -> bool:
    named = "地址" in key or "address" in key
    return named and len(key) <= 20 and not any(word in key for word in _NO_ADDRESS)


def _named(keys: Sequence[str], names: Sequence[str]) -> int | None:
    wanted = [header_key(name) for name in names]
    return next((keys.index(name) for name in wanted if name in keys), None)


def _with_width(sheet: Sheet, header: Row) -> tuple[str, ...]:
    """The header's texts, and empty ones for columns that only rows further down have."""
    width = max(len(row.texts) for row in sheet.rows)
    return (*header.texts, *("" for _ in range(width - len(header.texts))))


def _first_texts(sheets: Sequence[Sheet]) -> str:
    first = next((row for sheet in sheets for row in sheet.rows), None)
    shown = [text[:20] for text in first.texts[:8] if text] if first else []
    return "、".join(shown) or "（空）"
