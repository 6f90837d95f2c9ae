import pytest

from importers.phones import Phone, beside_phones, phones


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("54182060", (Phone("54182060"),)),
        ("68472222-88104", (Phone("68472222", "88104"),)),
        ("63773621、 53062331", (Phone("63773621"), Phone("53062331"))),
        (
            "33362765(在职) 33362769(退休)",
            (Phone("33362765", audience="在职"), Phone("33362769", audience="退休")),
        ),
        ("021-62345678转801", (Phone("021-62345678", "801"),)),
        ("400-000-0000", (Phone("400-000-0000"),)),
        ("8:30-17:00 62345678", (Phone("62345678"),)),
        ("62345678（金丝雀甲）", (Phone("62345678"),)),
        ("19900000001", ()),
        ("", ()),
    ],
)
def test_landlines_with_extension_and_audience(text: str, found: tuple[Phone, ...]) -> None:
    assert phones(text) == found


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("63773621、 53062331", ""),
        ("33362765(在职) 33362769(退休)", ""),
        ("联系电话：62345678（前台）", ""),
        ("金丝雀甲 62345678", "金丝雀甲"),
        ("62345678（金丝雀甲）", "金丝雀甲"),
    ],
)
def test_what_stands_beside_the_numbers_is_told(text: str, rest: str) -> None:
    assert beside_phones(text) == rest


def test_a_phone_is_shown_with_extension_and_audience() -> None:
    assert str(Phone("68472222", "88104", "在职")) == "68472222-88104（在职）"
