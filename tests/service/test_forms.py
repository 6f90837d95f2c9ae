"""Blank forms from the command line."""

from pathlib import Path

from click.testing import CliRunner
from openpyxl import load_workbook

from importers.forms import FORMS
from service.cli import main


def run(*arguments: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(main, ["form", *arguments])
    return result.exit_code, result.output.splitlines()


def test_every_form_is_listed_by_its_code() -> None:
    code, lines = run("list")
    assert code == 0
    assert [line.split()[0] for line in lines] == [form.code for form in FORMS]
    assert lines[0].split(maxsplit=1)[1] == "轨交现场培训点（2023 年附件2-10-2）"


def test_one_template_or_all_are_written(tmp_path: Path) -> None:
    one, folder = tmp_path / "空白表.xlsx", tmp_path / "空白表"
    assert run("template", "stations", "--out", str(one)) == (0, [f"已写空白表 {one}"])
    assert run("template", "all", "--out", str(folder)) == (
        0,
        [f"已写 {len(FORMS)} 份空白表到 {folder}"],
    )
    written = sorted(path.stem for path in folder.iterdir())
    assert (one.exists(), written) == (True, sorted(form.code for form in FORMS))


def test_an_unknown_form_and_a_folder_that_cannot_be_are_said(tmp_path: Path) -> None:
    file = tmp_path / "文件"
    file.write_text("", encoding="utf-8")
    assert run("template", "nothing", "--out", str(tmp_path / "x.xlsx")) == (
        1,
        ["Error: 没有代号为“nothing”的表：用 zhitu form list 看有哪些。"],
    )
    code, lines = run("template", "stations", "--out", str(file / "x.xlsx"))
    assert (code, lines) == (
        1,
        [f"Error: 写不进 {file / 'x.xlsx'}：Not a directory。请换一个目录。"],
    )


TABLE = "名称,类别,区,地址,面积\n甲驿站,户外职工驿站,黄浦区,,许多\n"


def test_an_import_hands_back_a_filled_and_a_marked_copy(tmp_path: Path) -> None:
    sent, filled, marked = (tmp_path / name for name in ("站点.csv", "回填.xlsx", "标错.xlsx"))
    sent.write_text(TABLE, encoding="utf-8")
    database = f"sqlite:///{tmp_path / 'zhitu.sqlite'}"
    command = ["--database", database, "import", str(sent)]
    asked = [*command, "--fill", str(filled), "--errors", str(marked)]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0
    assert result.output.splitlines()[-2:] == [
        f"已写回填表 {filled}：1 行填了区、街镇、位置、误差和备注",
        f"已写标错表 {marked}：1 处",
    ]
    (sheet,) = load_workbook(filled).worksheets
    assert [cell.value for cell in sheet[2]][5:] == [
        *("黄浦区", None, None, None, None, None, None),
        "未落图：有名无址：表里没有地址；面积读不出，应填：一个数，例如 120",
    ]
    assert [
        cell.coordinate
        for row in load_workbook(marked).worksheets[0]
        for cell in row
        if cell.comment
    ] == ["E2"]


def test_copies_are_of_one_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["import", "a.csv", "b.csv", "--fill", "c.xlsx"])
    assert (result.exit_code, result.output) == (
        1,
        "Error: --fill 和 --errors 一次只能用于一个文件。\n",
    )
