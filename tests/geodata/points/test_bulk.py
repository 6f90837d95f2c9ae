"""Many at once: what the preview says is what is done, and no row is half done."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.database import rehearsing
from geodata.errors import ConflictError, NoSuchRecordError
from geodata.kinds import Status
from geodata.points.bulk import Bulk, Outcome, apply
from geodata.points.change import Changed, change
from geodata.store import Store
from geodata.tables import AuditEvent, ServicePoint

TODAY = date(2026, 3, 18)  # the day of what `declare_points` brings
EDITOR = Person("editor", Role.EDITOR, districts=("黄浦区",))
Declare = Callable[..., None]
CLOSE = Bulk(TODAY, to=Status.CLOSED, reason="装修", values={"grade": "五星"})


def preview(store: Store, ids: list[int], bulk: Bulk) -> tuple[Outcome, ...]:
    with rehearsing(store.engine) as session:
        return apply(session, ids, bulk, by=EDITOR, today=TODAY)


def rows(store: Store) -> list[tuple[str, str, list[str]]]:
    with store.reading() as session:
        found = session.scalars(select(ServicePoint).order_by(ServicePoint.id))
        return [(row.status, row.grade, row.facilities) for row in found]


@pytest.fixture
def points(any_store: Store, declare_points: Declare) -> Store:
    """Two that can close, one that cannot, one of another district."""
    declare_points(any_store, Status.PLAQUED, Status.PLAQUED, Status.DECLARED)
    declare_points(any_store, Status.PLAQUED, district="浦东新区", file="浦东.csv")
    return any_store


def test_the_preview_writes_nothing_and_says_what_would_be(points: Store) -> None:
    before, version = rows(points), points.version()
    found = preview(points, [1, 3, 4, 99], CLOSE)
    assert [(one.name, one.changed, one.refusal) for one in found] == [
        (
            "第1",
            (Changed("status", "plaqued", "closed"), Changed("grade", "", "五星")),
            "",
        ),
        (
            "第3",
            (),
            "“已申报”不能直接变成“已关闭”；可以变成“区局已审”、“未通过”、“已撤回”。",
        ),
        ("第1", (), str(NoSuchRecordError())),
        ("99", (), str(NoSuchRecordError())),
    ]
    assert (rows(points), points.version()) == (before, version)


def test_what_the_preview_said_is_done_and_a_refused_row_keeps_all_it_has(points: Store) -> None:
    ids = [1, 2, 3, 4]
    told = preview(points, ids, CLOSE)
    marks = {one.id: one.mark for one in told}
    with points.writing() as session:
        done = apply(session, ids, CLOSE, by=EDITOR, today=TODAY, marks=marks)
    assert done == told
    assert rows(points) == [
        ("closed", "五星", []),
        ("closed", "五星", []),
        ("declared", "", []),
        ("plaqued", "", []),
    ]
    with points.reading() as session:
        noted = session.execute(select(AuditEvent.record_id, AuditEvent.action)).all()
    assert sorted(map(tuple, noted)) == [
        *((1, "point.edit"), (1, "status.move"), (2, "point.edit"), (2, "status.move")),
    ]


def test_nothing_is_written_when_one_was_changed_since_the_preview(points: Store) -> None:
    marks = {one.id: one.mark for one in preview(points, [1, 2], CLOSE)}
    with points.writing() as session:
        change(session, 2, {"operator": "某公司"}, by=EDITOR)
    before = rows(points)
    with (
        pytest.raises(ConflictError, match="第2 刚被别人改过，一处也没有存"),
        points.writing() as session,
    ):
        apply(session, [1, 2], CLOSE, by=EDITOR, today=TODAY, marks=marks)
    assert rows(points) == before


def test_facilities_are_added_and_taken_away(points: Store) -> None:
    with points.writing() as session:
        change(session, 1, {"facilities": ["空调", "微波炉"]}, by=EDITOR)
        bulk = Bulk(TODAY, add=("充电", "空调"), remove=("微波炉",))
        found = apply(session, [1, 2], bulk, by=EDITOR, today=TODAY)
    assert [one.changed for one in found] == [
        (Changed("facilities", ["空调", "微波炉"], ["空调", "充电"]),),
        (Changed("facilities", [], ["充电", "空调"]),),
    ]


def test_one_that_stands_there_already_stays(points: Store) -> None:
    (found,) = preview(points, [1], Bulk(TODAY, to=Status.PLAQUED))
    assert (found.changed, found.refusal) == ((), "")
    assert (Bulk(TODAY).is_empty, CLOSE.is_empty) == (True, False)
