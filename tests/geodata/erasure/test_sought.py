"""A person in a text, however his number is written."""

import pytest

from geodata.erasure.sought import GONE, Identity, plain
from geodata.errors import ParameterError

WHO = Identity.of(["张三丰", "199 0000-4242", "Zhang.San@Example.invalid"]).sought


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("电话19900004242转", f"电话{GONE}转"),
        ("199-0000-4242", GONE),
        ("1990 0004 242", GONE),
        ("１９９００００４２４２", GONE),
        ("+86 199 0000 4242，请致电", f"{GONE}，请致电"),
        ("8619900004242", GONE),
        ("199\n0000\n4242", GONE),
        ("8:00-20:00 19900004242", f"8:00-20:00 {GONE}"),
        ("zhang.san@example.INVALID", GONE),
        ("zhang.san＠example.invalid", GONE),
        ("zhang.san(at)example.invalid", GONE),
        ("找张三丰或19900004242", f"找{GONE}或{GONE}"),
        ("19900004243", "19900004243"),
        ("9119900004242", f"91{GONE}"),
        ("人民大道200号", "人民大道200号"),
    ],
)
def test_he_is_cut_out_and_nothing_else(text: str, left: str) -> None:
    assert WHO.cut(text) == left


def test_values_of_json_are_cleaned_at_any_depth() -> None:
    held = {"电话": ["19900004242", 19900004242, 3.5, None, True], "19900004242": {"x": "空"}}
    assert WHO.clean(held) == {"电话": [GONE, GONE, 3.5, None, True], GONE: {"x": "空"}}


@pytest.mark.parametrize(
    ("contact", "is_he"),
    [
        (("别人", "199-0000-4242", "", ""), True),
        (("别人", "手机 19900004242 微信同号", "", ""), True),
        (("", "", "ZHANG.SAN@example.invalid", ""), True),
        (("张三丰", "", "", "站长"), True),
        (("张三丰", "18800001111", "", ""), False),
        (("李四", "", "", ""), False),
    ],
)
def test_a_contact_is_he_by_number_or_by_a_bare_name(
    contact: tuple[str, str, str, str], is_he: bool
) -> None:
    assert WHO.is_person(*contact) is is_he


def test_a_short_name_is_cut_from_no_text() -> None:
    who = Identity.of(["张江", "19900004242"]).sought
    assert who.cut("张江高科技园区") == "张江高科技园区"


@pytest.mark.parametrize(
    "words", [[], ["张三丰"], ["张三丰", "李四", "19900004242"], ["123"], ["a@b"], ["x19900004242"]]
)
def test_what_finds_too_many_or_nobody_is_refused(words: list[str]) -> None:
    with pytest.raises(ParameterError):
        Identity.of(words)


def test_numbers_are_compared_in_one_form() -> None:
    assert [plain(one) for one in ("+86 199-0000-4242", "008619900004242", "021-5555 0000")] == [
        "19900004242",
        "19900004242",
        "02155550000",
    ]
