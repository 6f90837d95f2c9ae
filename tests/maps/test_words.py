"""The words of the screens: what is filled in, and numbers and dates as a reader writes them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from geodata.kinds import Kind, Status
from maps import words
from maps.words import CHINESE, ENGLISH, words_in


def test_registries_speak_both_languages() -> None:
    assert CHINESE.kind(Kind.REST_ROOM) == "职工工间休息室"
    assert ENGLISH.kind_short("rest_room") == "Rest room"
    assert (CHINESE.status(Status.RECTIFYING), ENGLISH.status("plaqued")) == (
        "整改中",
        "In service",
    )
    assert ENGLISH.both("只有中文", "") == "只有中文"


def test_values_are_filled_in() -> None:
    assert CHINESE("near_station", name="人民广场") == "人民广场站附近"
    assert ENGLISH("near_station", name="人民广场") == "Near 人民广场 station"


def test_made_up_languages_are_not_kept() -> None:
    before = words._words.cache_info().currsize
    assert {words.words_in(f"xx{n}") for n in range(100)} == {CHINESE}
    assert words._words.cache_info().currsize == before


def test_a_key_there_is_no_sentence_of_is_refused() -> None:
    with pytest.raises(KeyError):
        CHINESE("nothing_of_the_kind")
    # A counted sentence needs its count.
    with pytest.raises(KeyError):
        CHINESE("found", count=3)


@pytest.mark.parametrize(
    ("count", "chinese", "english"),
    [
        (0, "0 处站点", "0 places"),
        (1, "1 处站点", "1 place"),
        (2, "2 处站点", "2 places"),
        (12345, "12,345 处站点", "12,345 places"),
    ],
)
def test_what_is_counted_agrees_with_its_number(count: int, chinese: str, english: str) -> None:
    assert (CHINESE.n("found", count), ENGLISH.n("found", count)) == (chinese, english)


def test_a_fraction_is_never_one() -> None:
    said = [ENGLISH.n("why_half_days", count) for count in (0.5, 1.0, 1.5)]
    assert said == ["0.5 half-days a week", "1 half-day a week", "1.5 half-days a week"]


def test_numbers_and_dates_are_written_as_their_readers_do() -> None:
    assert (CHINESE.number(1234567), ENGLISH.number(0.25)) == ("1,234,567", "0.25")
    assert (CHINESE.decimal(1234.5, 2), ENGLISH.decimal(2.0, 0)) == ("1,234.50", "2")
    assert (CHINESE.percent(0.8266, 1), ENGLISH.percent(0.5)) == ("82.7%", "50%")
    day = date(2026, 3, 9)
    assert (CHINESE.date(day), ENGLISH.date(day)) == ("2026年3月9日", "March 9, 2026")


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 3, 9, 17, 5),  # noqa: DTZ001  (as the store keeps it)
        datetime(2026, 3, 9, 17, 5, tzinfo=UTC),
        datetime(2026, 3, 10, 1, 5, tzinfo=timezone(timedelta(hours=8))),
    ],
)
def test_a_moment_is_told_by_the_clock_of_shanghai(at: datetime) -> None:
    assert CHINESE.moment(at) == "2026年3月10日 01:05"
    assert ENGLISH.moment(at) == "March 10, 2026 01:05"


def test_scripts_get_their_own_sentences_and_the_forms_of_counted_ones() -> None:
    chinese, english = CHINESE.for_scripts(), ENGLISH.for_scripts()
    assert (chinese["zoom_in"], english["close"]) == ("放大", "Close")
    assert (chinese["kind_rest_room"], english["status_plaqued"]) == ("工间休息室", "In service")
    assert chinese["found"] == {"other": "附近 {count} 处站点"}
    assert english["found"] == {"one": "{count} place nearby", "other": "{count} places nearby"}


def test_a_language_nobody_wrote_is_chinese() -> None:
    assert [words_in(code) for code in ("zh", "en", "xx", "", "..")] == [
        *(CHINESE, ENGLISH, CHINESE, CHINESE, CHINESE)
    ]


def test_districts_are_named_as_the_city_names_them_and_others_as_they_are_written() -> None:
    names = ("静安区", "浦东新区", "崇明区", "火星区", "")
    assert [ENGLISH.district(name) for name in names] == [
        *("Jing'an", "Pudong New Area", "Chongming"),
        *("火星区", ""),
    ]
    assert [CHINESE.district(name) for name in names] == list(names)


def test_names_one_after_another_say_districts_in_their_language() -> None:
    names = ["黄浦区", "建筑工会"]
    assert (CHINESE.listed(names), ENGLISH.listed(names)) == (
        "黄浦区、建筑工会",
        "Huangpu, 建筑工会",
    )


def test_scripts_get_the_districts_where_a_page_does_not_say_them_as_the_data_do() -> None:
    in_english = ENGLISH.for_scripts("map")
    assert in_english["district_长宁区"] == "Changning"
    assert len([key for key in in_english if key.startswith("district_")]) == 16
    assert [key for key in CHINESE.for_scripts("map") if key.startswith("district_")] == []
