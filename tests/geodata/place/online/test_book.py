"""The cache and the ledger, the same on SQLite and on PostGIS."""

from collections.abc import Callable
from typing import Protocol

import pytest
from sqlalchemy import select

from geodata.model import Datum, Level, Position
from geodata.place.candidate import Candidate
from geodata.place.online.book import Book, key_hash
from geodata.tables import GeocodeSend

MakeBook = Callable[..., Book]
KEY = "虹口区|road=飞虹路|number=528"
DOOR = Candidate(
    Position(121.4978, 31.2674, Level.NUMBER, 90.0, "高德地图", Datum.GCJ02),
    "amap",
    road="飞虹路",
    district="虹口区",
    matched="飞虹路528号",
)


class Moves(Protocol):
    def pass_by(self, **much: float) -> None: ...


def remember(book: Book, *candidates: Candidate, provider: str = "amap") -> None:
    (send,) = book.sending(provider, [KEY])
    book.answered(provider, {KEY: send}, {KEY: candidates})


def ledger(book: Book) -> list[tuple[str, str, str, str]]:
    with book.engine.connect() as connection:
        rows = connection.execute(select(GeocodeSend).order_by(GeocodeSend.id)).all()
    return [(row.provider, row.day, row.key_hash, row.outcome) for row in rows]


def test_an_answer_comes_back_as_it_was(any_book: MakeBook) -> None:
    book = any_book()
    remember(book, DOOR)
    assert book.known("amap", [KEY, "another"]) == {KEY: (DOOR,)}
    assert book.known("baidu", [KEY]) == {}


def test_what_was_found_holds_for_180_days_and_nothing_for_seven(
    any_book: MakeBook, time: Moves
) -> None:
    book = any_book()
    remember(book, DOOR)
    remember(book, provider="baidu")
    time.pass_by(days=6, hours=23)
    assert [book.known(name, [KEY]) for name in ("amap", "baidu")] == [{KEY: (DOOR,)}, {KEY: ()}]
    time.pass_by(hours=1)
    assert [book.known(name, [KEY]) for name in ("amap", "baidu")] == [{KEY: (DOOR,)}, {}]
    time.pass_by(days=172, hours=23)
    assert book.known("amap", [KEY]) == {KEY: (DOOR,)}
    time.pass_by(hours=1)
    assert book.known("amap", [KEY]) == {}


def test_another_grammar_asks_anew_and_overwrites(any_book: MakeBook) -> None:
    old, new = any_book(grammar=1), any_book(grammar=2)
    remember(old, DOOR)
    assert new.known("amap", [KEY]) == {}
    remember(new)
    assert (old.known("amap", [KEY]), new.known("amap", [KEY])) == ({}, {KEY: ()})


def test_a_send_is_counted_before_anything_comes_back(any_book: MakeBook) -> None:
    book = any_book()
    sends = book.sending("amap", [KEY, "another"])
    assert book.sent_today("amap") == 2
    assert ledger(book) == [
        ("amap", "2026-11-21", key_hash(KEY), "sent"),
        ("amap", "2026-11-21", key_hash("another"), "sent"),
    ]
    book.answered("amap", {KEY: sends[0]}, {KEY: (DOOR,)})
    book.failed(sends[1:], "timeout")
    assert [row[3] for row in ledger(book)] == ["found", "timeout"]


def test_an_error_is_no_answer(any_book: MakeBook) -> None:
    book = any_book()
    book.failed(book.sending("amap", [KEY]), "unavailable")
    assert book.known("amap", [KEY]) == {}
    assert book.sent_today("amap") == 1


def test_the_day_ends_at_midnight_in_shanghai(any_book: MakeBook, time: Moves) -> None:
    book = any_book()
    book.failed(book.sending("amap", [KEY]), "daily_quota")
    time.pass_by(hours=11, minutes=59)
    assert (book.sent_today("amap"), book.quota_spent("amap")) == (1, True)
    assert (book.sent_today("baidu"), book.quota_spent("baidu")) == (0, False)
    time.pass_by(minutes=1)
    assert (book.sent_today("amap"), book.quota_spent("amap")) == (0, False)


def test_the_ledger_holds_no_address(any_book: MakeBook) -> None:
    book = any_book()
    book.sending("amap", [KEY])
    assert "飞虹路" not in repr(ledger(book))
    assert len(key_hash(KEY)) == 64


@pytest.mark.parametrize("count", [0, 1, 700])
def test_many_keys_are_looked_up_at_once(any_book: MakeBook, count: int) -> None:
    book = any_book()
    keys = [f"key {n}" for n in range(count)]
    sends = dict(zip(keys, book.sending("amap", keys), strict=True))
    book.answered("amap", sends, dict.fromkeys(keys, (DOOR,)))
    assert book.known("amap", keys) == dict.fromkeys(keys, (DOOR,))
