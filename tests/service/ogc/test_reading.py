"""Who may read what, and who may keep it."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.accounts import tokens
from geodata.accounts.roles import Person, Role
from geodata.scenarios.kept import drop, keep
from geodata.scenarios.model import NewPoint
from geodata.store import Store
from service.clock import today
from service.ogc.collections import COLLECTIONS

CLOSED = [one.id for one in COLLECTIONS if one.role is not None]


def test_areas_gaps_and_proposals_take_a_role() -> None:
    assert CLOSED == ["district_areas", "town_areas", "gaps", "proposals"]


@pytest.mark.parametrize("path", ["", "/queryables", "/items", "/items/1"])
@pytest.mark.parametrize("collection", CLOSED)
def test_nobody_reads_them_without_a_sign_in(ogc: FlaskClient, collection: str, path: str) -> None:
    answer = ogc.get(f"/ogc/collections/{collection}{path}")
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")


@pytest.mark.parametrize("collection", CLOSED)
def test_a_viewer_reads_them_and_no_cache_keeps_them(viewer: FlaskClient, collection: str) -> None:
    answer = viewer.get(f"/ogc/collections/{collection}/items")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_viewer_sees_them_listed(viewer: FlaskClient) -> None:
    answer = viewer.get("/ogc/collections")
    found = [one["id"] for one in answer.get_json()["collections"]]
    assert (found, answer.headers["Cache-Control"]) == (
        [one.id for one in COLLECTIONS],
        "private, no-store",
    )


def test_a_token_opens_them_too(app: Flask, layers: Store) -> None:
    with layers.writing() as session:
        token = tokens.make(
            session,
            Person("admin", Role.ADMIN),
            name="GIS",
            role=Role.VIEWER,
            expires_on=today() + timedelta(days=1),
            today=today(),
        )
    bearer = {"Authorization": f"Bearer {token}"}
    answer = app.test_client().get("/ogc/collections/gaps/items", headers=bearer)
    assert (answer.status_code, answer.get_json()["numberMatched"]) == (200, 1)
    wrong = app.test_client().get("/ogc/collections", headers={"Authorization": "Bearer wrong"})
    assert wrong.status_code == 401


def test_gaps_tell_whom_and_how_far(viewer: FlaskClient) -> None:
    found = viewer.get("/ogc/collections/gaps/items").get_json()["features"]
    assert [one["properties"] for one in found] == [
        {
            "name": "园区3",
            "kind": "park",
            "district": "黄浦区",
            "town": "",
            "state": "unknown_clinic_uncovered",
            "priority": False,
            "workers": None,
            "nearest_m": found[0]["properties"]["nearest_m"],
            "nearest": "健康服务点4",
            "sample": False,
        }
    ]
    assert 12_000 < found[0]["properties"]["nearest_m"] < 13_000


def test_demand_sites_tell_nothing_but_where_they_are(ogc: FlaskClient) -> None:
    found = ogc.get("/ogc/collections/demand_sites/items").get_json()["features"]
    assert [one["properties"] for one in found[:2]] == [
        {"name": "园区0", "kind": "mall", "district": "黄浦区"},
        {"name": "园区1", "kind": "park", "district": "黄浦区"},
    ]


def test_few_sites_have_no_share(ogc: FlaskClient) -> None:
    answer = ogc.get("/ogc/collections/districts/items?limit=20").get_json()
    shares = {one["id"]: one["properties"]["share"] for one in answer["features"]}
    assert {code for code, share in shares.items() if share is not None} == {"310101"}
    assert [one["geometry"] for one in answer["features"]] == [None] * 16


def test_outlines_come_in_the_system_asked_for(viewer: FlaskClient) -> None:
    crs = "http://www.opengis.net/def/crs/EPSG/0/4490"
    path = (
        f"/ogc/collections/district_areas/items?limit=20&crs={crs}&bbox=121.47,31.22,121.48,31.23"
    )
    found = viewer.get(path).get_json()
    (lat, lon), *_ = found["features"][0]["geometry"]["coordinates"][0]
    assert [one["id"] for one in found["features"]] == ["310101"]
    assert (31 < lat < 32, 121 < lon < 122) == (True, True)


def test_proposals_follow_the_scenarios_at_once(viewer: FlaskClient, layers: Store) -> None:
    path = "/ogc/collections/proposals/items"
    before = viewer.get(path)
    with layers.writing() as session:
        keep(session, "东边", [NewPoint("新点", 121.5, 31.2, half_days=2.0)])
    after = viewer.get(path, headers={"If-None-Match": before.headers["ETag"]})
    with layers.writing() as session:
        drop(session, "东边")
    (found,) = after.get_json()["features"]
    assert (before.get_json()["features"], found["id"], found["properties"]) == (
        [],
        "东边-1",
        {
            "name": "新点",
            "scenario": "东边",
            "kind": "health_point",
            "district": "浦东新区",
            "half_days": 2.0,
            "operator": "",
        },
    )
