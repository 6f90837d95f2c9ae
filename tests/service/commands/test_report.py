"""`zhitu report` and `zhitu export`: files on the disk."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import main

POINTS = """名称,类别,区,地址,经度,纬度,坐标系
甲驿站,户外职工驿站,黄浦区,中山东一路3号,121.4880,31.2330,WGS-84
"""


@pytest.fixture
def database(tmp_path: Path) -> list[str]:
    table = tmp_path / "点位.csv"
    table.write_text(POINTS, encoding="utf-8")
    database = ["--database", f"sqlite:///{tmp_path / 'zhitu.sqlite'}"]
    assert CliRunner().invoke(main, [*database, "import", str(table)]).exit_code == 0
    return database


def run(database: list[str], *words: object) -> Result:
    return CliRunner().invoke(main, [*database, *map(str, words)])


@pytest.mark.parametrize(
    "words", [("report", "district", "黄浦"), ("report", "year", 2024), ("report", "site", 1)]
)
def test_a_report_is_a_pdf(database: list[str], tmp_path: Path, words: tuple[object, ...]) -> None:
    pytest.importorskip("matplotlib")
    out = tmp_path / "a.pdf"
    said = run(database, *words, "-o", out)
    assert (said.exit_code, said.output.startswith(f"已生成 {out}")) == (0, True)
    assert out.read_bytes()[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("report", "district", "火星区"), "没有叫“火星区”的区。"),
        (("report", "site", 99), "没有这条记录"),
        (("report", "year", 1999), "没有 1999 年的报告。"),
        (("export", "points", "-o", "a.dbf"), "文件名的后缀要是 csv、"),
        (("export", "points", "-o", "/none/a.csv"), "写不进 /none/a.csv"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(
    database: list[str], words: tuple[object, ...], sentence: str
) -> None:
    said = run(database, *words)
    assert (said.exit_code, sentence in said.output) == (1, True)


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "geojson", "kml", "gpkg", "fgb"])
def test_points_go_into_a_file_of_each_format(
    database: list[str], tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"points.{suffix}"
    assert run(database, "export", "points", "-o", out).exit_code == 0
    assert out.stat().st_size > 100
    left = sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("."))
    assert left == []


def test_the_public_file_has_the_public_columns(database: list[str], tmp_path: Path) -> None:
    own, public = tmp_path / "own.csv", tmp_path / "public.csv"
    run(database, "export", "points", "-o", own)
    run(database, "export", "points", "--public", "-o", public)
    texts = [path.read_text(encoding="utf-8-sig") for path in (own, public)]
    heads = [next(csv.reader([text.splitlines()[0]])) for text in texts]
    assert ("职工数" in heads[0], "职工数" in heads[1]) == (True, False)
    assert heads[0][: len(heads[1])] == heads[1]
