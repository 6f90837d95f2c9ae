"""When a service point stood under its plaque."""

from datetime import date

import pytest

from geodata.kinds import Status
from service.ogc.lives import Days, Lives, Move, days_of
from service.ogc.moments import span

UP, SLOW, DOWN = Status.PLAQUED, Status.RECTIFYING, Status.DELISTED
MAY, JUNE, JULY = date(2024, 5, 1), date(2024, 6, 1), date(2024, 7, 1)
HISTORIES: dict[str, tuple[list[Move], list[Days]]] = {
    "nothing on record": ([], [(None, None)]),
    "came into the books as it stands": ([Move(MAY, "", UP)], [(None, None)]),
    "put up": ([Move(MAY, "", "building"), Move(JUNE, "building", UP)], [(JUNE, None)]),
    "a yellow card is no end": (
        [Move(MAY, "accepted", UP), Move(JUNE, UP, SLOW), Move(JULY, SLOW, UP)],
        [(MAY, None)],
    ),
    "taken down and put up again": (
        [Move(MAY, "accepted", UP), Move(JUNE, UP, DOWN), Move(JULY, DOWN, UP)],
        [(MAY, JUNE), (JULY, None)],
    ),
    "stood for long before it was first taken down": (
        [Move(MAY, UP, DOWN), Move(JULY, DOWN, UP)],
        [(None, MAY), (JULY, None)],
    ),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_days_follow_from_the_history(name: str) -> None:
    moves, days = HISTORIES[name]
    assert days_of(moves) == days


def test_an_interval_finds_the_lives_it_touches() -> None:
    lives = Lives.of([[(None, MAY), (JULY, None)], [(JUNE, None)], [(None, None)]])
    asked = ("2024-04-30", "2024-05-01T15:59:59Z", "2024-05-02", "2024-06-01/2024-06-30", "../..")
    found = {one: lives.meeting(span(one)).tolist() for one in asked[:-1]}
    assert found == {
        "2024-04-30": [True, False, True],
        "2024-05-01T15:59:59Z": [True, False, True],
        "2024-05-02": [False, False, True],
        "2024-06-01/2024-06-30": [False, True, True],
    }
