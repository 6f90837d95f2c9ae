"""Fields written by hand: kept from imports, noted, locked; subsidies and plaques beside them."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.errors import (
    ConflictError,
    ForbiddenError,
    NoSuchRecordError,
    NotFoundError,
    ParameterError,
)
from geodata.inspections.record import InspectionKind, Seen, record
from geodata.kinds import Kind, Status, Tier
from geodata.lifecycle.move import move
from geodata.model import Reason, Unlocated
from geodata.points import subsidies
from geodata.points.change import Changed, change, plaque_of, set_plaque
from geodata.points.detail import Own, detail
from geodata.points.lock import mark_of, must_be_as_seen
from geodata.points.origins import Differs
from geodata.points.subsidies import Layer, Paid
from geodata.store import Store
from geodata.tables import AuditEvent, Place, ServicePoint

TODAY = date(2026, 3, 18)  # the day of what `declare_points` brings
CITY = Person("city", Role.REVIEWER)
HUANGPU = Person("huangpu", Role.EDITOR, districts=("黄浦区",))
PUDONG = Person("pudong", Role.ADMIN, districts=("浦东新区",))
METRO = Person("metro", Role.EDITOR, unions=("申通工会",))
Declare = Callable[..., None]


def put(store: Store, values: dict[str, object], *, by: Person = HUANGPU) -> tuple[Changed, ...]:
    with store.writing() as session:
        return change(session, 1, values, by=by)


def test_only_what_differs_is_written_and_noted(any_store: Store, declare_points: Declare) -> None:
    declare_points(any_store, Status.DECLARED)
    version = any_store.version()
    assert put(any_store, {"operator": "某公司", "grade": "", "notes": "院内二楼"}) == (
        Changed("operator", "", "某公司"),
        Changed("notes", "", "院内二楼"),
    )
    assert any_store.version() > version
    with any_store.reading() as session:
        noted = session.scalars(select(AuditEvent)).one()
        assert (noted.by, noted.action, noted.district) == ("huangpu", "point.edit", "黄浦区")
        assert noted.detail == {
            "fields": ["operator", "notes"],
            "before": {"operator": ""},
            "after": {"operator": "某公司"},
        }


def test_a_change_that_changes_nothing_leaves_no_trace(
    store: Store, declare_points: Declare
) -> None:
    declare_points(store, Status.DECLARED)
    version = store.version()
    assert put(store, {"operator": ""}) == ()
    with store.reading() as session:
        assert (store.version(), session.scalars(select(AuditEvent)).all()) == (version, [])


@pytest.mark.parametrize(
    ("by", "error"),
    [
        (PUDONG, NoSuchRecordError),
        (METRO, NoSuchRecordError),
        (Person("v", Role.VIEWER), ForbiddenError),
    ],
)
def test_who_may_not_changes_nothing(
    store: Store, declare_points: Declare, by: Person, error: type[Exception]
) -> None:
    declare_points(store, Status.PLAQUED)
    with pytest.raises(error):
        put(store, {"operator": "某公司"}, by=by)
    with store.reading() as session:
        assert session.scalars(select(ServicePoint.operator)).all() == [""]


def test_a_union_gives_no_point_away(store: Store, declare_points: Declare) -> None:
    declare_points(store, Status.PLAQUED)
    put(store, {"union": "申通工会"})
    put(store, {"operator": "车站"}, by=METRO)
    with pytest.raises(ForbiddenError, match="不归你的账号管"):
        put(store, {"union": "别的工会"}, by=METRO)
    with store.reading() as session:
        assert session.scalars(select(ServicePoint.union)).all() == ["申通工会"]


def test_two_services_of_a_kind_at_one_place_have_different_names(store: Store) -> None:
    services = tuple(
        DeclaredService(Kind.REST_ROOM, name, Status.PLAQUED, Tier.OTHER) for name in "甲乙"
    )
    source = Source("站点.csv", "表", 2, {}, "stations")
    place = DeclaredPlace("一处", "", "黄浦区", "", services, source)
    placed = Placed(place, None, Unlocated(Reason.NO_ADDRESS), "黄浦区")
    store.publish(ImportedFile("站点.csv", "0", (placed,), 1, 0, ("stations",)))
    with pytest.raises(ParameterError, match="同一处已有同类、同名的服务"):
        put(store, {"name": "乙"})
    assert put(store, {"name": "丙"}) == (Changed("name", "甲", "丙"),)


def test_a_form_made_before_another_change_is_refused(
    store: Store, declare_points: Declare
) -> None:
    declare_points(store, Status.PLAQUED)
    with store.reading() as session:
        mark = mark_of(session.get_one(ServicePoint, 1))
    with store.writing() as session:
        must_be_as_seen(session.get_one(ServicePoint, 1), mark)
        session.get_one(Place, 1).name = "改了名"
        session.flush()
        with pytest.raises(ConflictError, match="刚被别人改过，没有存"):
            must_be_as_seen(session.get_one(ServicePoint, 1), mark)
    put(store, {"operator": "某公司"})
    with store.reading() as session:
        assert mark_of(session.get_one(ServicePoint, 1)) != mark


def test_the_day_of_a_plaque_is_one_day(store: Store, declare_points: Declare) -> None:
    declare_points(store, Status.ACCEPTED)
    days = []
    for on in (date(2024, 5, 6), date(2024, 5, 7), None):
        with store.writing() as session:
            set_plaque(session, 1, on, by=HUANGPU)
            days.append(plaque_of(session, 1))
    assert days == [date(2024, 5, 6), date(2024, 5, 7), None]
    with store.writing() as session, pytest.raises(NoSuchRecordError):
        set_plaque(session, 1, TODAY, by=PUDONG)


def test_each_layer_pays_apart_and_unknown_is_no_zero(
    any_store: Store, declare_points: Declare
) -> None:
    declare_points(any_store, Status.PLAQUED)
    city, own = Paid(Layer.CITY, 2023, 15000.0, "装修"), Paid(Layer.OWN, 2024, None)
    with any_store.writing() as session:
        numbers = [subsidies.add(session, 1, paid, by=HUANGPU) for paid in (own, city)]
        assert subsidies.subsidies(session, 1) == ((numbers[1], city), (numbers[0], own))
        subsidies.forget(session, 1, numbers[1], by=HUANGPU)
        assert subsidies.subsidies(session, 1) == ((numbers[0], own),)
        with pytest.raises(NotFoundError, match="这个点位没有编号为 99 的补贴"):
            subsidies.forget(session, 1, 99, by=HUANGPU)
        actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions == ["subsidy.add", "subsidy.add", "subsidy.strike"]


@pytest.mark.parametrize(
    ("paid", "refusal"),
    [
        (Paid(Layer.CITY, 24, 1.0), "年份要四位数，例如 2024。"),
        (Paid(Layer.CITY, 2024, -1.0), "金额不能小于 0；不知道就空着。"),
    ],
)
def test_a_sum_that_cannot_be_is_refused(
    store: Store, declare_points: Declare, paid: Paid, refusal: str
) -> None:
    declare_points(store, Status.PLAQUED)
    with store.writing() as session, pytest.raises(ParameterError) as refused:
        subsidies.add(session, 1, paid, by=HUANGPU)
    assert str(refused.value) == refusal


def test_what_a_file_has_beside_an_edit_is_told(store: Store) -> None:
    def bring(operator: str, file: str) -> None:
        service = DeclaredService(Kind.REST_ROOM, "", Status.PLAQUED, Tier.OTHER, operator=operator)
        source = Source(file, "表", 7, {"operator": ("D", operator)}, "stations")
        place = DeclaredPlace("一处", "", "黄浦区", "", (service,), source)
        placed = Placed(place, None, Unlocated(Reason.NO_ADDRESS), "黄浦区")
        store.publish(ImportedFile(file, file, (placed,), 1, 0, ("stations",)))

    bring("老公司", "一.csv")
    put(store, {"operator": "新公司"})
    with store.reading() as session:
        found = detail(session, 1, by=HUANGPU, today=TODAY).own
    (origin,) = found.origins
    assert (origin.file, origin.sheet, origin.row) == ("一.csv", "表", 7)
    assert origin.differs == (Differs("operator", "D", "老公司"),)
    assert found.edited["operator"][0] == "huangpu"


def test_of_another_district_the_public_part_is_read_and_a_draft_is_not(
    store: Store, declare_points: Declare
) -> None:
    declare_points(store, Status.PLAQUED, Status.DECLARED)
    with store.reading() as session:
        seen = detail(session, 1, by=PUDONG, today=TODAY)
        assert (seen.name, seen.reached, seen.own) == ("第1", False, Own())
        for number in (2, 9):
            with pytest.raises(NoSuchRecordError):
                detail(session, number, by=PUDONG, today=TODAY)


def test_a_point_is_shown_as_it_was_on_a_day(store: Store, declare_points: Declare) -> None:
    declare_points(store, Status.PLAQUED)
    later = date(2027, 3, 18)
    with store.writing() as session:
        seen = Seen(InspectionKind.CITY, later, "市总工会")
        record(session, 1, seen, by=CITY, today=later)
        move(session, 1, Status.CLOSED, on=later, reason="拆", by=CITY, today=later)
        subsidies.add(session, 1, Paid(Layer.CITY, later.year, 1.0), by=CITY)
    told = []
    with store.reading() as session:
        for day in (date(2020, 1, 1), TODAY, later, None):
            found = detail(session, 1, by=CITY, today=later, as_of=day)
            own = found.own
            sizes = len(own.steps), len(own.inspections), len(own.subsidies)
            told.append((found.status, *sizes))
    assert told == [
        (None, 0, 0, 0),
        (Status.PLAQUED, 1, 0, 0),
        (Status.CLOSED, 2, 1, 1),
        (Status.CLOSED, 2, 1, 1),
    ]
