"""The city as it stood: statuses replayed, and what changed between two dates."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from geodata.answers.answer import answer
from geodata.answers.as_of import city_at, records_from
from geodata.answers.change import compare
from geodata.answers.question import Question
from geodata.coverage.gaps import GapState
from geodata.declared import (
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.errors import ParameterError
from geodata.kinds import Clinic, Kind, SiteKind, Status, Tier
from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.queries import change_between, planner_view
from geodata.store import Store
from geodata.tables import StatusChange

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
HERE = Position(121.4710, 31.2349, Level.NUMBER, 90.0, "测试")


def test_a_point_has_the_status_it_had_and_is_not_there_before_its_first(make_city) -> None:
    city = make_city(
        points=[{"status": Status.DELISTED}, {"status": Status.BUILDING}],
        moves=[(1, MARCH, "building"), (1, APRIL, "plaqued"), (1, MAY, "delisted")],
    )
    days = [MARCH - timedelta(days=1), MARCH, APRIL, MAY]
    assert [city_at(city, day).points.status.words for day in days] == [
        ["", "building"],
        ["building", "building"],
        ["plaqued", "building"],
        ["delisted", "building"],
    ]
    assert (records_from(city), records_from(make_city())) == ("2026-03-01", "")


def test_two_moves_of_one_day_end_with_the_last(make_city) -> None:
    city = make_city(points=[{}], moves=[(1, MARCH, "plaqued"), (1, MARCH, "rectifying")])
    assert city_at(city, MARCH).points.status.words == ["rectifying"]


def test_change_says_how_many_workers_were_gained_where(make_city) -> None:
    city = make_city(
        sites=[
            {"workers": 1200.0, "name": "园区"},
            {"workers": 30.0, "east_m": 9000.0, "district": "静安区"},
        ],
        points=[{"status": Status.PLAQUED}],
        moves=[(1, APRIL, "plaqued")],
    )
    before, after = (answer(city, Question(as_of=day)) for day in (MARCH, APRIL))
    found = compare(before, after)
    gained = {gain.key: gain.said.zh for gain in found.districts if gain.gained}
    assert gained == {"黄浦区": "+1,200 名职工"}
    assert (found.city.gained, found.city.said.en) == (1200, "+1,200 workers")
    assert [(s.name, s.workers, s.before, s.after) for s in found.sites] == [
        ("园区", 1200, GapState.GAP, GapState.COVERED)
    ]
    assert compare(after, before).city.said.zh == "-1,200 名职工"
    assert compare(after, after).city.said.zh == "不变"


def test_a_scenario_has_no_past(make_city) -> None:
    city = replace(make_city(), scenario="设想")
    with pytest.raises(ParameterError, match="方案是对现在的设想，不能同时问过去某一天"):
        answer(city, Question(as_of=MARCH))


def records(status: Status) -> tuple[Placed, ...]:
    source = Source("表.xlsx", "表", 3, {}, "stations")
    point = DeclaredService(Kind.HEALTH_POINT, "点", status, Tier.OTHER, half_days_per_week=2)
    place = DeclaredPlace("点", "", "黄浦区", "", (point,), source)
    site = DeclaredSite(
        "园区", SiteKind.PARK, "", "黄浦区", "", source, workers=50, clinic=Clinic.NONE
    )
    return tuple(Placed(one, parse(""), HERE, "黄浦区") for one in (place, site))


def publish(store: Store, status: Status) -> None:
    found = records(status)
    name = status.value * 8
    store.publish(ImportedFile("表.xlsx", name, found, len(found), 0, ("stations",)))


def test_publishing_writes_what_a_date_is_answered_from(any_store: Store) -> None:
    publish(any_store, Status.BUILDING)
    publish(any_store, Status.PLAQUED)
    with any_store.writing() as session:
        moves = session.scalars(select(StatusChange).order_by(StatusChange.id)).all()
        assert [(move.before, move.after) for move in moves] == [
            ("", "building"),
            ("building", "plaqued"),
        ]
        for move, on in zip(moves, (MARCH, APRIL), strict=True):
            session.execute(update(StatusChange).filter_by(id=move.id).values(on=on))
    views = [
        planner_view(any_store, as_of=on)
        for on in (date(2026, 2, 1), MARCH, date(2026, 3, 31), MAY)
    ]
    huangpu = [{d.name: d for d in view.districts}["黄浦区"] for view in views]
    assert [view.totals.share for view in views] == [0.0, 0.0, 0.0, 1.0]
    assert [(d.points, d.in_service) for d in huangpu] == [(0, 0), (1, 0), (1, 0), (1, 1)]
    assert [[s.status.value for p in view.points for s in p.services] for view in views] == [
        [],
        ["building"],
        ["building"],
        ["plaqued"],
    ]
    assert change_between(any_store, MARCH, MAY).city.said.zh == "+50 名职工"
    assert change_between(any_store, MARCH).after.as_of == ""
