"""Yellow and red cards: rectification with a day, and what is overdue."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.errors import ForbiddenError, NoSuchRecordError, NotFoundError, ParameterError
from geodata.inspections.cards import Colour, red, resolve, yellow
from geodata.inspections.due import cards, overdue
from geodata.inspections.record import InspectionKind, Seen, record
from geodata.kinds import Status
from geodata.lifecycle.move import move
from geodata.store import Store
from geodata.tables import Card, ServicePoint

TODAY = date(2026, 3, 18)  # the day of what `declare_points` brings
DAY = timedelta(days=1)
DUE = TODAY + 7 * DAY
LATER = TODAY + 30 * DAY
CITY = Person("city", Role.REVIEWER)
Declare = Callable[..., None]


@pytest.fixture
def point(any_store: Store, declare_points: Declare) -> Store:
    declare_points(any_store, Status.PLAQUED)
    return any_store


def status(store: Store) -> str:
    with store.reading() as session:
        return session.scalars(select(ServicePoint.status)).one()


def warn(store: Store, *, by: Person = CITY, reason: str = "环境差", due_on: date = DUE) -> int:
    with store.writing() as session:
        return yellow(session, 1, on=TODAY, due_on=due_on, reason=reason, by=by, today=LATER)


def inspected(
    store: Store,
    *,
    passed: bool = True,
    on: date = DUE,
    kind: InspectionKind = InspectionKind.DISTRICT,
) -> int:
    with store.writing() as session:
        seen = Seen(kind, on, "黄浦区总工会", passed=passed)
        return record(session, 1, seen, by=CITY, today=LATER)


def settle(store: Store, inspection: int, *, on: date = DUE) -> None:
    with store.writing() as session:
        resolve(session, 1, inspection, on=on, by=CITY, today=LATER)


def test_a_yellow_card_is_mended_by_a_day_and_then_closed(point: Store) -> None:
    number = warn(point)
    assert (status(point), point.snapshot().places) == ("rectifying", ())
    settle(point, inspected(point))
    assert status(point) == "plaqued"
    with point.reading() as session:
        (given,) = cards(session)
        assert (given.id, given.colour, given.due_on) == (number, Colour.YELLOW, DUE)
        assert (given.closed_on, given.closed_by_inspection) == (DUE, 1)
        assert cards(session, only_open=True) == ()


def test_a_card_is_overdue_from_the_day_after_its_last_until_it_is_closed(point: Store) -> None:
    warn(point)

    def late(on: date) -> list[int]:
        with point.reading() as session:
            return [one.days_over(on) for one in overdue(session, on)]

    assert [late(DUE), late(DUE + DAY), late(DUE + 3 * DAY)] == [[], [1], [3]]
    settle(point, inspected(point, on=DUE + 2 * DAY), on=DUE + 2 * DAY)
    assert [late(DUE + DAY), late(DUE + 3 * DAY)] == [[1], []]


def test_a_red_card_delists_and_closes_the_yellow_one(point: Store) -> None:
    warn(point)
    with point.writing() as session:
        red(session, 1, on=DUE, reason="逾期未改", by=CITY, today=LATER)
    assert status(point) == "delisted"
    with point.reading() as session:
        found = [(one.colour.value, one.on, one.closed_on) for one in cards(session, service_id=1)]
    assert found == [("yellow", TODAY, DUE), ("red", DUE, None)]


@pytest.mark.parametrize(
    ("passed", "kind", "on", "refusal"),
    [
        (False, InspectionKind.CITY, DUE, "恢复挂牌要有区或市的复查，结论为合格。"),
        (True, InspectionKind.SELF, DUE, "恢复挂牌要有区或市的复查，结论为合格。"),
        (True, InspectionKind.CITY, TODAY - DAY, "复查早于发牌日期，不能用来销牌。"),
        (True, InspectionKind.CITY, DUE + DAY, "恢复挂牌的日期不能早于复查。"),
    ],
)
def test_only_an_office_that_looked_again_closes_a_card(
    store: Store,
    declare_points: Declare,
    *,
    passed: bool,
    kind: InspectionKind,
    on: date,
    refusal: str,
) -> None:
    declare_points(store, Status.PLAQUED)
    warn(store)
    number = inspected(store, passed=passed, kind=kind, on=on)
    with pytest.raises(ParameterError) as refused:
        settle(store, number)
    assert (str(refused.value), status(store)) == (refusal, "rectifying")


def test_an_inspection_of_another_point_closes_nothing(point: Store) -> None:
    warn(point)
    with pytest.raises(NotFoundError, match="这个点位没有编号为 7 的检查"):
        settle(point, 7)


def test_leaving_closes_the_card_that_was_open(point: Store) -> None:
    warn(point)
    with point.writing() as session:
        move(session, 1, Status.CLOSED, on=DUE, reason="拆除", by=CITY, today=LATER)
    with point.reading() as session:
        assert session.scalars(select(Card.closed_on)).all() == [DUE]


def test_what_a_file_has_under_rectification_gets_its_card(
    store: Store, declare_points: Declare
) -> None:
    declare_points(store, Status.RECTIFYING)
    warn(store)
    with pytest.raises(ParameterError, match="已有未销的黄牌"):
        warn(store)
    declare_points(store, Status.PLAQUED, file="再来.csv")
    assert status(store) == "rectifying"


@pytest.mark.parametrize(
    ("changes", "error", "refusal"),
    [
        ({"reason": ""}, ParameterError, "改成“整改中”要写原因"),
        ({"due_on": TODAY}, ParameterError, "整改期限要晚于发牌日期"),
        ({"by": Person("e", Role.EDITOR)}, ForbiddenError, "要“审核”以上的账号"),
        ({"by": Person("o", Role.REVIEWER, ("静安区",))}, NoSuchRecordError, "属于别的区局"),
    ],
)
def test_a_card_that_may_not_be_given_leaves_nothing(
    store: Store,
    declare_points: Declare,
    *,
    changes: dict[str, object],
    error: type[Exception],
    refusal: str,
) -> None:
    declare_points(store, Status.PLAQUED)
    with pytest.raises(error, match=refusal):
        warn(store, **changes)  # type: ignore[arg-type]
    with store.reading() as session:
        assert (cards(session), status(store)) == ((), "plaqued")
