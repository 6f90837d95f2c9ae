"""Days are Beijing's, on a machine in any zone."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.kinds import Status
from geodata.lifecycle.move import move
from geodata.moments import day_of, today
from geodata.store import Store
from geodata.tables import StatusChange

# Twenty hours behind Beijing and six ahead: at any hour it is another day in one of them.
ZONES = ("Etc/GMT+12", "Etc/GMT-14")


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """This process is in another zone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def in_beijing() -> date:
    return (datetime.now(UTC) + timedelta(hours=8)).date()


def test_a_day_begins_at_four_in_the_afternoon_utc() -> None:
    late = datetime(2028, 2, 28, 15, 59, 59)  # noqa: DTZ001 - as the tables keep it
    found = (day_of(late), day_of(late + timedelta(seconds=1)))
    assert found == (date(2028, 2, 28), date(2028, 2, 29))


def test_an_import_and_a_move_after_it_are_of_the_day_in_beijing(
    store: Store, declare_points: Callable[..., None], zone: None
) -> None:
    first = in_beijing()
    declare_points(store, Status.PLAQUED, at=None)
    with store.writing() as session:
        move(session, 1, Status.CLOSED, on=today(), reason="装修", by=Person("c", Role.REVIEWER))
    with store.reading() as session:
        days = session.scalars(select(StatusChange.on).order_by(StatusChange.id)).all()
    # Midnight may pass between any two of them.
    assert len(days) == 2
    assert [first, *days, in_beijing()] == sorted([first, *days, in_beijing()])
