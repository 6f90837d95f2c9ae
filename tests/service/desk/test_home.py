"""The desk's first page counts what waits, within a person's reach, and links to just that list."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.feedback.reports import report
from geodata.jobs.model import State
from geodata.moments import utc_now
from geodata.store import Store
from geodata.tables import Card, DutyEvent, Job, Place, ServicePoint, Upload
from service import uploads
from service.app import create_app
from service.clock import today
from service.desk.home import Task, waiting
from service.jobs.imports import PREVIEW
from service.settings import Settings

PUDONG = Person("pudong", Role.EDITOR, districts=("浦东新区",))
CITY = Person("city", Role.REVIEWER)


def card(service_id: int, *, given: date, due: date) -> Card:
    return Card(
        service_point_id=service_id, colour="yellow", on=given, due_on=due, reason="无人", by="city"
    )


@pytest.fixture
def busy(city: Store) -> Store:
    """A card past its day in 黄浦区, one with time left, a duty long missed, a report."""
    day = today()
    with city.writing() as session:
        room = session.scalars(select(ServicePoint).filter_by(kind="rest_room")).one()
        health = session.scalars(select(ServicePoint).filter_by(kind="health_point")).one()
        session.add(card(room.id, given=date(2026, 1, 5), due=date(2026, 2, 1)))
        session.add(card(health.id, given=day, due=day + timedelta(days=9)))
        held = DutyEvent(service_point_id=health.id, kind="visit", on=date(2026, 1, 7))
        held.note, held.by = "", ""
        session.add(held)
        place = session.scalars(select(Place).filter_by(name="福州路休息室")).one()
        at = datetime(2026, 3, 1, 23, 0, tzinfo=UTC).replace(tzinfo=None)
        report(session, place.id, what="closed", text="关着", sender="a", at=at)
    return city


def found(store: Store, who: Person) -> dict[str, Task]:
    with store.reading() as session:
        return {task.key: task for task in waiting(session, who)}


def test_what_waits_is_counted_with_its_oldest_day(busy: Store) -> None:
    tasks = found(busy, CITY)
    assert {key: task.count for key, task in tasks.items()} == {
        "task_overdue": 1,
        "task_duties": 1,
        "task_datums": 0,
        "task_review": 0,
        "task_feedback": 1,
        "task_imports": 0,
        "task_duplicates": 0,
        "task_cards": 1,
        "task_unplaced": 1,
    }
    assert tasks["task_overdue"].oldest == date(2026, 2, 1)
    # Seven in the morning of the next day in Beijing.
    assert tasks["task_feedback"].oldest == date(2026, 3, 2)
    assert list(tasks)[:2] == ["task_overdue", "task_duties"]


@pytest.mark.parametrize(
    ("state", "days", "by", "count"),
    [
        (State.DONE, 13.8, "city", 1),
        (State.FAILED, 13.8, "city", 1),
        (State.DONE, 14.2, "city", 0),
        (State.RUNNING, 1.0, "city", 0),
        (State.DONE, 1.0, "another", 0),
    ],
)
def test_own_files_wait_on_the_page_until_they_are_decided(
    city: Store, state: State, days: float, by: str, count: int
) -> None:
    with city.writing() as session:
        sender = Person(by, Role.EDITOR)
        number = uploads.receive(session, name="表.csv", content=b"x", most_mb=1, by=sender)
        job = uploads.assign(session, number, PREVIEW, by=sender)
        session.get_one(Job, job).state = state.value
        session.get_one(Upload, number).at = utc_now() - timedelta(days=days)
    assert found(city, CITY)["task_imports"].count == count


def test_another_districts_work_is_not_counted(busy: Store) -> None:
    counts = {key: task.count for key, task in found(busy, PUDONG).items() if task.count}
    assert counts == {"task_duties": 1, "task_cards": 1}


def test_a_viewer_is_shown_no_work_he_may_not_do(busy: Store) -> None:
    assert list(found(busy, Person("look", Role.VIEWER))) == ["task_unplaced"]


def test_the_page_links_to_just_the_list_it_counts(busy: Store, planner: FlaskClient) -> None:
    page = planner.get("/desk").text
    assert '<a href="/desk/points?overdue=1">' in page
    assert "最早 2026年2月1日" in page
    assert "66.7%" in page
    english = planner.get("/desk?lang=en").text
    assert "Yellow cards past their day" in english


def test_with_nothing_to_do_the_page_says_so(store: Store) -> None:
    app = create_app(Settings.from_environment({"ZHITU_PLANNER_PASSWORD": "一个口令"}), store)
    client = app.test_client()
    client.post("/sign-in", data={"password": "一个口令"})
    assert "没有等着你的事。" in client.get("/desk").text
