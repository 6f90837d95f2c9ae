from geodata.declared import Contact
from importers.head import head_contacts, read_head
from importers.sheet import Row


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
