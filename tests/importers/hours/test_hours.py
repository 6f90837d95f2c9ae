"""Opening hours in Chinese and English, judged by hand in hours.csv.

Its notation: weekdays by number (1 is Monday) with their times, * all day, ? unknown, ~ perhaps,
days left out are closed; in brackets what changes the week; `holidays` are as any day.
"""

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from geodata.hours import ALL_DAY, ANY_TIME, CLOSED_DAY, EVERY_DAY, Change, Day, Hours, Span
from importers.hours.read import read_hours, split_services_hours

with (Path(__file__).parent / "hours.csv").open(encoding="utf-8") as _lines:
    JUDGED = [(row["text"], row["hours"]) for row in csv.DictReader(_lines)]


@pytest.mark.parametrize(("text", "hours"), JUDGED)
def test_hours_are_read_as_judged_by_hand(text: str, hours: str) -> None:
    assert notation(read_hours(text)) == hours


def test_the_judged_texts_are_many_and_each_stands_once() -> None:
    texts = [text for text, _ in JUDGED]
    assert len(texts) == len(set(texts)) >= 120


@pytest.mark.parametrize("text", ["", " \n", "/", "-", "待定", "不详", "暂无"])
def test_a_text_that_says_nothing_gives_no_hours(text: str) -> None:
    assert read_hours(text) is None


def test_what_makes_hours_unsure_is_kept_as_a_note() -> None:
    hours = read_hours("周一至周五 9:00-17:00（需提前预约）")
    assert hours is not None
    assert (hours.sure, hours.note) == (False, "需提前预约")


@pytest.mark.parametrize(
    "piece",
    [
        "周一、",
        "9:00-",
        "(",
        "）",
        "每月第一",
        "上午",
        "0",
        "除",
        "预约",
        "- ",
        "周",
        "\n",
        "休息",
        "7*",
    ],
)
@pytest.mark.parametrize("times", [20, 60_000])
def test_a_text_of_any_length_is_given_up_or_read_at_once(piece: str, times: int) -> None:
    assert notation(read_hours(piece * times)) in {"None", "1 ?", "12345 ~8:00-12:00; 67 ?"}


def notation(hours: Hours | None) -> str:
    """Hours in the notation of hours.csv."""
    if hours is None:
        return "None"
    days = {day: [n for n in EVERY_DAY if hours.week[n] == day] for day in hours.week if day}
    week = [f"{numbers(which)} {times(day)}" for day, which in days.items()]
    holidays = ["holidays"] if hours.on_holidays else []
    changes = [changed(change) for change in hours.changes]
    return "; ".join([*week, *holidays, *changes, *([] if hours.sure else ["unsure"])])


def numbers(weekdays: Iterable[int]) -> str:
    return "".join(str(day + 1) for day in weekdays)


def times(day: Day) -> str:
    named = {ALL_DAY: "*", ANY_TIME: "?", CLOSED_DAY: "-"}
    return named.get(day) or ",".join(map(clock, day))


def clock(span: Span) -> str:
    (start, past), (end, end_past) = divmod(span.start, 60), divmod(span.end, 60)
    return f"{'' if span.sure else '~'}{start}:{past:02}-{end}:{end_past:02}"


def changed(change: Change) -> str:
    when = (
        change.on or change.season,
        f"{change.first}..{change.last}" if change.first else "",
        ",".join(map(str, change.nth)),
        str(change.cycle or ""),
        "" if change.weekdays == EVERY_DAY else numbers(change.weekdays),
    )
    return f"[{' '.join(filter(None, when))}] {times(change.day)}"


@pytest.mark.parametrize(
    ("text", "split"),
    [
        (
            "健康咨询、体检报告解读，每周二 9:00-11:30",
            (("健康咨询", "体检报告解读"), "每周二 9:00-11:30"),
        ),
        ("每周一、周四 12:00-13:30；中医保健", (("中医保健",), "每周一、周四 12:00-13:30")),
        ("服务内容：健康咨询\n服务时间：周三下午", (("健康咨询",), "服务时间：周三下午")),
        ("周一至周五 9:00-17:00", ((), "周一至周五 9:00-17:00")),
        ("健康咨询、健康讲座", (("健康咨询", "健康讲座"), "")),
        ("每周二上午中医咨询", None),
        ("每月1次访视，健康讲座", None),
    ],
)
def test_services_and_hours_in_one_cell(
    text: str, split: tuple[tuple[str, ...], str] | None
) -> None:
    assert split_services_hours(text) == split
