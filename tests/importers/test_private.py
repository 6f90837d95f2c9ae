import pytest

from geodata.declared import Contact
from importers.private import Cut, Names, cut, names_in, without_names

CANARY = Contact(name="金丝雀甲", mobile="19900000001")
MOBILE = Contact(mobile="19900000001")


@pytest.mark.parametrize(
    ("text", "public", "contacts"),
    [
        ("示例路1号 金丝雀甲 19900000001", "示例路1号", (CANARY,)),
        ("示例路1号金丝雀甲19900000001", "示例路1号", (CANARY,)),
        ("示例路1号（金丝雀甲：19900000001）", "示例路1号", (CANARY,)),
        ("金丝雀甲（19900000001）", "", (CANARY,)),
        ("19900000001（金丝雀甲）", "", (CANARY,)),
        ("店长金丝雀甲19900000001", "", (CANARY,)),
        ("金丝雀甲先生 199-0000-0001", "", (CANARY,)),
        ("每天 9:00-17:00，找金丝雀甲 199-0000-0001", "每天 9:00-17:00", (CANARY,)),
        (
            "9楼 门卫室找金丝雀甲19900000001",
            "9楼",
            (Contact(name="门卫室找金丝雀甲", mobile="19900000001"),),
        ),
        ("199 0000 0001", "", (MOBILE,)),
        ("199.0000.0001", "", (MOBILE,)),
        ("电话199/0000/0001", "", (MOBILE,)),
        ("周一 canary-a(at)example.invalid", "周一", (Contact(email="canary-a@example.invalid"),)),
        ("1 9 9 0 0 0 0 0 0 0 1", "", (MOBILE,)),
        ("周一 canary-a[AT]example.invalid", "周一", (Contact(email="canary-a@example.invalid"),)),
        ("＋８６１９９０００００００１", "", (MOBILE,)),
        ("预约电话：19900000001（微信同号）", "预约", (MOBILE,)),
        ("饮水机，联系人：金丝雀甲", "饮水机", (Contact(name="金丝雀甲"),)),
        ("负责人金丝雀甲", "", (Contact(name="金丝雀甲"),)),
        ("周一 canary-a@example.invalid", "周一", (Contact(email="canary-a@example.invalid"),)),
        ("证件110101199001011234。", "证件 。", (Contact(),)),
    ],
)
def test_persons_are_cut_out(text: str, public: str, contacts: tuple[Contact, ...]) -> None:
    assert cut(text) == Cut(public, contacts)


@pytest.mark.parametrize(
    "text",
    [
        "龙阳路2520号轨道交通培训中心7号楼",
        "周一至周五 9.00-11.00 13.00-16.00 2楼",
        "14.30-16.30 202室",
        "121.4710123456",
        "310101002000",
        "示例-000123",
        "33362765(在职) 33362769(退休)",
        "联系人手机号码",
        "负责人签字",
        "点位联系人",
        "联系人：",
    ],
)
def test_what_is_no_person_stays(text: str) -> None:
    assert cut(text) == Cut(text)


def test_the_names_of_a_contact_cell_are_taken_out_of_the_cells_beside_it() -> None:
    names = names_in("金丝雀甲、金丝雀乙 黄浦区总工会 工会")
    assert names == ("金丝雀甲", "金丝雀乙")
    assert without_names(Cut("书架（金丝雀乙）"), names) == Cut("书架", (Contact(name="金丝雀乙"),))


def test_the_names_of_a_table_are_found_in_any_text_however_many_there_are() -> None:
    many = (f"金{chr(0x4E00 + one // 300)}{chr(0x5000 + one % 300)}" for one in range(60_000))
    names = Names([*many, "金丝雀甲、金丝雀乙", "张江"])
    assert names.found_in("找金丝雀乙和金丝雀甲") == ("金丝雀乙", "金丝雀甲")
    assert names.found_in("张江路1号 金丝雀丙") == ()
    assert names.found_in("一楼金一倀") == ("金一倀",)
    assert Names([]).found_in("金丝雀甲") == ()
