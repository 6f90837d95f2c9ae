from importers.forms import FORMS
from script.make_forms_doc import PAGE, page


def test_the_page_of_forms_is_what_the_script_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_names_every_form_and_every_header() -> None:
    text = PAGE.read_text(encoding="utf-8")
    cells = {cell for line in text.splitlines() for cell in line.replace(" | ", "、").split("、")}
    assert [form.code for form in FORMS if f"`{form.code}`" not in text] == []
    headers = {header for form in FORMS for one in form.fields for header in one.headers}
    # 街镇、开发区 holds the mark that parts the others.
    assert {header for header in headers if "、" not in header} - cells == set()
