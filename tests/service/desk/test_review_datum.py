"""A file whose coordinates look like another datum: asked above the queue, answered once."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.accounts.roles import Role
from geodata.geodesy import geodesic_m
from geodata.model import Datum
from geodata.place.datum import convert
from geodata.review.queue import ref_of
from geodata.store import Store
from geodata.tables import AuditEvent, DatumAnswer, DemandSite
from service.app import create_app
from service.settings import Settings
from service.workshop import import_file, locator

AsPerson = Callable[..., FlaskClient]
DOORS, ALL = 12, 20
HEADER = "名称,类型,区,地址,职工数,经度,纬度,坐标系"
RNG = np.random.default_rng(3)
SPOTS = np.column_stack([RNG.uniform(121.42, 121.46, ALL), RNG.uniform(31.20, 31.24, ALL)])


@pytest.fixture
def gazetteer(tmp_path: Path) -> Path:
    rows = [
        f"测试路{n}号,{lon:.6f},{lat:.6f},WGS-84,number,60"
        for n, (lon, lat) in enumerate(SPOTS[:DOORS].tolist(), start=1)
    ]
    path = tmp_path / "地名.csv"
    path.write_text("\n".join(("address,lng,lat,datum,level,error_m", *rows)), encoding="utf-8")
    return path


@pytest.fixture
def city(tmp_path: Path, gazetteer: Path) -> Iterator[Store]:
    """Twenty parks whose GCJ-02 coordinates say WGS-84."""
    pairs = convert(SPOTS[:, 0], SPOTS[:, 1], source=Datum.WGS84, target=Datum.GCJ02)
    rows = [
        f"园区{n},园区,,测试路{n}号,100,{lon:.6f},{lat:.6f},WGS-84"
        for n, (lon, lat) in enumerate(np.column_stack(pairs).tolist(), start=1)
    ]
    path = tmp_path / "园区.csv"
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    with closing(Store.open(f"sqlite:///{tmp_path / 'datum.sqlite'}")) as store:
        import_file(path, store, locator(store, (gazetteer,)))
        yield store


@pytest.fixture
def make_app(city: Store, gazetteer: Path) -> Callable[..., Flask]:
    environ = {"ZHITU_PLANNER_PASSWORD": "一个口令", "ZHITU_GAZETTEERS": str(gazetteer)}
    return lambda: create_app(Settings.from_environment(environ), city)


def worst_m(store: Store) -> float | None:
    """How far the worst park lies from the truth; None when any is off the map."""
    with store.reading() as session:
        sites = session.scalars(select(DemandSite).order_by(DemandSite.id)).all()
        if any(site.lon is None for site in sites):
            return None
        found = np.array([(site.lon, site.lat) for site in sites])
    return float(geodesic_m(found[:, 0], found[:, 1], SPOTS[:, 0], SPOTS[:, 1]).max())


def answers(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(DatumAnswer.datum)))


def answer(client: FlaskClient, datum: str, run: int = 1) -> int:
    return client.post(f"/desk/review/datum/{run}", data={"datum": datum}).status_code


def test_the_question_stands_above_the_queue_with_its_evidence(planner: FlaskClient) -> None:
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", planner.get("/desk/review").text))
    assert "“园区.csv”的坐标像是 GCJ-02" in page
    told = re.search(
        r"能核对的 12 处里，12 处按 GCJ-02 才相符；按 WGS-84 整体偏了 4\d\d 米。", page
    )
    assert (told is not None, "20 条记录等这个回答，先没有上图。" in page) == (True, True)


def test_one_answer_converts_the_whole_file(planner: FlaskClient, city: Store) -> None:
    assert worst_m(city) is None
    assert answer(planner, "GCJ-02") == 303
    worst = worst_m(city)
    assert (worst is not None and worst < 1.0, answers(city)) == (True, ["GCJ-02"])
    assert "的坐标像是" not in planner.get("/desk/review").text
    with city.reading() as session:
        events = session.scalars(select(AuditEvent)).all()
        told = [(one.action, one.by, one.record_id, one.detail) for one in events]
    assert told == [("review.datum", "admin", 1, {"datum": "GCJ-02", "records": ALL})]
    assert answer(planner, "GCJ-02") == 404


def test_the_answer_can_be_that_the_file_is_right(planner: FlaskClient, city: Store) -> None:
    assert answer(planner, "WGS-84") == 303
    assert (answers(city), "的坐标像是" in planner.get("/desk/review").text) == (["WGS-84"], False)


@pytest.mark.parametrize(("datum", "run", "status"), [("火星", 1, 400), ("GCJ-02", 9, 404)])
def test_what_is_no_answer_is_refused(
    planner: FlaskClient, datum: str, run: int, status: int
) -> None:
    assert answer(planner, datum, run) == status


def test_who_does_not_reach_the_whole_file_cannot_answer_for_it(
    as_person: AsPerson, city: Store
) -> None:
    with city.writing() as session:
        for site in session.scalars(select(DemandSite)):
            site.district_declared = "静安区" if site.id > 1 else "黄浦区"
    statuses = [
        answer(as_person(role, login=f"p{n}", districts=districts), "GCJ-02")
        for n, (role, districts) in enumerate(
            (
                (Role.REVIEWER, ("静安区",)),
                (Role.REVIEWER, ("金山区",)),
                (Role.EDITOR, ()),
                (Role.REVIEWER, ("静安区", "黄浦区")),
            )
        )
    ]
    assert statuses == [403, 404, 403, 303]


def test_undoing_a_decision_leaves_the_batch_in_doubt(planner: FlaskClient, city: Store) -> None:
    with city.reading() as session:
        last = session.scalars(select(DemandSite).order_by(DemandSite.id.desc())).first()
        assert last is not None
        before, ref = (last.lon, last.reason), ref_of(last.canonical)
    page = planner.get(f"/desk/review/{ref}").text
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    planner.post(f"/desk/review/{ref}/pick", data={"seen": seen[1], "n": "1"})
    assert len(city.decisions()) == 1
    planner.post(f"/desk/review/{ref}/undo")
    with city.reading() as session:
        site = session.get(DemandSite, ALL)
        assert site is not None
        assert ((site.lon, site.reason), before) == ((None, "review"), (None, "review"))
    assert "20 条记录等这个回答" in planner.get("/desk/review").text
