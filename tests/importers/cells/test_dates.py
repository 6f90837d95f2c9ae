"""When something is due, as offices write it."""

from datetime import date

import pytest

from importers.cells.dates import Due, due

MARCH = (date(2024, 3, 1), date(2024, 3, 31))
Q3 = (date(2024, 7, 1), date(2024, 9, 30))
UNKNOWN = (None, None)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2024年3月", MARCH),
        ("2024年3月份", MARCH),
        ("2024.03", MARCH),
        ("2024.3", MARCH),
        ("2024-03", MARCH),
        ("2024/3", MARCH),
        ("202403", MARCH),
        ("２０２４年３月", MARCH),
        ("2024年 3月\n", MARCH),
        ("预计2024年3月完成", MARCH),
        ("2024年3月前", MARCH),
        ("2024年3月左右", MARCH),
        ("2024年3月（暂定）", MARCH),
        ("2024年3月底", (date(2024, 3, 21), date(2024, 3, 31))),
        ("2024年2月底前", (date(2024, 2, 21), date(2024, 2, 29))),
        ("2023.09", (date(2023, 9, 1), date(2023, 9, 30))),
        ("2024年3月上旬", (date(2024, 3, 1), date(2024, 3, 10))),
        ("2024年3月中旬", (date(2024, 3, 11), date(2024, 3, 20))),
        ("2024年9月30日前", (date(2024, 9, 30), date(2024, 9, 30))),
        ("2024-03-31", (date(2024, 3, 31), date(2024, 3, 31))),
        ("2024-03-31 00:00:00", (date(2024, 3, 31), date(2024, 3, 31))),
        ("2024/5/1", (date(2024, 5, 1), date(2024, 5, 1))),
        ("20240930", (date(2024, 9, 30), date(2024, 9, 30))),
        ("2024Q3", Q3),
        ("2024年Q3", Q3),
        ("2024年三季度", Q3),
        ("2024年第三季度", Q3),
        ("2024年3季度末", Q3),
        ("2024年上半年", (date(2024, 1, 1), date(2024, 6, 30))),
        ("2024年下半年", (date(2024, 7, 1), date(2024, 12, 31))),
        ("2024年底", (date(2024, 12, 1), date(2024, 12, 31))),
        ("2024年内", (date(2024, 1, 1), date(2024, 12, 31))),
        ("2024年度", (date(2024, 1, 1), date(2024, 12, 31))),
        ("2024", (date(2024, 1, 1), date(2024, 12, 31))),
        ("2024年6月-8月", (date(2024, 6, 1), date(2024, 8, 31))),
        ("2024年6月至2025年1月", (date(2024, 6, 1), date(2025, 1, 31))),
        ("2024年6月1日—2024年6月30日", (date(2024, 6, 1), date(2024, 6, 30))),
        ("2024年8月至6月", UNKNOWN),
        ("已完成", UNKNOWN),
        ("尽快", UNKNOWN),
        ("待定", UNKNOWN),
        ("Q3", UNKNOWN),
        ("3月底", UNKNOWN),
        ("2024年13月", UNKNOWN),
        ("2024年2月30日", UNKNOWN),
        ("2024年0月", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_a_due_date_has_the_first_and_last_day_it_can_mean(
    text: str, span: tuple[date | None, date | None]
) -> None:
    assert due(text) == Due(" ".join(text.split()), *span)


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("Q3", date(2024, 9, 30)),
        ("三季度", date(2024, 9, 30)),
        ("3月底", date(2024, 3, 31)),
        ("9月30日前", date(2024, 9, 30)),
        ("6月-8月", date(2024, 8, 31)),
        ("年底", date(2024, 12, 31)),
        ("上半年", date(2024, 6, 30)),
        ("2025年3月", date(2025, 3, 31)),
        ("已完成", None),
        ("", None),
    ],
)
def test_a_date_without_its_year_is_of_the_year_of_the_form(text: str, latest: date | None) -> None:
    assert due(text, year=2024).latest == latest


@pytest.mark.parametrize("piece", ["2024年", "(", "0", "前", "约", "-", "至", "(完成)"])
def test_a_text_of_any_length_is_no_date(piece: str) -> None:
    assert due(piece * 50_000).latest is None
