import pytest

from geodata.declared import Contact
from importers.tables.head import head_contacts, is_labelled, read_head
from importers.tables.sheet import Row


def test_a_head_block_is_read_label_by_label() -> None:
    rows = [
        Row(1, ("区局工会", "", "浦东新区总工会", "", "联系人姓名", "金丝雀甲")),
        Row(2, ("联系人邮箱", "", "", "", "联系人电话：19900000001")),
        Row(3, ("单位名称：示例公司",)),
    ]
    head = read_head(rows)
    assert head == {
        "head_union": "浦东新区总工会",
        "head_contact": "金丝雀甲",
        "head_mobile": "19900000001",
        "head_operator": "示例公司",
    }
    assert head_contacts(head) == (Contact("金丝雀甲", "19900000001", role="填报联系人"),)


def test_a_person_beside_a_public_label_goes_to_the_contact() -> None:
    head = read_head([Row(1, ("单位名称", "示例公司 金丝雀甲 19900000001"))])
    assert head["head_operator"] == "示例公司"
    assert head_contacts(head) == (Contact("金丝雀甲", "19900000001", role="填报联系人"),)


def test_an_empty_head_block_has_no_contact() -> None:
    assert head_contacts(read_head([Row(1, ("联系人姓名", "", "联系人电话"))])) == ()


def test_values_may_stand_below_their_labels() -> None:
    rows = [
        Row(1, ("区局工会", "联系人姓名", "", "联系人电话")),
        Row(2, ("浦东新区总工会", "金丝雀甲", "", "19900000001")),
    ]
    assert read_head(rows) == {
        "head_union": "浦东新区总工会",
        "head_contact": "金丝雀甲",
        "head_mobile": "19900000001",
    }


def test_a_row_of_labels_above_labels_has_no_values() -> None:
    rows = [
        Row(1, ("区局工会", "联系人姓名")),
        Row(2, ("单位名称", "示例公司")),
    ]
    assert read_head(rows) == {"head_operator": "示例公司"}


def test_a_block_written_on_one_line_is_taken_apart() -> None:
    line = "区局工会：浦东新区总工会  联 系 人：金丝雀甲，联系电话：19900000001"
    assert read_head([Row(1, (line,))]) == {
        "head_union": "浦东新区总工会",
        "head_contact": "金丝雀甲",
        "head_mobile": "19900000001",
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系人：金丝雀甲", True),
        ("区局工会", True),
        ("2024 年申报汇总表", False),
        ("附件：如下", False),
        ("联系人" + "甲" * 40, False),
    ],
)
def test_a_label_is_told_from_a_title(text: str, found: bool) -> None:
    assert is_labelled(text) is found
