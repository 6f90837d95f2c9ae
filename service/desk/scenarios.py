"""Scenarios: what was tried out, two of them side by side, renamed and dropped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.audit import record
from geodata.accounts.hidden import hidden_points, unnamed
from geodata.accounts.roles import Role
from geodata.answers.change import Comparison, Gain, SiteChange, compare
from geodata.answers.question import Question
from geodata.answers.words import STATE_LABELS, Said
from geodata.errors import ForbiddenError, ParameterError
from geodata.queries import ask
from geodata.scenarios import kept
from geodata.scenarios.model import NewPoint, Open, Upgrade
from geodata.scenarios.words import said
from geodata.store import Store
from service.desk.pages import desk_page
from service.free_text import typed_line
from service.guard import needs, person
from service.request import link_of
from service.settings import Settings

# City, district and operator pay alike for one: 沪工总 2023, 1.5 and 1.0 (万元) from the city.
NEW_10K, UPGRADE_10K, LAYERS = 1.5, 1.0, 3
TODAY = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One scenario against the data as they are; `share` is 0 to 1, None without a count."""

    name: str
    note: str
    by: str
    new: int
    upgraded: int
    gain: Gain
    changes: tuple[Said, ...]

    @property
    def share(self) -> float | None:
        return self.gain.after.tally.share

    @property
    def city_10k(self) -> float:
        """What the city pays, in 10,000 yuan, at the prices of the 2023 notice."""
        return self.new * NEW_10K + self.upgraded * UPGRADE_10K


@dataclass(frozen=True, slots=True)
class Row:
    """One district under each of the scenarios."""

    name: str
    gains: tuple[Gain | None, ...]


def blueprint(_settings: Settings, store: Store) -> Blueprint:
    """`/desk/scenarios`."""
    pages = Blueprint("scenarios", __name__, url_prefix="/desk/scenarios")

    @pages.get("")
    @needs(Role.VIEWER)
    def all_of_them() -> Response:
        with store.reading() as session:
            names = [one.name for one in kept.scenarios(session)]
        columns = [_column(store, name) for name in names]
        mine = [one for one in columns if _is_his(one.by)]
        return desk_page("desk/scenarios.html", here="scenarios", columns=columns, mine=mine)

    @pages.get("/compare")
    @needs(Role.VIEWER)
    def side_by_side() -> Response:
        names = _chosen(request.args.getlist("name"))
        found = [_against_today(store, name) for name in names]
        return desk_page(
            "desk/scenarios_compare.html",
            here="scenarios",
            columns=[_column(store, name, one) for name, one in zip(names, found, strict=True)],
            now=found[0].city.before,
            rows=_rows(found),
            differing=_between(store, names),
            layers=LAYERS,
            states=STATE_LABELS,
        )

    _changes(pages, store)
    return pages


def _changes(pages: Blueprint, store: Store) -> None:
    @pages.post("/rename")
    @needs(Role.EDITOR)
    def rename() -> BaseResponse:
        name, to = request.form.get("name", ""), typed_line(request.form, "to")
        with store.writing() as session:
            _must_be_his(session, name)
            made = kept.rename(session, name, to)
            _record(session, "scenario.rename", {"before": name, "after": made.name})
        return redirect(link_of(request)("/desk/scenarios"), 303)

    @pages.post("/delete")
    @needs(Role.EDITOR)
    def delete() -> BaseResponse:
        name = request.form.get("name", "")
        with store.writing() as session:
            _must_be_his(session, name)
            kept.drop(session, name)
            _record(session, "scenario.delete", {"before": name})
        return redirect(link_of(request)("/desk/scenarios"), 303)


def _record(session: Session, action: str, detail: dict[str, str]) -> None:
    record(session, by=person().login, action=action, table="scenario", detail=detail)


def _is_his(by: str) -> bool:
    """Whether he may change what somebody kept: it is his own, or he works for the whole city."""
    return by == person().login or person().everywhere


def _must_be_his(session: Session, name: str) -> None:
    if not _is_his(kept.scenario(session, name).by):
        raise ForbiddenError("这个方案是别人存的，你的账号不能改。")


def _chosen(names: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(name for name in names if name))
    if not 1 <= len(found) <= 2:
        raise ParameterError("请选一个或两个方案来比。")
    return found


def _against_today(store: Store, name: str) -> Comparison:
    return compare(ask(store, Question()), ask(store, Question(), scenario=name))


def _column(store: Store, name: str, found: Comparison | None = None) -> Column:
    found = found or _against_today(store, name)
    with store.reading() as session:
        one, hidden = kept.scenario(session, name), hidden_points(session, person())
    city = unnamed(store.city(), hidden)
    return Column(
        name=one.name,
        note=one.note,
        by=one.by,
        new=sum(isinstance(change, NewPoint | Open) for change in one.changes),
        upgraded=sum(isinstance(change, Upgrade) for change in one.changes),
        gain=found.city,
        changes=tuple(said(change, city) for change in one.changes),
    )


def _rows(found: Sequence[Comparison]) -> list[Row]:
    """Districts in which anything changes, the most gained first."""
    by_name = [{gain.key: gain for gain in one.districts} for one in found]
    names = dict.fromkeys(name for gains in by_name for name in gains)
    rows = [Row(name, tuple(gains.get(name) for gains in by_name)) for name in names]
    return sorted(rows, key=_most_gained, reverse=True)


def _most_gained(row: Row) -> int:
    return max(abs(gain.gained) if gain else 0 for gain in row.gains)


def _between(store: Store, names: Sequence[str]) -> Iterable[SiteChange]:
    """Sites that stand otherwise: under the two scenarios, or today and under the one."""
    before, after = (TODAY, *names)[-2:]
    return compare(*(ask(store, Question(), scenario=name) for name in (before, after))).sites
