"""Moving a service point: what is asked, what is written down, what an import leaves alone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.errors import ForbiddenError, NoSuchRecordError, ParameterError
from geodata.kinds import Status
from geodata.lifecycle.move import move
from geodata.store import Store
from geodata.tables import AuditEvent, Plaque, ServicePoint, StatusChange

TODAY = date(2026, 3, 18)  # the day of what `declare_points` brings
NEXT = TODAY + timedelta(days=1)
CITY = Person("city", Role.REVIEWER)
HUANGPU = Person("huangpu", Role.EDITOR, districts=("黄浦区",))
PUDONG = Person("pudong", Role.REVIEWER, districts=("浦东新区",))
Declare = Callable[..., None]


def go(store: Store, to: Status, *, by: Person = CITY, on: date = TODAY, reason: str = "") -> None:
    with store.writing() as session:
        move(session, 1, to, on=on, reason=reason, by=by, today=NEXT)


def history(store: Store) -> list[tuple[str, str, date, str, str]]:
    with store.reading() as session:
        rows = session.scalars(select(StatusChange).order_by(StatusChange.id))
        return [(one.before, one.after, one.on, one.reason, one.by) for one in rows]


def test_a_move_is_written_with_its_day_reason_and_account(
    any_store: Store, declare_points: Declare
) -> None:
    declare_points(any_store, Status.PLAQUED)
    version = any_store.version()
    go(any_store, Status.CLOSED, by=HUANGPU, on=NEXT, reason=" 楼宇拆除 ")
    assert history(any_store) == [
        ("", "plaqued", TODAY, "导入 站点.csv", ""),
        ("plaqued", "closed", NEXT, "楼宇拆除", "huangpu"),
    ]
    assert any_store.version() == version + 1
    assert any_store.snapshot().places == ()
    with any_store.reading() as session:
        noted = session.scalars(select(AuditEvent)).one()
        found = (noted.by, noted.action, noted.record_id, noted.district, noted.detail)
    assert found == (
        "huangpu",
        "status.move",
        1,
        "黄浦区",
        {"before": "plaqued", "after": "closed", "on": NEXT.isoformat()},
    )


def test_an_import_does_not_take_back_what_a_person_moved(
    store: Store, declare_points: Declare
) -> None:
    declare_points(store, Status.PLAQUED)
    go(store, Status.CLOSED, reason="拆除")
    declare_points(store, Status.PLAQUED, file="再来.csv")
    with store.reading() as session:
        assert session.scalars(select(ServicePoint.status)).all() == ["closed"]


@pytest.mark.parametrize(
    ("to", "by", "refusal"),
    [
        (Status.DELISTED, HUANGPU, ForbiddenError("改成“已摘牌”要“审核”以上的账号。")),
        (Status.DELISTED, PUDONG, NoSuchRecordError()),
        (Status.MOVED, PUDONG, NoSuchRecordError()),
    ],
)
def test_who_may_not_is_refused(
    store: Store, declare_points: Declare, to: Status, by: Person, refusal: Exception
) -> None:
    declare_points(store, Status.PLAQUED)
    with pytest.raises(type(refusal)) as refused:
        go(store, to, by=by, reason="不合格")
    assert (str(refused.value), len(history(store))) == (str(refusal), 1)


def test_the_city_approves_and_no_district_does(store: Store, declare_points: Declare) -> None:
    declare_points(store, Status.DISTRICT_REVIEWED, district="浦东新区")
    with pytest.raises(ForbiddenError, match="要市级的账号"):
        go(store, Status.CITY_APPROVED, by=PUDONG)
    go(store, Status.CITY_APPROVED)
    assert history(store)[-1][:2] == ("district_reviewed", "city_approved")


@pytest.mark.parametrize(
    ("to", "on", "reason", "refusal"),
    [
        (Status.CLOSED, TODAY, "  ", "改成“已关闭”要写原因。"),
        (
            Status.CLOSED,
            NEXT + timedelta(days=1),
            "拆除",
            f"日期 {NEXT + timedelta(days=1)} 还没有到。",
        ),
        (
            Status.CLOSED,
            TODAY - timedelta(days=1),
            "拆除",
            f"日期 {TODAY - timedelta(days=1)} 早于上一次变动 {TODAY}，请写那一天或以后。",
        ),
        (Status.MOVED, TODAY, "搬家", "搬迁要写明搬到哪一处：新地方的编号。"),
        (Status.RECTIFYING, TODAY, "脏", "整改要发黄牌：写明原因和整改期限。"),
        (
            Status.ACCEPTED,
            TODAY,
            "",
            "“已挂牌”不能直接变成“已验收”；可以变成“整改中”、“已摘牌”、“已关闭”、“已搬迁”。",
        ),
    ],
)
def test_what_a_move_needs_is_said(
    store: Store, declare_points: Declare, *, to: Status, on: date, reason: str, refusal: str
) -> None:
    declare_points(store, Status.PLAQUED)
    with pytest.raises(ParameterError) as refused:
        go(store, to, on=on, reason=reason)
    assert (str(refused.value), len(history(store))) == (refusal, 1)


def test_a_plaque_goes_up_with_a_number_or_a_day(store: Store, declare_points: Declare) -> None:
    declare_points(store, Status.ACCEPTED)
    with pytest.raises(ParameterError, match="挂牌要先填官方编号或挂牌日期"):
        go(store, Status.PLAQUED)
    with store.writing() as session:
        session.add(Plaque(service_point_id=1, on=TODAY, by="city"))
    go(store, Status.PLAQUED)
    assert history(store)[-1][:2] == ("accepted", "plaqued")


def test_what_is_not_stored_cannot_be_moved(store: Store) -> None:
    with pytest.raises(NoSuchRecordError):
        go(store, Status.DECLARED)
