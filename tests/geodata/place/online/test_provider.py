"""What stands between those who ask and a service that costs."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import pytest
from sqlalchemy import select

from bench.loopback import LOOPBACK, Loopback, Reply
from geodata.model import Datum, Level, Position
from geodata.place.address import parse
from geodata.place.candidate import Candidate
from geodata.place.datum import convert
from geodata.place.online.amap import AMap
from geodata.place.online.baidu import Baidu
from geodata.place.online.book import Book
from geodata.place.online.provider import Limits, Online
from geodata.place.online.query import Query
from geodata.tables import GeocodeSend

Asks = Callable[..., Query]
NOTHING = Reply({"status": "0", "infocode": "30001"})
RATE = Reply({"status": "0", "infocode": "10020"})
SPENT = Reply({"status": "0", "infocode": "10044"})
KEY = Reply({"status": "0", "infocode": "10001"})
BAD = Reply({"status": "0", "infocode": "20000"})
BROKEN = Reply(b"<html>")


class Moves(Protocol):
    slept: list[float]

    def pass_by(self, **much: float) -> None: ...


def found(*pairs: str, number: str = "528号") -> Reply:
    geocodes = [
        {"location": pair, "level": "门牌号", "street": "飞虹路", "number": number}
        for pair in pairs
    ]
    return Reply({"status": "1", "infocode": "10000", "geocodes": geocodes})


PAIR = "121.502345,31.265432"
HERE = found(PAIR)


@pytest.fixture
def amap(server: Loopback, book: Book) -> Online:
    service = AMap("k", url=server.url, city="310000", hosts=LOOPBACK)
    return Online(service, book, limits=Limits(per_second=1000.0))


def outcomes(book: Book) -> list[str]:
    with book.engine.connect() as connection:
        return list(connection.scalars(select(GeocodeSend.outcome).order_by(GeocodeSend.id)))


def test_a_candidate_is_in_wgs84_and_says_what_it_was(amap: Online, server: Loopback) -> None:
    server.script = [HERE]
    lon, lat = convert(121.502345, 31.265432, source=Datum.GCJ02, target=Datum.WGS84)
    here = Position(
        round(float(lon), 7), round(float(lat), 7), Level.NUMBER, 90.0, "高德地图", Datum.GCJ02
    )
    assert amap.candidates(parse("飞虹路528号"), district="虹口区") == (
        Candidate(here, "amap", road="飞虹路"),
    )
    assert (amap.name, amap.datum) == ("amap", Datum.GCJ02)


def test_another_doors_number_makes_it_a_guess_along_the_road(
    amap: Online, server: Loopback
) -> None:
    server.script = [found(PAIR, number="530号")]
    (only,) = amap.candidates(parse("飞虹路528号"), district="")
    assert (only.position.level, only.position.error_m) == (Level.INTERPOLATED, 300.0)


def test_what_is_known_is_not_sent_again(amap: Online, server: Loopback, question: Asks) -> None:
    server.script = [HERE]
    first = amap.ask([question("飞虹路528号3楼"), question("飞虹路528号5楼")])
    again = amap.ask([question("飞虹路528号")])
    assert (first, len(server.asked)) == (again, 1)
    assert (amap.tally.sends, amap.tally.cached) == (1, 1)


def test_nothing_found_is_remembered_too(
    amap: Online, server: Loopback, book: Book, question: Asks
) -> None:
    server.script = [NOTHING]
    one = question("飞虹路528号")
    assert [amap.ask([one]), amap.ask([one])] == [{one.key: ()}] * 2
    assert outcomes(book) == ["nothing"]


def test_what_names_no_place_is_not_sent(amap: Online, server: Loopback) -> None:
    assert amap.candidates(parse("3楼"), district="虹口区") == ()
    assert server.asked == []


def test_a_rate_limit_is_waited_for_three_times(
    amap: Online, server: Loopback, book: Book, time: Moves, question: Asks
) -> None:
    server.script = [RATE, RATE, RATE, HERE]
    assert len(amap.ask([question("飞虹路528号")])) == 1
    assert [wait for wait in time.slept if wait >= 1] == [1.0, 2.0, 4.0]
    assert outcomes(book) == ["rate", "rate", "rate", "found"]


def test_after_the_third_wait_the_address_is_left(
    amap: Online, server: Loopback, book: Book, question: Asks
) -> None:
    server.script = [RATE] * 5
    assert amap.ask([question("飞虹路528号")]) == {}
    assert outcomes(book) == ["rate"] * 4
    assert amap.stopped == ""


def test_a_time_to_wait_is_kept_to(
    amap: Online, server: Loopback, time: Moves, question: Asks
) -> None:
    server.script = [Reply(b"", status=429, headers={"Retry-After": "17"}), HERE]
    assert len(amap.ask([question("飞虹路528号")])) == 1
    assert [wait for wait in time.slept if wait >= 1] == [17.0]


def test_a_rest_longer_than_a_run_ends_it_for_the_provider(
    amap: Online, server: Loopback, time: Moves, question: Asks
) -> None:
    server.script = [Reply(b"", status=429, headers={"Retry-After": "3600"})]
    assert amap.ask([question("飞虹路528号")]) == {}
    assert (amap.stopped, time.slept) == ("要求等 3,600 秒再问", [])


def test_a_fault_is_tried_twice_more(
    amap: Online, server: Loopback, book: Book, question: Asks
) -> None:
    server.script = [BROKEN, Reply(b"", status=502), HERE]
    assert len(amap.ask([question("飞虹路528号")])) == 1
    server.script = [BROKEN] * 4
    assert amap.ask([question("飞虹路530号")]) == {}
    assert outcomes(book) == ["unreadable", "unavailable", "found", *["unreadable"] * 3]


def test_three_batches_without_an_answer_end_the_run_for_the_provider(
    amap: Online, server: Loopback, question: Asks
) -> None:
    answers = [amap.ask([question(f"飞虹路{n}号")]) for n in range(1, 6)]
    assert answers == [{}] * 5
    assert len(server.asked) == 9
    assert amap.stopped == "连着 3 次没有答复（HTTP 500）"


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (KEY, "密钥被拒绝，请检查设置里的密钥和它的权限（code 10001）"),
        (BAD, "请求被拒绝，请检查这个地址：“上海市飞虹路528号”（code 20000）"),
    ],
)
def test_a_refusal_stops_the_provider_at_once(
    amap: Online, server: Loopback, question: Asks, refusal: Reply, said: str
) -> None:
    server.script = [refusal]
    assert amap.ask([question("飞虹路528号")]) == {}
    assert amap.ask([question("飞虹路530号")]) == {}
    assert (amap.stopped, len(server.asked)) == (said, 1)


def test_one_refused_address_of_a_batch_is_found_and_named(
    amap: Online, server: Loopback, book: Book, question: Asks
) -> None:
    server.script = [BAD, HERE, BAD]
    three = [question(f"飞虹路{n}号") for n in (528, 530, 532)]
    assert [len(answer) for answer in amap.ask(three).values()] == [1]
    assert amap.stopped == "请求被拒绝，请检查这个地址：“上海市飞虹路530号”（code 20000）"
    assert outcomes(book) == [*["query"] * 3, "found", "query"]


def test_a_spent_day_opens_the_circuit_until_midnight_in_shanghai(
    amap: Online, server: Loopback, book: Book, time: Moves, question: Asks
) -> None:
    server.script = [SPENT]
    one = question("飞虹路528号")
    assert (amap.ask([one]), amap.ask([one]), len(server.asked)) == ({}, {}, 1)
    assert (amap.remaining(), amap.stopped) == (0, "")
    assert amap.resumes_at() == datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
    # Another run over the same ledger knows it without asking.
    second = Online(AMap("k", url=server.url, city="310000", hosts=LOOPBACK), book)
    assert (second.ask([one]), len(server.asked)) == ({}, 1)
    time.pass_by(hours=12)
    server.script = [HERE]
    assert len(second.ask([one])) == 1
    assert (second.remaining(), second.resumes_at()) == (None, None)


def test_our_own_daily_limit_counts_every_send(
    server: Loopback, book: Book, question: Asks
) -> None:
    service = AMap("k", url=server.url, city="310000", hosts=LOOPBACK)
    amap = Online(service, book, limits=Limits(per_second=1000.0, daily=3))
    server.script = [BROKEN, found(PAIR, PAIR), HERE]
    assert amap.remaining() == 3
    answers = amap.ask([question("飞虹路528号")]) | amap.ask([question("飞虹路530号")])
    assert (len(answers), amap.remaining()) == (2, 0)
    assert amap.ask([question("飞虹路532号")]) == {}
    assert len(server.asked) == 3


def test_a_batch_is_no_larger_than_what_is_left_of_the_day(
    server: Loopback, book: Book, question: Asks
) -> None:
    service = AMap("k", url=server.url, city="310000", hosts=LOOPBACK)
    amap = Online(service, book, limits=Limits(per_second=1000.0, daily=12))
    server.script = [found(*[PAIR] * 10), found(PAIR, PAIR)]
    answers = amap.ask([question(f"飞虹路{n}号") for n in range(1, 31)])
    assert (len(answers), amap.tally.sends, amap.remaining()) == (12, 12, 0)


def test_a_batch_with_too_few_answers_is_asked_again_one_by_one(
    amap: Online, server: Loopback, book: Book, question: Asks
) -> None:
    server.script = [found(PAIR), HERE, NOTHING, HERE]
    three = [question(f"飞虹路{n}号") for n in (528, 530, 532)]
    answers = amap.ask(three)
    assert [len(answers[each.key]) for each in three] == [1, 0, 1]
    assert outcomes(book) == [*["misaligned"] * 3, "found", "nothing", "found"]


def test_one_failed_entry_of_a_batch_is_asked_again_alone(
    server: Loopback, book: Book, question: Asks
) -> None:
    baidu = Online(
        Baidu("k", url=server.url, hosts=LOOPBACK), book, limits=Limits(per_second=1000.0)
    )
    good = {
        "status": 0,
        "result": {"location": {"lng": 121.5, "lat": 31.2}, "level": "门址", "precise": 1},
    }
    server.script = [Reply({"status": 0, "batch_result": [good, {"status": 401}]}), Reply(good)]
    two = [question("飞虹路528号"), question("飞虹路530号")]
    assert [len(answer) for answer in baidu.ask(two).values()] == [1, 1]
    assert [request.path for request in server.asked] == ["/batch", "/geocoding/v3/"]
    assert outcomes(book) == ["found", "rate", "found"]


def test_without_batches_baidu_is_asked_one_by_one(
    server: Loopback, book: Book, question: Asks
) -> None:
    baidu = Online(
        Baidu("k", url=server.url, hosts=LOOPBACK), book, limits=Limits(per_second=1000.0)
    )
    server.script = [Reply(b"", status=404), *[Reply({"status": 1})] * 4]
    answers = baidu.ask([question(f"飞虹路{n}号") for n in (528, 530)])
    answers |= baidu.ask([question(f"飞虹路{n}号") for n in (532, 534)])
    assert list(answers.values()) == [()] * 4
    assert [request.path for request in server.asked] == ["/batch", *["/geocoding/v3/"] * 4]


def test_a_point_in_another_province_is_kept_for_the_checks(amap: Online, server: Loopback) -> None:
    server.script = [found("116.397,39.909")]
    (only,) = amap.candidates(parse("飞虹路528号"), district="虹口区")
    assert (round(only.position.lon, 2), round(only.position.lat, 2)) == (116.39, 39.91)
