"""The desk's first page: what waits for this person today, and how many workers are covered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, Response, request
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from geodata.accounts.roles import Person, Role
from geodata.answers.question import Question
from geodata.duplicates.pending import open_duplicates
from geodata.duty.rules import State as DutyState
from geodata.duty.store import point_duties
from geodata.feedback.reports import reports
from geodata.inspections.due import cards, overdue
from geodata.model import Level
from geodata.moments import day_of, utc_now
from geodata.review.datums import datum_questions
from geodata.review.queue import queue
from geodata.review.reach import reaches
from geodata.screen import Screen, screen
from geodata.store import Store
from geodata.tables import DemandSite, LunchOutlet, Place
from maps.coverage_page import numbers
from service.clock import today
from service.desk.imports_view import history
from service.desk.pages import desk_page
from service.guard import needs, person
from service.params import since
from service.request import words_of
from service.settings import Settings

_OPEN = {"ready", "failed"}
_POINTS = [level.value for level in Level if level.is_point]
_LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of work: how much of it waits, since when, and where to do it.

    `oldest` is None where nothing waits or nobody wrote down since when.
    """

    key: str
    path: str
    count: int
    oldest: date | None = None
    urgent: bool = False
    role: Role = Role.EDITOR
    query: dict[str, str] | None = None


Find = Callable[[Session, Person], Task]


def blueprint(_settings: Settings, store: Store) -> Blueprint:
    """`/desk`."""
    pages = Blueprint("home", __name__)

    @pages.get("/desk")
    @needs(Role.VIEWER)
    def home() -> Response:
        with store.reading() as session:
            tasks = waiting(session, person())
        found = _coverage(store)
        return desk_page(
            "desk/home.html",
            here="home",
            todo=[task for task in tasks if task.count],
            done=[task for task in tasks if not task.count],
            numbers=numbers(found, words_of(request))[:4],
            compared=found.change is not None,
            records_from=found.records_from,
            day=today(),
        )

    return pages


def waiting(session: Session, who: Person) -> list[Task]:
    """All kinds of work this person may do, those past their day first."""
    tasks = [task for find in FINDERS if who.role.may((task := find(session, who)).role)]
    return sorted(tasks, key=lambda task: not (task.urgent and task.count))


def _coverage(store: Store) -> Screen:
    """Today beside the end of the month before."""
    return screen(store, Question(), since=since({"since": "month"}, today()))


def _review(session: Session, who: Person) -> Task:
    items = queue(session, by=who)
    return Task("task_review", "/desk/review", len(items), _first(one.since for one in items))


def _datums(session: Session, who: Person) -> Task:
    return Task("task_datums", "/desk/review", len(datum_questions(session, by=who)), urgent=True)


def _duplicates(session: Session, who: Person) -> Task:
    tables = (Place, DemandSite, LunchOutlet)
    count = sum(open_duplicates(session, table, limit=0, by=who)[1] for table in tables)
    return Task("task_duplicates", "/desk/duplicates", count)


def _unplaced(session: Session, who: Person) -> Task:
    rows = session.scalars(
        select(Place).where(or_(Place.level.is_(None), Place.level.not_in(_POINTS)))
    )
    count = sum(reaches(who, [row]) for row in rows)
    return Task("task_unplaced", "/desk/points", count, query={"unplaced": "1"}, role=Role.VIEWER)


def _overdue_cards(session: Session, who: Person) -> Task:
    found = [one for one in overdue(session, today()) if who.reaches(one.district, one.union)]
    oldest = _first(one.due_on for one in found if one.due_on)
    query = {"overdue": "1"}
    return Task("task_overdue", "/desk/points", len(found), oldest, urgent=True, query=query)


def _cards(session: Session, who: Person) -> Task:
    """Yellow cards that still have time."""
    day = today()
    found = [
        one
        for one in cards(session, only_open=True)
        if who.reaches(one.district, one.union) and not one.days_over(day)
    ]
    oldest = _first(one.on for one in found)
    return Task("task_cards", "/desk/points", len(found), oldest, query={"status": "rectifying"})


def _duties(session: Session, who: Person) -> Task:
    """Points with a half-day, visit or lecture past its day."""
    late = [
        [one.due_by for one in point.standings if one.state is DutyState.OVERDUE]
        for point in point_duties(session, today=today())
        if who.reaches(point.district)
    ]
    found = [min(days) for days in late if days]
    query = {"kind": "health_point"}
    return Task("task_duties", "/desk/points", len(found), _first(found), urgent=True, query=query)


def _feedback(session: Session, who: Person) -> Task:
    found = reports(session, who)
    return Task("task_feedback", "/desk/feedback", len(found), _first(one.at for one in found))


def _imports(session: Session, who: Person) -> Task:
    """Own files that wait for a decision, or could not be read, of late."""
    since_when = utc_now() - _LATELY
    found = [
        one.at
        for one in history(session, who)
        if one.by == who.login and one.state in _OPEN and one.at > since_when
    ]
    return Task("task_imports", "/desk/imports", len(found), _first(found))


FINDERS: tuple[Find, ...] = (
    _overdue_cards,
    _duties,
    _datums,
    _review,
    _feedback,
    _imports,
    _duplicates,
    _cards,
    _unplaced,
)


def _first(days: Iterable[date | datetime]) -> date | None:
    """The earliest day; moments are in UTC and count by the day in Beijing."""
    plain = [_day(one) for one in days]
    return min(plain, default=None)


def _day(one: date | datetime) -> date:
    return day_of(one) if isinstance(one, datetime) else one
