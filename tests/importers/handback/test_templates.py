"""Blank forms: recognised as their own empty form, and read when filled in."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from importers.form import Form, Match
from importers.forms import FORMS
from importers.handback.examples import choices, example
from importers.handback.templates import columns, write_template
from importers.parse import ParsedRow, recognise, rows_of
from importers.readers import read

EVERY = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)


def parsed(path: Path) -> tuple[Match, list[ParsedRow]]:
    (found,) = recognise(read(path))
    assert isinstance(found, Match)
    return found, list(rows_of(found))


@pytest.fixture
def template(form: Form, tmp_path: Path) -> Path:
    path = tmp_path / "空白表.xlsx"
    write_template(form, path)
    return path


@EVERY
def test_a_template_is_its_own_empty_form(form: Form, template: Path) -> None:
    found, rows = parsed(template)
    assert (found.form.code, rows) == (form.code, [])
    assert set(found.columns) == {field.name for field in columns(form)}


def filled(form: Form, template: Path) -> Path:
    """The template with the example as its first entry, the number put in."""
    book = load_workbook(template)
    sheet = book["填表"]
    for column, field in enumerate(columns(form), start=1):
        value = "1" if field.name == "number" else example(form, field)
        sheet.cell(row=5, column=column, value=value or None)
    book.save(template)
    return template


@EVERY
def test_a_filled_template_gives_its_record_without_a_fault(form: Form, template: Path) -> None:
    found, (row,) = parsed(filled(form, template))
    assert (found.form.code, row.refused, row.faults) == (form.code, None, ())
    assert row.record is not None
    assert row.record.source.row == 5
    written = row.record.source.columns.items()
    cells = {name: text for name, (_column, text) in written if text}
    wanted = {one.name: example(form, one) for one in columns(form) if not one.private}
    assert cells == {name: text for name, text in wanted.items() if text} | (
        {"number": "1"} if "number" in wanted else {}
    )


@EVERY
def test_every_closed_column_has_a_drop_down_of_words_the_form_reads(
    form: Form, template: Path
) -> None:
    rules = load_workbook(template)["填表"].data_validations.dataValidation
    offered = {str(rule.sqref): rule.formula1 for rule in rules}
    wanted = [choices(form, field) for field in columns(form) if choices(form, field)]
    assert sorted(offered.values()) == sorted(f'"{",".join(words)}"' for words in wanted)
    assert all(len(text) <= 255 for text in offered.values())


def test_a_template_is_printed_on_one_page_across(tmp_path: Path) -> None:
    out = tmp_path / "空白.xlsx"
    write_template(FORMS[0], out)
    sheet = load_workbook(out).worksheets[0]
    setup = sheet.page_setup
    assert (setup.orientation, setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
