"""Books: the same bytes for the same data, text as it was written, tables over many pages."""

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import which
from typing import NoReturn

import pytest

from maps.printed.book import Book
from maps.printed.drawing import CannotDrawError
from maps.printed.flow import Column, Figure, Flow
from maps.printed.publish import bound

pytest.importorskip("matplotlib")

DAY = date(2026, 3, 31)
LONG = "名称很长的职工健康服务点" * 12
COLUMNS = (Column("号", 1, figure=True), Column("名称", 4), Column("说明", 4))


def made(write: Callable[[Flow], None], *, fonts: tuple[str, ...] | None = None) -> bytes:
    def written(book: Book) -> None:
        write(Flow(book))

    more = {"fonts": fonts} if fonts else {}
    return bound("报告", "职图 · 第 7 版", DAY, written, **more)


@pytest.fixture
def pages(tmp_path: Path, lacking: Callable[[str, str], NoReturn]) -> Callable[[bytes], list[str]]:
    """The text of each page."""
    if which("pdftotext") is None:
        lacking("pdf", "install poppler-utils")

    def read(pdf: bytes) -> list[str]:
        path = tmp_path / "a.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
        assert done.stderr == b""
        return done.stdout.decode().split("\f")[:-1]

    return read


def a_table(flow: Flow) -> None:
    flow.table(COLUMNS, [(str(n), f"第{n}处", LONG) for n in range(1, 61)])


def test_the_same_data_make_the_same_bytes() -> None:
    assert made(a_table) == made(a_table)


def test_a_table_goes_on_with_its_head_and_loses_no_row(
    pages: Callable[[bytes], list[str]],
) -> None:
    found = pages(made(a_table))
    assert [page.split()[:3] for page in found] == [["号", "名称", "说明"]] * len(found)
    rows = [
        word for page in found for word in page.split() if word.startswith("第") and "处" in word
    ]
    assert rows == [f"第{n}处" for n in range(1, 61)]
    numbers = ["".join(page.split())[-3:] for page in found]
    assert numbers == [f"{n}/{len(found)}" for n in range(1, len(found) + 1)]


def test_text_is_shown_as_it_was_written(pages: Callable[[bytes], list[str]]) -> None:
    (page,) = pages(made(lambda flow: flow.lines("费用 $x^2$ 元 \\frac{1}{2} %d")))
    assert "费用 $x^2$ 元 \\frac{1}{2} %d" in page


def test_a_character_no_font_has_is_marked(pages: Callable[[bytes], list[str]]) -> None:
    (page,) = pages(made(lambda flow: flow.lines("驿站\U0001f600一\x00\n号")))
    assert "驿站〓一〓 号" in page


def test_everything_stays_inside_the_page(tmp_path: Path, pages: object) -> None:
    def crowded(flow: Flow) -> None:
        flow.title(LONG * 2, LONG)
        flow.numbers([Figure(LONG[:12], "1,234.5 万", LONG)] * 6)
        flow.facts([(LONG, LONG), ("网址", "https://example.org/" + "x" * 300)])
        a_table(flow)

    path = tmp_path / "wide.pdf"
    path.write_bytes(made(crowded))
    boxes = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True)
    lines = [line for line in boxes.stdout.decode().splitlines() if "<word" in line]
    edges = [{k: float(v) for k, v in (p.split("=") for p in _pairs(line))} for line in lines]
    assert len(edges) > 60
    assert min(edge["xMin"] for edge in edges) >= 50.0
    assert max(edge["xMax"] for edge in edges) <= 595.3 - 50.0
    assert max(edge["yMax"] for edge in edges) <= 841.9 - 15.0


def _pairs(line: str) -> list[str]:
    return line.split(">", maxsplit=1)[0].replace("<word", "").replace('"', "").split()


def test_without_a_chinese_font_the_sentence_names_the_package() -> None:
    with pytest.raises(CannotDrawError, match="请管理员装 fonts-noto-cjk"):
        made(a_table, fonts=("No Such Font",))
    with pytest.raises(CannotDrawError, match="请管理员装 fonts-noto-cjk"):
        made(a_table, fonts=("DejaVu Sans",))
