"""Wrong tries count by account and by address, together in all workers, and are soon forgotten."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geodata.accounts import tries
from geodata.accounts.tries import MOST_BY_ACCOUNT, MOST_BY_ADDRESS, MOST_BY_BOTH, WINDOW
from geodata.errors import TooManyAttemptsError
from geodata.store import Store
from geodata.tables import SignInTry

NOW = datetime(2026, 3, 31, 12, 0)  # noqa: DTZ001 - as the store keeps it
HERE = "192.0.2.1"


@pytest.fixture
def session(any_store: Store) -> Iterator[Session]:
    with any_store.writing() as opened:
        yield opened


def passes(
    session: Session, login: str, address: str, times: int = 1, now: datetime = NOW
) -> list[bool]:
    """Which of so many wrong tries get through to the password."""
    through = []
    for _ in range(times):
        try:
            tries.begin(session, login, address, key="key", now=now)
        except TooManyAttemptsError:
            through.append(False)
        else:
            through.append(True)
    return through


def test_one_address_may_mistype_one_account_five_times(session: Session) -> None:
    assert passes(session, "a", HERE, 6) == [True] * MOST_BY_BOTH + [False]
    assert passes(session, "b", HERE) == [True]
    assert passes(session, "a", "192.0.2.2") == [True]


def test_one_address_may_not_go_through_many_accounts(session: Session) -> None:
    through = [passes(session, f"user{n}", HERE)[0] for n in range(MOST_BY_ADDRESS + 1)]
    assert through == [True] * MOST_BY_ADDRESS + [False]


def test_many_addresses_may_not_guess_at_one_account(session: Session) -> None:
    through = [passes(session, "a", f"198.51.100.{n}")[0] for n in range(MOST_BY_ACCOUNT + 1)]
    assert through == [True] * MOST_BY_ACCOUNT + [False]


def test_the_addresses_one_customer_is_given_count_as_one(session: Session) -> None:
    through = [passes(session, "a", f"2001:db8:1:2::{n:x}")[0] for n in range(6)]
    assert through == [True] * 5 + [False]
    assert passes(session, "a", "2001:db8:1:3::1") == [True]
    assert passes(session, "a", "::ffff:192.0.2.9") == [True]


def test_after_a_quarter_of_an_hour_nothing_is_left_of_them(session: Session) -> None:
    assert passes(session, "a", HERE, 6)[-1] is False
    later = NOW + WINDOW + timedelta(seconds=1)
    assert passes(session, "a", HERE, now=later) == [True]
    assert session.scalar(select(func.count()).select_from(SignInTry)) == 3


def test_tries_of_a_clock_that_ran_ahead_lock_nobody_out(session: Session) -> None:
    ahead = NOW.replace(year=2099)
    assert passes(session, "a", HERE, 6, now=ahead)[-1] is False
    assert passes(session, "a", HERE) == [True]


def test_a_right_password_takes_back_its_own_try_and_no_other(session: Session) -> None:
    passes(session, "a", HERE, 4)
    for _ in range(3):
        tries.forget(session, tries.begin(session, "a", HERE, key="key", now=NOW))
    assert passes(session, "a", HERE, 2) == [True, False]


def test_neither_logins_nor_addresses_are_kept(session: Session) -> None:
    passes(session, "canary", "192.0.2.77")
    kept = session.scalars(select(SignInTry.who)).all()
    assert [len(who) for who in kept] == [64, 64, 64]
    assert "canary" not in "".join(kept)


def test_workers_share_one_count(any_store: Store) -> None:
    through = []
    for _ in range(6):
        other = Store(any_store.engine)
        with other.writing() as session:
            through += passes(session, "a", HERE)
    assert through == [True] * 5 + [False]
