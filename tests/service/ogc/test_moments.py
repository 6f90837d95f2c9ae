"""The datetime parameter."""

import re
from datetime import UTC, datetime

import pytest

from geodata.errors import ParameterError
from service.ogc.moments import BACKWARDS, FIRST, LAST, PATTERN, span


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


FIRST_OF_JUNE = utc("2024-05-31T16:00:00")
MEANT = {
    "2024-06-01T00:00:00Z": (utc("2024-06-01T00:00:00"),) * 2,
    "2024-06-01": (FIRST_OF_JUNE, FIRST_OF_JUNE + 86_399),
    "2024-06-01T00:00:00Z/2024-06-30T00:00:00Z": (
        utc("2024-06-01T00:00:00"),
        utc("2024-06-30T00:00:00"),
    ),
    "../2024-06-30T00:00:00Z": (FIRST, utc("2024-06-30T00:00:00")),
    "/2024-06-30T00:00:00Z": (FIRST, utc("2024-06-30T00:00:00")),
    "2024-06-01T00:00:00Z/..": (utc("2024-06-01T00:00:00"), LAST),
    "2024-06-01T00:00:00Z/": (utc("2024-06-01T00:00:00"), LAST),
    "2024-06-01/2024-06-03": (FIRST_OF_JUNE, FIRST_OF_JUNE + 3 * 86_400 - 1),
    "2024-06-01/P2D": (FIRST_OF_JUNE, FIRST_OF_JUNE + 2 * 86_400),
    "P2D/2024-06-01T00:00:00Z": (utc("2024-05-30T00:00:00"), utc("2024-06-01T00:00:00")),
    "2024-01-31T00:00:00Z/P1M": (utc("2024-01-31T00:00:00"), utc("2024-02-29T00:00:00")),
    "2024-06-01T00:00:00Z/P999Y": (utc("2024-06-01T00:00:00"), utc("3023-06-01T00:00:00")),
    "2024-03-01/P1M": (utc("2024-02-29T16:00:00"), utc("2024-03-31T16:00:00")),
    "P1M/2024-03-31": (utc("2024-02-29T15:59:59"), utc("2024-03-31T15:59:59")),
    "2024-06-01T08:00:00+08:00": (utc("2024-06-01T00:00:00"),) * 2,
}
REFUSED = (
    "",
    "yesterday",
    "/",
    "../..",
    "P1D",
    "2024-06-01/P",
    "2023-02-29",
    "2024-13-01T00:00:00Z",
    "2024-06-01T00:00:00",
    "2024-06-01/2024-06-02/2024-06-03",
    "20240601",
    "2025-01-01T00:00:00Z/2024-01-01T00:00:00Z",
)


@pytest.mark.parametrize("text", MEANT)
def test_what_a_moment_means(text: str) -> None:
    assert span(text) == MEANT[text]


@pytest.mark.parametrize("text", MEANT)
def test_the_declared_pattern_takes_what_the_parser_takes(text: str) -> None:
    assert (bool(re.search(PATTERN, text)), bool(re.search(BACKWARDS, text))) == (True, False)


@pytest.mark.parametrize("text", REFUSED)
def test_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ParameterError):
        span(text)


@pytest.mark.parametrize("text", REFUSED)
def test_the_declared_pattern_takes_none_of_these(text: str) -> None:
    assert not re.search(PATTERN, text) or bool(re.search(BACKWARDS, text))


def test_beyond_the_calendar_an_interval_is_open() -> None:
    assert span("2024-06-01T00:00:00Z/P9999Y") == (utc("2024-06-01T00:00:00"), LAST)
    assert span("P9999Y/2024-06-01T00:00:00Z") == (FIRST, utc("2024-06-01T00:00:00"))


def test_the_first_and_last_days_of_the_calendar_are_days_like_others() -> None:
    first = span("0001-01-01")[0]
    assert span("0001-01-01/P1D") == (first, first + 86_400)
    assert span("9999-12-31/P1D") == (utc("9999-12-30T16:00:00"), LAST)


def test_a_leap_second_is_the_one_before_it() -> None:
    assert span("2016-12-31T23:59:60Z") == (utc("2016-12-31T23:59:59"),) * 2
    with pytest.raises(ParameterError):
        span("2016-12-31T23:58:60Z")
