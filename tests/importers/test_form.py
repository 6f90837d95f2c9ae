import pytest

from importers.form import Form, Match, NoMatch
from importers.forms import FORMS
from importers.parse import recognise
from importers.tables.headers import header_key
from importers.tables.sheet import Row, Sheet

BY_CODE = {form.code: form for form in FORMS}


def first(*rows: tuple[str, ...]) -> Match | NoMatch:
    """What the first table of a sheet is recognised as."""
    sheet = Sheet("表.csv", "", tuple(Row(number, row) for number, row in enumerate(rows, 1)))
    return recognise([sheet])[0]


@pytest.mark.parametrize(
    ("headers", "row", "code"),
    [
        (("详细地址", "培训地点", "所辖区"), ("某路", "甲", "黄浦区"), "training_points"),
        (("职工服务中心", "地址"), ("黄浦区总工会", "某路"), "district_centres"),
        (("休息室名称", "行政区", "具体门牌号"), ("甲室", "虹口区", "某路"), "rest_rooms_2024"),
        (("工间休息室名称", "地址"), ("甲室", "某路"), "rest_rooms_2023"),
        (
            ("类型 (新建/ 升级)", "推荐站点名称", "地址"),
            ("新建", "甲", "某路"),
            "health_points_2023",
        ),
        (("站点名称", "站点类型"), ("甲站", "职工书屋"), "stations"),
        (("名称", "类别", "职工数"), ("甲园", "园区", "300"), "demand_sites"),
        (("名称", "类别", "座位数"), ("甲店", "餐饮", "30"), "lunch_outlets"),
        (("区", "街镇", "从业人员", "年份"), ("黄浦区", "", "10", "2023"), "town_workers"),
    ],
)
def test_forms_are_told_by_their_headers_in_any_order(
    headers: tuple[str, ...], row: tuple[str, ...], code: str
) -> None:
    found = first(headers, row)
    assert isinstance(found, Match)
    assert found.form.code == code
    assert found.unused == ()


@pytest.mark.parametrize(
    ("kind", "code"),
    [("职工书屋", "stations"), ("写字楼", "demand_sites"), ("社区食堂", "lunch_outlets")],
)
def test_lists_that_share_their_headers_are_told_by_their_kinds(kind: str, code: str) -> None:
    found = first(("名称", "类别", "区", "地址"), ("甲", kind, "黄浦区", "某路"))
    assert found == Match(BY_CODE[code], found.table, found.columns, ())


def test_a_header_no_field_reads_is_kept_as_unused() -> None:
    found = first(("名称", "类别", "编制人", "名称"), ("甲", "职工书屋", "x", "乙"))
    assert isinstance(found, Match)
    assert [header.text for header in found.unused] == ["编制人", "名称"]
    assert found.columns["name"].column == 0


def test_a_table_that_lacks_a_column_names_the_nearest_form_and_the_column() -> None:
    found = first(("序号", "培训地点", "所辖区"), ("1", "甲", "黄浦区"))
    assert found == NoMatch(
        found.table, BY_CODE["training_points"], found=("培训地点", "区"), missing=("地址",)
    )


def test_a_list_none_of_whose_kinds_is_known_is_no_list_of_stations() -> None:
    rows = [(f"甲{number}街道", "town") for number in range(5)]
    found = first(("名称", "类别"), *rows)
    assert found == NoMatch(found.table, BY_CODE["stations"], found=("名称", "类别"), missing=())
    assert isinstance(first(("名称", "类别"), *rows[:4]), Match)


def test_contacts_and_numbers_tell_nothing_so_the_headers_that_look_most_alike_do() -> None:
    found = first(("序号", "联系人", "从业人员总量"), ("1", "金丝雀甲", "20"))
    assert found == NoMatch(
        found.table, BY_CODE["town_workers"], (), ("区", "街镇", "从业人员", "年份")
    )


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("面积（m <sup>2</sup> ）", "面积"),
        ("地址（请尽量详细）", "地址"),
        ("所在园区（楼宇、 商圈）名称", "所在园区名称"),
        ("具体门牌号（**路**弄**号**室）", "具体门牌号"),
        ("* 名　称：", "名称"),
    ],
)
def test_headers_are_compared_by_what_they_say(written: str, key: str) -> None:
    assert header_key(written) == key


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_no_header_stands_for_two_fields_of_a_form(form: Form) -> None:
    keys = [header_key(header) for field in form.fields for header in set(field.headers)]
    by_field = {(header_key(header), one.name) for one in form.fields for header in one.headers}
    assert len(by_field) == len(set(keys))
    assert all(keys)
