"""Other districts' records before they open: on no map, in no list, on no sheet."""

import pytest

from geodata.accounts.hidden import hidden_points, without
from geodata.accounts.roles import Person, Role
from geodata.kinds import Status
from geodata.queries import planner_view, why_sheet
from geodata.store import Store

CITY = Person("city", Role.VIEWER)
HUANGPU = Person("huangpu", Role.EDITOR, ("黄浦区",))
PUDONG = Person("pudong", Role.EDITOR, ("浦东新区",))
METRO = Person("metro", Role.EDITOR, unions=("申通地铁集团工会",))


def seen(store: Store, person: Person) -> list[tuple[str, list[str]]]:
    with store.reading() as session:
        hidden = hidden_points(session, person)
    points = without(planner_view(store), hidden).points
    return [(place.name, [service.name for service in place.services]) for place in points]


@pytest.mark.parametrize(
    ("person", "points"),
    [
        (
            CITY,
            [("黄浦甲", ["黄浦甲0", "黄浦甲1"]), ("黄浦乙", ["黄浦乙0"]), ("浦东甲", ["浦东甲0"])],
        ),
        (HUANGPU, [("黄浦甲", ["黄浦甲0", "黄浦甲1"]), ("黄浦乙", ["黄浦乙0"])]),
        (PUDONG, [("黄浦甲", ["黄浦甲0"]), ("浦东甲", ["浦东甲0"])]),
        (METRO, [("黄浦甲", ["黄浦甲0"]), ("浦东甲", ["浦东甲0"])]),
    ],
)
def test_each_sees_his_own_and_what_is_public(
    filled: Store, person: Person, points: list[tuple[str, list[str]]]
) -> None:
    assert seen(filled, person) == points


def test_the_figures_stay_as_they_are(filled: Store) -> None:
    view = planner_view(filled)
    with filled.reading() as session:
        bounded = without(view, hidden_points(session, PUDONG))
    assert (bounded.totals, bounded.districts) == (view.totals, view.districts)


def test_a_sheet_names_no_hidden_point(filled: Store) -> None:
    site = planner_view(filled).sites[0].id
    with filled.reading() as session:
        hidden = hidden_points(session, PUDONG)
    whole, bounded = why_sheet(filled, site), why_sheet(filled, site, hidden=hidden)
    assert sorted(point.name for point in whole.points) == ["浦东甲0", "黄浦乙0", "黄浦甲0"]
    assert sorted(point.name for point in bounded.points) == ["浦东甲0", "黄浦甲0"]
    assert "黄浦乙" not in repr(bounded)
    assert Status.BUILDING not in {point.status.en for point in bounded.points}
