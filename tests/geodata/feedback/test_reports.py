"""A visitor's report waits for the planners of its district, and is settled once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.errors import (
    ConflictError,
    NoSuchRecordError,
    NotFoundError,
    ParameterError,
    TooManyAttemptsError,
)
from geodata.feedback.reports import A_DAY, report, reports, sender_of, settle
from geodata.store import Store
from geodata.tables import AuditEvent

NOON = datetime(2026, 3, 31, 4, 0)  # noqa: DTZ001 - UTC as the store keeps it
XUHUI = Person("xuhui", Role.EDITOR, districts=("徐汇区",))
CITY = Person("city", Role.EDITOR)


def told(store: Store, place_id: int, *, sender: str = "a", at: datetime = NOON) -> None:
    with store.writing() as session:
        report(session, place_id, what="hours", text="八点就关了", sender=sender, at=at)


def test_a_report_reaches_those_who_look_after_its_place(rooms: Store) -> None:
    told(rooms, 1)
    told(rooms, 2)
    with rooms.reading() as session:
        mine, all_of_them = reports(session, XUHUI), reports(session, CITY)
    assert [(r.place_id, r.name, r.what, r.text, r.at) for r in mine] == [
        (1, "休息室1", "hours", "八点就关了", NOON)
    ]
    assert [r.place_id for r in all_of_them] == [2, 1]


def test_a_sender_is_heard_so_often_a_day(rooms: Store) -> None:
    for _ in range(A_DAY):
        told(rooms, 1)
    with pytest.raises(TooManyAttemptsError):
        told(rooms, 2)
    told(rooms, 2, sender="b")
    told(rooms, 2, at=NOON + timedelta(days=1, minutes=1))
    with rooms.reading() as session:
        assert len(reports(session, CITY)) == A_DAY + 2


def test_who_sent_it_cannot_be_told_and_not_even_on_the_next_day() -> None:
    today, tomorrow = (sender_of("key", "192.0.2.7", NOON + timedelta(days=n)) for n in (0, 1))
    assert today != tomorrow
    assert sender_of("key", "192.0.2.7", NOON + timedelta(hours=3)) == today
    assert sender_of("other", "192.0.2.7", NOON) != today
    assert ("192" in today, len(today)) == (False, 24)


def test_settling_is_noted_and_happens_once(rooms: Store) -> None:
    told(rooms, 1)
    with rooms.writing() as session:
        settle(session, 1, status="done", note="改到 20:00", person=XUHUI)
    with rooms.reading() as session:
        (kept,) = reports(session, XUHUI, settled=True)
        event = session.scalars(select(AuditEvent)).one()
        assert (reports(session, XUHUI), kept.status, kept.note, kept.by) == (
            [],
            "done",
            "改到 20:00",
            "xuhui",
        )
        assert (event.action, event.record_id, event.district, event.detail) == (
            "report.done",
            1,
            "徐汇区",
            {"place": 1, "what": "hours"},
        )
    with pytest.raises(ConflictError), rooms.writing() as session:
        settle(session, 1, status="rejected", note="", person=XUHUI)


def test_another_districts_report_is_out_of_reach(rooms: Store) -> None:
    told(rooms, 2)
    with pytest.raises(NoSuchRecordError), rooms.writing() as session:
        settle(session, 1, status="done", note="", person=XUHUI)


def test_a_report_says_what_is_wrong_and_an_answer_what_was_done(rooms: Store) -> None:
    with pytest.raises(ParameterError, match="哪里不对"), rooms.writing() as session:
        report(session, 1, what="", text="", sender="a", at=NOON)
    told(rooms, 1)
    with pytest.raises(ParameterError), rooms.writing() as session:
        settle(session, 1, status="new", note="", person=CITY)
    with pytest.raises(NotFoundError), rooms.writing() as session:
        settle(session, 9, status="done", note="", person=CITY)
