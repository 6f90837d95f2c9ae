"""Rows and the net: asked in batches, in order, and on the next day where one is spent."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bench.loopback import LOOPBACK, Asked, Loopback, Reply, loopback
from bench.loopback_amap import amap, sends
from geodata.model import Level, Position
from geodata.place.district import load_districts
from geodata.place.gazetteer import Gazetteer
from geodata.place.locate import Locator
from geodata.place.online.amap import AMap
from geodata.place.online.baidu import Baidu
from geodata.place.online.book import Book
from geodata.place.online.clock import Clock
from geodata.place.online.provider import Limits, Online
from geodata.store import Store
from service.address_list import Entry
from service.geocode_batch import Batch

LOCATOR = Locator(Gazetteer(()), load_districts(), {})
FAST = Limits(per_second=100_000.0)


class Time:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback(amap) as running:
        yield running


@pytest.fixture
def book(store: Store) -> Book:
    time = Time()
    return Book(store.engine, Clock(time.now, time.sleep))


def entries(count: int) -> list[Entry]:
    return [Entry(n, (), f"示例路{n % 300 + 1}号", "") for n in range(count)]


def never(_: Online, until: datetime) -> None:
    raise AssertionError(until)


def first(server: Loopback, book: Book, limits: Limits = FAST) -> Online:
    return Online(AMap("k", url=server.url, city="310000", hosts=LOOPBACK), book, limits=limits)


def test_rows_come_back_in_order_and_are_asked_ten_at_a_time(server: Loopback, book: Book) -> None:
    rows = entries(450)
    batch = Batch(LOCATOR, [first(server, book)], never)
    found = list(batch.locate(iter(rows)))
    assert [entry for entry, _ in found] == rows
    assert {placed.outcome.level for _, placed in found} == {Level.NUMBER}
    assert found[0][1].outcome == found[300][1].outcome
    assert (len(server.asked), set(sends(server).values())) == (30, {1})


def test_no_more_is_read_than_is_worked_on(server: Loopback, book: Book) -> None:
    rows = iter(entries(1000))
    next(Batch(LOCATOR, [first(server, book)], never).locate(rows))
    assert next(rows).number == 200


def test_a_spent_day_is_waited_out_and_the_result_is_the_same(server: Loopback, book: Book) -> None:
    days: list[str] = []

    def wait(geocoder: Online, until: datetime) -> None:
        days.append(f"{geocoder.name} {until:%m-%d %H:%M}")
        book.clock.sleep_until(until)

    geocoder = first(server, book, Limits(100_000.0, daily=90))
    slow = [placed.outcome for _, placed in Batch(LOCATOR, [geocoder], wait).locate(entries(200))]
    assert days == ["amap 11-22 00:00", "amap 11-23 00:00"]
    quick = Batch(LOCATOR, [first(server, book)], never).locate(entries(200))
    assert slow == [placed.outcome for _, placed in quick]
    assert set(sends(server).values()) == {1}


def test_the_second_is_asked_for_the_same_sample_whenever_it_is_run(
    server: Loopback, book: Book, store: Store
) -> None:
    def knows_nothing(asked: Asked) -> Reply:
        one = {"status": 1, "msg": "无相关结果"}
        if asked.body is None:
            return Reply(one)
        return Reply({"status": 0, "batch_result": [one] * len(asked.body["reqs"])})

    samples = []
    for grammar in (1, 2):
        with loopback(knows_nothing) as other:
            fresh = Book(store.engine, book.clock, grammar)
            second = Online(Baidu("k", url=other.url, hosts=LOOPBACK), fresh, limits=FAST)
            batch = Batch(LOCATOR, [first(server, fresh), second], never)
            assert all(isinstance(p.outcome, Position) for _, p in batch.locate(entries(300)))
            samples.append(second.tally.sends)
    assert samples[0] == samples[1]
    assert 3 <= samples[0] <= 30
