"""The planner's questions, answered from the database: who is covered, where lunch is hard.

Rows become arrays once a data version (`Store.city`), the arithmetic of `geodata.coverage` runs
on them, and frozen rows come back; the map, the command line and the API all show these rows.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from geodata.answers.answer import Answer, answer
from geodata.answers.change import Comparison, compare
from geodata.answers.load import load_city
from geodata.answers.question import Hour, Question
from geodata.answers.why import WhySheet, why
from geodata.coverage import gaps
from geodata.coverage.walking import ESTIMATE, Walking
from geodata.coverage_rows import view_of
from geodata.scenarios.apply import apply
from geodata.scenarios.kept import scenario as kept_scenario
from geodata.store import Store
from geodata.views import PlannerView


def planner_view(
    store: Store,
    *,
    radius_m: float = gaps.RADIUS_M,
    count_rectifying: bool = False,
    hour: Hour | None = None,
    as_of: date | None = None,
    scenario: str = "",
) -> PlannerView:
    """Coverage under one walking radius in metres, at an hour of the week, as of a date.

    Raises:
        NotFoundError: no scenario has this name, or it names what is not there.
        ParameterError: a scenario has no past.
    """
    asked = Question(radius_m, count_rectifying, hour, as_of)
    return view_of(ask(store, asked, scenario=scenario))


def view_in(
    session: Session,
    *,
    radius_m: float = gaps.RADIUS_M,
    count_rectifying: bool = False,
    walking: Walking = ESTIMATE,
) -> PlannerView:
    """The same inside a transaction, so that a change can be looked at before it is kept."""
    asked = Question(radius_m, count_rectifying)
    return view_of(answer(load_city(session, walking=walking), asked))


def ask(store: Store, asked: Question, *, scenario: str = "") -> Answer:
    """One question to the newest data, or to what a kept scenario makes of it."""
    city = store.city()
    if scenario:
        with store.reading() as session:
            kept = kept_scenario(session, scenario)
        city = apply(kept.changes, city, name=kept.name)
    return answer(city, asked)


def why_sheet(
    store: Store,
    site_id: int,
    asked: Question | None = None,
    *,
    scenario: str = "",
    hidden: Collection[int] = (),
) -> WhySheet:
    """Why a site stands as it does; points of the `hidden` ids are not named.

    Raises:
        NotFoundError: no site has this id.
    """
    found = ask(store, asked or Question(), scenario=scenario)
    return why(found, site_id, hidden=hidden)


def change_between(
    store: Store,
    since: date,
    until: date | None = None,
    *,
    asked: Question | None = None,
) -> Comparison:
    """What changed between two dates; without a second one until now."""
    asked = asked or Question()
    before, after = (replace(asked, as_of=on) for on in (since, until))
    return compare(ask(store, before), ask(store, after))


def compare_scenario(
    store: Store,
    name: str,
    *,
    beside: str = "",
    asked: Question | None = None,
) -> Comparison:
    """A kept scenario after the data as they are, or after another scenario."""
    asked = asked or Question()
    before = ask(store, asked, scenario=beside)
    return compare(before, ask(store, asked, scenario=name))
