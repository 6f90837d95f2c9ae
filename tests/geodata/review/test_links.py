from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from geodata.errors import NotFoundError
from geodata.review.links import LIVES, Asked, asked_by, make_link, use
from geodata.tables import PinLink

KEY = "浦东新区|road=三鲁公路|number=2009"
NOW = datetime(2026, 3, 1, 9, 0)  # noqa: DTZ001 - stored without a zone, as UTC


@pytest.fixture
def doubted(any_store, take, place):
    take(any_store, place("三鲁公路2009号", "浦东新区", name="示例・站点"))
    return any_store


def made(store, now=NOW):
    with store.writing() as session:
        return make_link(session, KEY, now=now)


def refused(store, token, now):
    with store.reading() as session, pytest.raises(NotFoundError, match="向发链接的人再要一个"):
        asked_by(session, token, now=now)


def test_a_link_asks_about_the_place_by_name_and_address(doubted):
    token = made(doubted)
    with doubted.reading() as session:
        assert asked_by(session, token, now=NOW) == Asked(
            KEY, "示例・站点", "三鲁公路2009号", "浦东新区", 121.524508, 31.057544, True
        )


def test_only_the_hash_of_a_token_is_stored(doubted):
    token = made(doubted)
    with doubted.reading() as session:
        (stored,) = session.scalars(select(PinLink.token_hash))
    assert len(token) == 32
    assert token not in stored


def test_a_link_ends_after_two_weeks(doubted):
    token = made(doubted)
    with doubted.reading() as session:
        assert asked_by(session, token, now=NOW + LIVES - timedelta(seconds=1)).canonical == KEY
    refused(doubted, token, NOW + LIVES)


def test_a_link_is_used_once(doubted):
    token = made(doubted)
    with doubted.writing() as session:
        assert use(session, token, now=NOW) == KEY
    refused(doubted, token, NOW)
    with doubted.writing() as session, pytest.raises(NotFoundError):
        use(session, token, now=NOW)


def test_a_new_link_ends_the_one_before(doubted):
    first, second = made(doubted), made(doubted)
    refused(doubted, first, NOW)
    with doubted.reading() as session:
        assert asked_by(session, second, now=NOW).canonical == KEY


def test_a_guessed_token_opens_nothing(doubted):
    made(doubted)
    refused(doubted, "A" * 32, NOW)


def test_an_address_of_no_record_gets_no_link(doubted):
    with doubted.writing() as session, pytest.raises(NotFoundError, match="没有哪条记录"):
        make_link(session, "长宁区|road=北翟路|number=1", now=NOW)
    with doubted.writing() as session, pytest.raises(NotFoundError, match="没有哪条记录"):
        make_link(session, "浦东新区", now=NOW)


def test_of_many_who_use_a_link_at_once_one_does(doubted):
    token = made(doubted)

    def once(_):
        with doubted.writing() as session:
            try:
                return use(session, token, now=NOW)
            except NotFoundError:
                return ""

    with ThreadPoolExecutor(4) as hands:
        done = sorted(hands.map(once, range(8)))
    assert (done[:7], bool(done[7])) == ([""] * 7, True)
