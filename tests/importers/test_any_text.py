"""Whatever a cell holds, it is read, refused as a cell, or has its persons cut out."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import CellError
from importers.cells import typed, words
from importers.cells.kind_words import kind_cell
from importers.cells.phones import beside_phones, phones
from importers.cells.words import meaning
from importers.hours.read import split_services_hours
from importers.private import cut
from importers.readers.encoding import encoding_of
from importers.tables.headers import header_key

ANY_CELL = st.text(max_size=60) | st.text(
    alphabet="0123456789.,，约余多百千万元人个半天-~至周上午:：()（）、/年月路号", max_size=30
)
BESIDE = st.text(alphabet="甲乙丙路号室人 ，。（）：、abc", max_size=12)


@pytest.mark.parametrize(
    "reader",
    [
        typed.heads,
        typed.area_m2,
        typed.yuan,
        typed.half_days,
        typed.turns,
        typed.year,
        partial(typed.degrees, limit=90.0),
        partial(meaning, words.STATUS_WORDS),
        kind_cell,
    ],
    ids=["heads", "area", "yuan", "half_days", "turns", "year", "degrees", "status", "kinds"],
)
@given(text=ANY_CELL)
def test_a_cell_is_read_or_refused_as_a_cell(reader: Callable[[str], object], text: str) -> None:
    try:
        first = reader(text)
    except CellError:
        with pytest.raises(CellError, match=r"."):
            reader(text)
    else:
        assert reader(text) == first


@given(text=ANY_CELL)
def test_text_functions_take_any_text(text: str) -> None:
    assert header_key(text).split() in ([], [header_key(text)])
    assert all(typed.items(text))
    assert "19900000001" not in "".join(map(str, phones(text))) + beside_phones(text)
    split = split_services_hours(text)
    assert split is None or len(split) == 2


@given(before=BESIDE, after=BESIDE)
def test_a_mobile_or_mail_is_cut_whatever_stands_beside_it(before: str, after: str) -> None:
    assert "0000" not in cut(f"{before}19900000001{after}").text
    assert "0000" not in cut(f"{before}199 0000 0001{after}").text
    assert "@" not in cut(f"{before} canary-a@example.invalid {after}").text


@given(text=st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)))
def test_chinese_in_gb18030_is_read_as_it_was_written(text: str) -> None:
    table = f"名称,类别,地址\n{text},职工书屋,某路1号\n"
    written = table.encode("gb18030")
    assert written.decode(encoding_of(BytesIO(written), name="表.csv")) == table
