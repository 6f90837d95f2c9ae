"""No way leads around the table of moves, and a view as of a date is a replay of the history."""

import shutil
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.answers.as_of import city_at
from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.edits import edit
from geodata.errors import ForbiddenError, NotFoundError, ParameterError
from geodata.inspections.cards import red, resolve, yellow
from geodata.inspections.due import cards
from geodata.inspections.record import InspectionKind, Seen, record
from geodata.kinds import Kind, Status, Tier
from geodata.lifecycle.move import move
from geodata.lifecycle.moves import MOVES
from geodata.model import Reason, Unlocated
from geodata.store import Store
from geodata.tables import Plaque, ServicePoint, StatusChange

START = date(2026, 3, 18)
LEGAL = {(one.before, one.after): one for one in MOVES}
REFUSED = (ForbiddenError, NotFoundError, ParameterError)
PERSONS = st.sampled_from(
    [
        *(Person(role.value, role) for role in Role),
        Person("own", Role.REVIEWER, districts=("黄浦区",)),
        Person("other", Role.REVIEWER, districts=("浦东新区",)),
    ]
)
DAYS = st.sampled_from([0, 0, 0, 0, -1, 1]).map(lambda ahead: timedelta(days=ahead))
REASONS = st.sampled_from(["原因", "原因", ""])


def declared(status: Status, name: str = "甲站") -> Placed:
    service = DeclaredService(Kind.HEALTH_POINT, "", status, Tier.OTHER)
    source = Source("站点.csv", "表", 2, {}, "stations")
    place = DeclaredPlace(name, "", "黄浦区", "", (service,), source)
    return Placed(place, None, Unlocated(Reason.NO_ADDRESS), "黄浦区")


class Life(RuleBasedStateMachine):
    """One service point, pushed about by persons and files on days that run on."""

    @initialize(status=st.sampled_from(Status))
    def begin(self, status: Status) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="zhitu-life-"))
        self.store = Store.open(f"sqlite:///{self.folder / 'zhitu.sqlite'}")
        self.today = START
        self.files = 0
        self.bring(status)
        other = (declared(Status.PLAQUED, "另一处"),)
        self.take(ImportedFile("另.csv", "另", other, 1, 0, ("stations",)))

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    def take(self, file: ImportedFile) -> None:
        self.store.publish(file, at=datetime.combine(self.today, time(4)))

    def history(self) -> list[StatusChange]:
        with self.store.reading() as session:
            return list(
                session.scalars(
                    select(StatusChange).filter_by(service_point_id=1).order_by(StatusChange.id)
                )
            )

    def status(self) -> str:
        with self.store.reading() as session:
            return session.get_one(ServicePoint, 1).status

    @rule()
    def sleep(self) -> None:
        self.today += timedelta(days=1)

    @rule(status=st.sampled_from(Status))
    def bring(self, status: Status) -> None:
        """A file may move what no person has moved, and never back to declared."""
        before = self.history()
        self.files += 1
        self.take(
            ImportedFile("站点.csv", str(self.files), (declared(status),), 1, 0, ("stations",))
        )
        new = self.history()[len(before) :]
        settled = any(change.by for change in before)
        stays = bool(before) and (settled or status in {before[-1].after, Status.DECLARED})
        assert [(one.after, one.by) for one in new] == ([] if stays else [(status, "")])

    @rule(to=st.sampled_from(Status), by=PERSONS, ahead=DAYS, reason=REASONS)
    def move(self, to: Status, by: Person, ahead: timedelta, reason: str) -> None:
        self.move_to(to, by, ahead, reason)

    def move_to(self, to: Status, by: Person, ahead: timedelta, reason: str) -> None:
        self.push(
            lambda session, on: move(
                session,
                1,
                to,
                on=on,
                reason=reason,
                by=by,
                new_place_id=2,
                today=self.today,
            ),
            ahead,
        )

    @rule(pick=st.integers(0, 3), by=PERSONS)
    def move_on(self, pick: int, by: Person) -> None:
        """A move that the table has, so that histories grow long."""
        ways = [move.after for move in MOVES if move.before == self.status()]
        self.move_to(ways[pick % len(ways)], by, timedelta(0), "原因")

    @rule(by=PERSONS, ahead=DAYS, reason=REASONS)
    def yellow(self, by: Person, ahead: timedelta, reason: str) -> None:
        self.push(
            lambda session, on: yellow(
                session,
                1,
                on=on,
                due_on=on + timedelta(days=7),
                reason=reason,
                by=by,
                today=self.today,
            ),
            ahead,
        )

    @rule(by=PERSONS, ahead=DAYS, reason=REASONS)
    def red(self, by: Person, ahead: timedelta, reason: str) -> None:
        self.push(
            lambda session, on: red(session, 1, on=on, reason=reason, by=by, today=self.today),
            ahead,
        )

    @rule(by=PERSONS, kind=st.sampled_from(InspectionKind), passed=st.booleans(), ahead=DAYS)
    def inspect(self, by: Person, kind: InspectionKind, passed: bool, ahead: timedelta) -> None:
        def look(session, on):  # type: ignore[no-untyped-def]
            seen = Seen(kind, on, "区总工会", passed=passed)
            number = record(session, 1, seen, by=by, today=self.today)
            resolve(session, 1, number, on=on, by=by, today=self.today)

        self.push(look, ahead)

    @rule(status=st.sampled_from(Status))
    def edit(self, status: Status) -> None:
        self.push(
            lambda session, _: edit(session, ServicePoint, 1, "status", status.value, by="甲"),
            timedelta(0),
        )

    @rule()
    def hang(self) -> None:
        with self.store.writing() as session:
            session.add(Plaque(service_point_id=1, on=self.today, by="city"))

    def push(self, act, ahead: timedelta) -> None:  # type: ignore[no-untyped-def]
        """Try it; a refusal leaves no trace, an act leaves one legal move."""
        before = self.history()
        try:
            with self.store.writing() as session:
                act(session, self.today + ahead)
        except REFUSED:
            assert len(self.history()) == len(before)
            return
        (made,) = self.history()[len(before) :]
        assert made.by
        assert made.on <= self.today
        if made.before == made.after:
            assert made.after == Status.RECTIFYING
            return
        rule_of = LEGAL[Status(made.before), Status(made.after)]
        role = Role.REVIEWER if made.by in {"own", "other"} else Role(made.by)
        assert rule_of.may(role, everywhere=made.by != "own")
        assert made.by != "other"
        assert made.reason or not rule_of.reason

    @invariant()
    def history_is_one_chain_that_ends_here(self) -> None:
        if not hasattr(self, "store"):
            return
        changes = self.history()
        assert [one.before for one in changes] == ["", *(one.after for one in changes[:-1])]
        assert changes[-1].after == self.status()
        assert [one.on for one in changes] == sorted(one.on for one in changes)

    @invariant()
    def a_card_is_open_only_while_it_is_mended(self) -> None:
        if not hasattr(self, "store"):
            return
        with self.store.reading() as session:
            still_open = cards(session, only_open=True)
        assert len(still_open) <= 1
        assert not still_open or self.status() == Status.RECTIFYING

    @invariant()
    def a_view_as_of_any_day_is_a_replay(self) -> None:
        if not hasattr(self, "store"):
            return
        changes, city = self.history(), self.store.city()
        for ahead in range(-1, (self.today - START).days + 1):
            day = START + timedelta(days=ahead)
            replayed = [one.after for one in changes if one.on <= day][-1:] or [""]
            assert city_at(city, day).points.status.words[:1] == replayed


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
