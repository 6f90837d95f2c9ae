"""What the public is told of a place that is gone."""

from collections.abc import Callable
from datetime import date

import pytest

from geodata.accounts.roles import Person, Role
from geodata.duplicates.merge import merge
from geodata.duplicates.said import Said
from geodata.errors import ParameterError
from geodata.kinds import Status
from geodata.lifecycle.gone import Gone, gone
from geodata.lifecycle.move import move
from geodata.moments import utc_now
from geodata.store import Store
from geodata.tables import Place

TODAY = date(2026, 3, 18)  # the day of what `declare_points` brings
CITY = Person("city", Role.REVIEWER)
Declare = Callable[..., None]


def told(store: Store, place_id: int) -> Gone | None:
    with store.reading() as session:
        return gone(session, place_id)


def leave(store: Store, to: Status, place_id: int | None = None) -> None:
    with store.writing() as session:
        move(session, 1, to, on=TODAY, reason="搬", by=CITY, new_place_id=place_id)


def test_what_stands_or_never_stood_is_not_gone(store: Store, declare_points: Declare) -> None:
    declare_points(store, Status.PLAQUED, Status.RECTIFYING, Status.DECLARED)
    assert [told(store, number) for number in (1, 2, 3, 99)] == [None] * 4


def test_how_and_when_it_went_is_told(any_store: Store, declare_points: Declare) -> None:
    declare_points(any_store, Status.PLAQUED)
    leave(any_store, Status.DELISTED)
    assert told(any_store, 1) == Gone(Status.DELISTED, TODAY)


def test_the_new_place_is_told_also_when_it_was_merged_since(
    any_store: Store, declare_points: Declare
) -> None:
    declare_points(any_store, *[Status.PLAQUED] * 3)
    leave(any_store, Status.MOVED, 2)
    assert told(any_store, 1) == Gone(Status.MOVED, TODAY, moved_to=2)
    with any_store.writing() as session:
        merge(session, Place, 3, 2, Said("city", utc_now(), "同一处"))
    assert told(any_store, 1) == Gone(Status.MOVED, TODAY, moved_to=3)


@pytest.mark.parametrize("place_id", [1, 99])
def test_one_moves_to_another_place_that_is_there(
    store: Store, declare_points: Declare, place_id: int
) -> None:
    declare_points(store, Status.PLAQUED)
    with pytest.raises(ParameterError, match=f"搬迁的去处 {place_id} 不是另一处已登记的地方"):
        leave(store, Status.MOVED, place_id)
    assert told(store, 1) is None
