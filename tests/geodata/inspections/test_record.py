"""Inspections: by the checklist of their year, by whoever may, never added up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.errors import ForbiddenError, NoSuchRecordError, ParameterError
from geodata.inspections.checked import checked_on
from geodata.inspections.record import Found, InspectionKind, Looked, Seen, record
from geodata.inspections.results import results
from geodata.inspections.schemes import schemes
from geodata.kinds import Status
from geodata.lifecycle.move import move
from geodata.store import Store
from geodata.tables import AuditEvent, Inspection

TODAY = date(2026, 3, 18)  # the day of what `declare_points` brings
EDITOR = Person("editor", Role.EDITOR, districts=("黄浦区",))
DISTRICT = Person("district", Role.REVIEWER, districts=("黄浦区",))
CITY = Person("city", Role.REVIEWER)
OK, BAD = Looked(Found.OK), Looked(Found.NOT_OK, "牌子掉了")
SPOT = Seen(InspectionKind.DISTRICT, date(2024, 5, 6), "黄浦区总工会基层工作部")
Declare = Callable[..., None]


@pytest.fixture
def point(any_store: Store, declare_points: Declare) -> Store:
    declare_points(any_store, Status.PLAQUED, Status.DECLARED)
    return any_store


def look(store: Store, seen: Seen, *, by: Person = DISTRICT, point: int = 1) -> int:
    with store.writing() as session:
        return record(session, point, seen, by=by, today=TODAY)


def test_an_inspection_is_kept_with_the_checklist_of_its_year(point: Store) -> None:
    look(point, replace(SPOT, items={"signs": BAD, "rules": OK}, passed=False, note="限期改"))
    with point.reading() as session:
        kept = session.scalars(select(Inspection)).one()
        assert (kept.kind, kept.on, kept.scheme, kept.passed) == (
            *("district", date(2024, 5, 6), "six_2024", False),
        )
        assert kept.items == {
            "rules": ["ok", ""],
            "signs": ["not_ok", "牌子掉了"],
            "service": ["not_looked", ""],
            "premises": ["not_looked", ""],
            "equipment": ["not_looked", ""],
            "results": ["not_looked", ""],
        }
        noted = session.scalars(select(AuditEvent)).one()
        assert (noted.by, noted.action, noted.district) == ("district", "inspection.add", "黄浦区")


def test_a_year_without_a_checklist_takes_no_items_and_keeps_the_rest(point: Store) -> None:
    seen = replace(SPOT, on=date(2025, 5, 6), passed=True)
    with pytest.raises(ParameterError, match="2025 年没有检查清单，不收逐项结果"):
        look(point, replace(seen, items={"rules": OK}))
    look(point, seen)
    with point.reading() as session:
        kept = session.scalars(select(Inspection)).one()
        assert (kept.scheme, kept.items, kept.passed) == ("", {}, True)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"items": {"staff": OK}}, "2024 年用的是“六字诀”，不收别的年度的项目。"),
        ({"items": {"signs": BAD}, "passed": True}, "有项目不合格，结论不能是合格。"),
        ({"office": " "}, "要写明由哪个部门或岗位检查，不写人名。"),
        ({"on": date(2999, 1, 1)}, "日期 2999-01-01 还没有到。"),
    ],
)
def test_what_does_not_fit_is_said(
    store: Store, declare_points: Declare, changes: dict[str, object], refusal: str
) -> None:
    declare_points(store, Status.PLAQUED)
    with pytest.raises(ParameterError) as refused:
        look(store, replace(SPOT, **changes))  # type: ignore[arg-type]
    assert str(refused.value) == refusal


def test_each_kind_of_inspection_has_its_own_inspectors(
    store: Store, declare_points: Declare
) -> None:
    declare_points(store, Status.PLAQUED)
    may = {}
    for kind in InspectionKind:
        for by in (EDITOR, DISTRICT, CITY):
            try:
                look(store, replace(SPOT, kind=kind), by=by)
                may[kind.value, by.login] = True
            except ForbiddenError:
                may[kind.value, by.login] = False
    assert {pair for pair, yes in may.items() if not yes} == {
        ("district", "editor"),
        ("city", "editor"),
        ("city", "district"),
    }
    with pytest.raises(NoSuchRecordError):
        look(store, SPOT, by=Person("other", Role.REVIEWER, districts=("静安区",)))


def test_checklists_are_counted_apart(store: Store, declare_points: Declare) -> None:
    declare_points(store, Status.PLAQUED, Status.PLAQUED)
    look(store, replace(SPOT, items={"signs": BAD}))
    look(store, replace(SPOT, items={"signs": OK}), point=2)
    look(store, replace(SPOT, on=date(2023, 5, 6), items={"signs": OK, "staff": OK}))
    with store.reading() as session:
        counted = {
            key: {r.item.label: (r.ok, r.not_ok, r.not_looked) for r in results(session, scheme)}
            for key, scheme in schemes().items()
        }
        elsewhere = results(session, schemes()["six_2024"], districts=("静安区",))
    assert counted["six_2024"]["标识亮"] == (1, 1, 0)
    assert counted["six_2024"]["制度明"] == (0, 0, 2)
    assert counted["eight_2023"]["标识亮"] == (1, 0, 0)
    assert counted["eight_2023"]["人员齐"] == (1, 0, 0)
    assert {(r.ok, r.not_ok, r.not_looked) for r in elsewhere} == {(0, 0, 0)}


def test_a_place_was_checked_when_somebody_looked_or_decided(point: Store) -> None:
    def checked() -> dict[int, date]:
        with point.reading() as session:
            return checked_on(session)

    assert checked() == {}
    look(point, SPOT)
    look(point, replace(SPOT, on=date(2023, 1, 2)))
    look(point, SPOT, point=2)
    assert checked() == {1: date(2024, 5, 6)}
    with point.writing() as session:
        move(session, 1, Status.CLOSED, on=TODAY, reason="装修", by=CITY)
        move(session, 1, Status.PLAQUED, on=TODAY, reason="重开", by=CITY)
    assert checked() == {1: TODAY}
