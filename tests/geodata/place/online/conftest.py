"""A geocoder on loopback, a question, a clock that only the tests move."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bench.loopback import Loopback, Reply, loopback
from geodata.place.address import parse
from geodata.place.online.book import Book
from geodata.place.online.clock import Clock
from geodata.place.online.query import Query, query
from geodata.store import Store


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Gives what its script holds; nothing is known beyond it."""
    with loopback(lambda _: Reply({}, status=500)) as running:
        yield running


def asked(text: str, district: str = "") -> Query:
    found = query(parse(text), district)
    assert found is not None
    return found


@pytest.fixture
def question() -> Callable[..., Query]:
    return asked


class Time:
    """Noon in Shanghai until a test or a sleep moves it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.pass_by(seconds=seconds)

    def pass_by(self, **much: float) -> None:
        self.at += timedelta(**much)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def book(store: Store, time: Time) -> Book:
    return Book(store.engine, Clock(time.now, time.sleep))


@pytest.fixture
def any_book(any_store: Store, time: Time) -> Callable[..., Book]:
    """The book on either database; a test may ask for another grammar."""
    return partial(Book, any_store.engine, Clock(time.now, time.sleep))
