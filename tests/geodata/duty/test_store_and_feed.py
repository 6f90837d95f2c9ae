"""Duties in the database, and as a calendar."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.duty.feed import ics
from geodata.duty.rules import Duty, Event, State
from geodata.duty.store import forget, health_point, point_duties, record
from geodata.errors import NotFoundError, ParameterError
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store
from geodata.tables import DutyEvent, ServicePoint

TODAY = date(2026, 3, 18)
HERE = Position(121.4710, 31.2349, Level.NUMBER, 90.0, "测试")


def placed(name: str, kind: Kind, status: Status, row: int) -> Placed:
    service = DeclaredService(kind=kind, name=name, status=status, tier=Tier.OTHER)
    source = Source("站点.csv", "表1", row, {}, "stations")
    declared = DeclaredPlace(name, f"人民大道{row}号", "黄浦区", "", (service,), source)
    return Placed(declared, None, HERE, "黄浦区")


@pytest.fixture
def kept(any_store: Store) -> Store:
    """Two health points in service, one delisted, and a reading room."""
    records = (
        placed("外滩健康服务点", Kind.HEALTH_POINT, Status.PLAQUED, 1),
        placed("外滩源健康服务点", Kind.HEALTH_POINT, Status.RECTIFYING, 2),
        placed("老健康服务点", Kind.HEALTH_POINT, Status.DELISTED, 3),
        placed("书屋", Kind.READING_ROOM, Status.PLAQUED, 4),
    )
    any_store.publish(ImportedFile("站点.csv", "0" * 64, records, 4, 0, ("stations",)))
    return any_store


def test_what_is_recorded_counts_and_what_is_struck_does_not(kept: Store) -> None:
    with kept.writing() as session:
        point = health_point(session, "外滩健康服务点")
        record(session, point, Event(Duty.SESSION, date(2026, 3, 17)), by="黄浦区总工会")
        number = record(session, point, Event(Duty.VISIT, date(2026, 3, 17)))
        forget(session, number)
        with pytest.raises(NotFoundError, match="没有编号为"):
            forget(session, number)
    with kept.reading() as session:
        first, second = point_duties(session, today=TODAY)
        assert [one.state for one in first.standings] == [State.DONE, State.DUE, State.DUE]
        assert [one.state for one in second.standings] == [State.UNKNOWN] * 3
        assert point_duties(session, today=TODAY, district="静安区") == ()


def test_a_record_without_its_point_or_announced_afterwards_is_refused(kept: Store) -> None:
    visit = Event(Duty.VISIT, TODAY, date(2026, 3, 19))
    with kept.writing() as session:
        room = session.scalars(
            select(ServicePoint.id).where(ServicePoint.kind == Kind.READING_ROOM)
        ).one()
        for point in (room, 999):
            with pytest.raises(NotFoundError, match="没有编号为"):
                record(session, point, visit)
        with pytest.raises(ParameterError, match="公示日期 2026-03-19 晚于举办日期 2026-03-18"):
            record(session, health_point(session, "外滩健康"), visit)


def test_a_point_is_named_by_number_name_or_part_of_it(kept: Store) -> None:
    with kept.reading() as session:
        exact = health_point(session, "外滩健康服务点")
        assert health_point(session, str(exact)) == exact
        assert health_point(session, "外滩源") != exact
        with pytest.raises(ParameterError, match="不止一处"):
            health_point(session, "外滩")
        with pytest.raises(NotFoundError, match="没有叫“书屋”"):
            health_point(session, "书屋")


def test_events_go_with_their_service_point(kept: Store) -> None:
    with kept.writing() as session:
        point = health_point(session, "外滩源")
        record(session, point, Event(Duty.SESSION, TODAY))
        session.delete(session.get(ServicePoint, point))
    with kept.reading() as session:
        assert list(session.scalars(select(DutyEvent))) == []


def test_the_feed_holds_what_is_planned_to_announce_and_due(kept: Store) -> None:
    with kept.writing() as session:
        point = health_point(session, "外滩源")
        record(session, point, Event(Duty.SESSION, date(2025, 12, 1)), note="不外传")
        record(session, point, Event(Duty.SESSION, date(2026, 3, 16)))
        record(session, point, Event(Duty.VISIT, date(2026, 3, 30)))
        record(session, point, Event(Duty.LECTURE, date(2026, 4, 8), date(2026, 3, 30)))
    with kept.reading() as session:
        points = point_duties(session, today=TODAY)
    text = ics(points, today=TODAY, stamp=datetime(2026, 3, 18, tzinfo=UTC))
    assert [line for line in text.replace("\r\n ", "").split("\r\n") if "SUMMARY" in line] == [
        "SUMMARY:定期咨询：外滩源健康服务点",
        "SUMMARY:最迟今天公示定期访视：外滩源健康服务点",
        "SUMMARY:定期访视：外滩源健康服务点",
        "SUMMARY:定期讲座：外滩源健康服务点",
    ]
    assert f"UID:due-{point}" not in text
    assert "不外传" not in text
    with kept.reading() as session:
        late = point_duties(session, today=date(2026, 4, 20))
    text = ics(late, today=date(2026, 4, 20), stamp=datetime(2026, 4, 20, tzinfo=UTC))
    unfolded = text.replace("\r\n ", "")
    assert f"UID:due-{point}-session-2026-04-26@zhitu\r\n" in unfolded
    assert "DESCRIPTION:每周至少 1 个半天；此前已有 4 期没有记录\r\n" in unfolded
    assert f"UID:due-{point}-visit-2026-04-30@zhitu\r\n" in unfolded
