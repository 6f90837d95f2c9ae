"""How points stand in consumer maps, and the GCJ-02 file those are given."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from geodata.accounts.roles import Person, Role
from geodata.geodesy import geodesic_m
from geodata.listings.listed import App, Count, Listed, counted, listings
from geodata.store import Store
from service.clock import today

PAGE = "/desk/reports/listings"
CITY = Person("city", Role.EDITOR)


def filled(**changes: str) -> dict[str, str]:
    return {"app": "amap", "state": "wrong", "on": today().isoformat(), "note": "门牌错"} | changes


def ids(store: Store) -> dict[str, int]:
    with store.reading() as session:
        return {one.name: one.service_id for one in listings(session, CITY)}


def test_what_nobody_looked_up_is_not_missing(city: Store, planner: FlaskClient) -> None:
    with city.reading() as session:
        rows = {row.district: row for row in counted(listings(session, CITY))}
    assert rows["黄浦区"].apps[App.AMAP] == Count(unknown=4)
    assert "没查" in planner.get(f"{PAGE}?district=黄浦区").text


def test_what_was_found_is_kept_with_its_day(city: Store, planner: FlaskClient) -> None:
    room = ids(city)["福州路休息室"]
    assert planner.post(f"{PAGE}/{room}", data=filled()).status_code == 303
    assert (
        planner.post(f"{PAGE}/{room}", data=filled(app="baidu", state="listed")).status_code == 303
    )
    planner.post(f"{PAGE}/{room}", data=filled(state="not_listed", note=""))
    with city.reading() as session:
        found = {one.service_id: one for one in listings(session, CITY)}[room].seen
    assert {app: (seen.state, seen.on, seen.note) for app, seen in found.items()} == {
        App.AMAP: (Listed.NO, today(), ""),
        App.BAIDU: (Listed.YES, today(), "门牌错"),
    }


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"app": "osm"}, 400),
        ({"state": "perhaps"}, 400),
        ({"on": (today() + timedelta(days=2)).isoformat()}, 400),
        ({"on": "昨天"}, 400),
        ({"note": "长" * 121}, 400),
    ],
)
def test_a_wrong_note_is_refused(
    city: Store, planner: FlaskClient, changes: dict[str, str], status: int
) -> None:
    room = ids(city)["福州路休息室"]
    assert planner.post(f"{PAGE}/{room}", data=filled(**changes)).status_code == status
    assert planner.post(f"{PAGE}/999", data=filled()).status_code == 404


def test_an_editor_notes_and_sees_his_own_district_only(
    city: Store, as_person: Callable[..., FlaskClient]
) -> None:
    pudong = as_person(Role.EDITOR, districts=("浦东新区",))
    points = ids(city)
    assert pudong.post(f"{PAGE}/{points['福州路休息室']}", data=filled()).status_code == 404
    assert pudong.post(f"{PAGE}/{points['张江健康服务点']}", data=filled()).status_code == 303
    assert "福州路" not in pudong.get(f"{PAGE}?district=黄浦区").text


def test_the_file_is_in_gcj02_and_leaves_out_wide_errors(city: Store, planner: FlaskClient) -> None:
    text = planner.get(f"{PAGE}/submission.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["名称"] for row in rows] == ["示例・广场驿站", "示例・广场驿站", "张江健康服务点"]
    assert (rows[0]["坐标系"], rows[0]["开放时间"]) == ("GCJ-02", "8:00–20:00")
    # GCJ-02 lies 456 to 500 m from WGS-84 everywhere in the city.
    lon, lat = float(rows[0]["经度（GCJ-02）"]), float(rows[0]["纬度（GCJ-02）"])
    assert 456 < geodesic_m(121.4710, 31.2349, lon, lat) < 500
    sheet = load_workbook(BytesIO(planner.get(f"{PAGE}/submission.xlsx").data)).active
    assert sheet.max_row == 4
    assert planner.get(f"{PAGE}/submission.pdf").status_code == 404
