"""The planner's questions, answered from the database: who is covered, where lunch is hard.

Rows become arrays once a data version (`Store.city`), the arithmetic of `geodata.coverage` runs
on them, and frozen rows come back; the map, the command line and the API all show these rows.
"""

from datetime import date

from sqlalchemy.orm import Session

from geodata.answers.answer import Answer, answer
from geodata.answers.load import load_city
from geodata.answers.question import Hour, Question
from geodata.answers.why import WhySheet, why
from geodata.coverage import gaps
from geodata.coverage.walking import ESTIMATE, Walking
from geodata.coverage_rows import view_of
from geodata.store import Store
from geodata.views import PlannerView


def planner_view(
    store: Store,
    *,
    radius_m: float = gaps.RADIUS_M,
    count_rectifying: bool = False,
    hour: Hour | None = None,
    as_of: date | None = None,
    walking: Walking = ESTIMATE,
) -> PlannerView:
    """Coverage under one walking radius in metres, at an hour of the week, as of a date."""
    asked = Question(radius_m, count_rectifying, hour, as_of)
    return view_of(ask(store, asked, walking=walking))


def view_in(
    session: Session,
    *,
    radius_m: float = gaps.RADIUS_M,
    count_rectifying: bool = False,
    walking: Walking = ESTIMATE,
) -> PlannerView:
    """The same inside a transaction, so that a change can be looked at before it is kept."""
    asked = Question(radius_m, count_rectifying)
    return view_of(answer(load_city(session), asked, walking=walking))


def ask(store: Store, asked: Question, *, walking: Walking = ESTIMATE) -> Answer:
    """One question to the newest data."""
    return answer(store.city(), asked, walking=walking)


def why_sheet(
    store: Store, site_id: int, asked: Question | None = None, *, walking: Walking = ESTIMATE
) -> WhySheet:
    """Why a site stands as it does.

    Raises:
        NotFoundError: no site has this id.
    """
    return why(ask(store, asked or Question(), walking=walking), site_id, walking=walking)
