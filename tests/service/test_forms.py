"""Blank forms from the command line."""

from pathlib import Path

from click.testing import CliRunner

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
