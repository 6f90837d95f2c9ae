"""A legal table comes back equal, however it was written: order, words, merging, kind of file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from geodata.declared import DeclaredPlace
from geodata.kinds import KINDS, Kind
from importers.form import Match
from importers.forms.stations import FORM
from importers.parse import recognise, rows_of
from importers.readers import read

FIELDS = ("name", "kind", "district", "town", "address", "operator")
# Columns that one merged header may stand over.
GROUPED = ("district", "town", "address")
Record = tuple[str, ...]

WORDS = st.text(alphabet="甲乙丙丁示例", min_size=1, max_size=4)
RECORDS = st.tuples(
    WORDS.map("示例{}驿站".format),
    st.sampled_from([KINDS[kind].label for kind in (Kind.OUTDOOR_STATION, Kind.READING_ROOM)]),
    st.sampled_from(["浦东新区", "黄浦区", "崇明区"]),
    WORDS.map("{}街道".format),
    st.integers(1, 999).map("示例路{}号".format),
    WORDS.map("{}公司".format),
)


@dataclass(frozen=True)
class Dialect:
    """One way to write a table."""

    suffix: str
    delimiter: str
    encoding: str
    order: tuple[str, ...]
    headers: tuple[str, ...]
    grouped: bool
    above: tuple[tuple[str, ...], ...]
    below: tuple[tuple[str, ...], ...]
    again: int
    dress: Callable[[str], str]


def wide(text: str) -> str:
    """Full-width digits, as some input methods write them."""
    return text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


def dialects() -> st.SearchStrategy[Dialect]:
    headers = st.tuples(*(st.sampled_from(FORM.by_name[name].headers) for name in FIELDS))
    decorated = st.tuples(headers, st.sampled_from(["{}", " {} ", "{}（必填）", "*{}", "{}："]))
    return st.builds(
        Dialect,
        suffix=st.sampled_from([".csv", ".tsv", ".txt", ".xlsx", ".docx"]),
        delimiter=st.sampled_from([",", ";", "\t", "，", "；"]),
        encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"]),
        order=st.permutations(FIELDS).map(tuple),
        headers=decorated.map(lambda both: tuple(map(both[1].format, both[0]))),
        grouped=st.booleans(),
        above=st.sampled_from(
            [(), (("示例汇总表",),), (("汇总表",), ("区局工会", "示例工会", "联系人", "金丝雀甲"))]
        ),
        below=st.sampled_from([(), (("注：以上为暂定",),), (("合计", "2"),)]),
        again=st.sampled_from([0, 2]),
        dress=st.sampled_from([str, wide, " {} ".format, lambda text: f"{text[:2]}\n{text[2:]}"]),
    )


def grid(records: Sequence[Record], how: Dialect) -> list[tuple[str, ...]]:
    """The rows of the file; of a grouped header the first of two."""
    order = [name for name in how.order if name not in GROUPED] + list(GROUPED)
    names = dict(zip(FIELDS, how.headers, strict=True))
    lower = tuple(names[name] for name in (order if how.grouped else how.order))
    header = [lower]
    if how.grouped:
        header = [(*lower[:-3], "地址信息", "", ""), ("", "", "", *lower[-3:])]
    cells = [dict(zip(FIELDS, record, strict=True)) for record in records]
    rows = [
        tuple(how.dress(cell[name]) for name in (order if how.grouped else how.order))
        for cell in cells
    ]
    if how.again and how.suffix == ".txt":
        return [*how.above, *header, *rows[:1], ("- 2 -",), *header, *rows[1:], *how.below]
    return [*how.above, *header, *rows, *how.below]


def write(path: Path, rows: list[tuple[str, ...]], how: Dialect) -> None:
    if how.suffix == ".xlsx":
        book = Workbook()
        for row in rows:
            book.active.append(row)
        if how.grouped:
            top = len(how.above) + 1
            book.active.merge_cells(f"D{top}:F{top}")
            for column in "ABC":
                book.active.merge_cells(f"{column}{top}:{column}{top + 1}")
        book.save(path)
    elif how.suffix == ".docx":
        document = docx.Document()
        table = document.add_table(rows=len(rows), cols=6)
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=False):
                cell.text = text
        document.save(str(path))
    else:
        delimiter = "\t" if how.suffix in {".txt", ".tsv"} else how.delimiter
        lines = [delimiter.join(map(quoted, row)) for row in rows]
        path.write_bytes("\r\n".join(lines).encode(how.encoding))


def quoted(cell: str) -> str:
    return f'"{cell}"' if "\n" in cell else cell


@settings(max_examples=150, deadline=None)
@given(records=st.lists(RECORDS, min_size=2, max_size=6), how=dialects())
def test_a_table_comes_back_equal_in_any_dialect(records: list[Record], how: Dialect) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"表{how.suffix}"
        write(path, grid(records, how), how)
        (found,) = recognise(read(path))
    assert isinstance(found, Match)
    rows = list(rows_of(found))
    assert [
        (
            one.name,
            KINDS[one.services[0].kind].label,
            one.district,
            one.town,
            one.address,
            one.services[0].operator,
        )
        for one in (row.record for row in rows)
        if isinstance(one, DeclaredPlace)
    ] == records
    assert [row.faults for row in rows] == [()] * len(records)
