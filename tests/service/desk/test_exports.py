"""Files of points: public ones for everybody, an office's own within its reach, audited."""

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pyogrio
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from geodata.accounts.roles import Role
from geodata.store import Store
from geodata.tables import AuditEvent, ServicePoint
from geodata.version import grow_version
from service.desk.exports import FORMATS, MADE_A_MINUTE


@pytest.fixture
def with_draft(city: Store) -> Store:
    """The rest room of 黄浦区 is only declared."""
    with city.writing() as session:
        room = session.scalars(select(ServicePoint).filter_by(kind="rest_room")).one()
        room.status, room.workers = "declared", 120
        grow_version(session)
    return city


def names(data: bytes) -> list[str]:
    return [row["名称"] for row in csv.DictReader(StringIO(data.decode("utf-8-sig")))]


def test_the_public_file_holds_public_points_only(with_draft: Store, client: FlaskClient) -> None:
    answer = client.get("/exports/points.csv")
    assert names(answer.data) == ["示例・广场驿站", "示例・广场驿站", "张江健康服务点", "无址书屋"]
    assert "职工数" not in answer.text
    assert answer.headers["Content-Disposition"] == 'attachment; filename="zhitu-points.csv"'


def test_the_public_file_takes_the_filters_of_the_list(
    with_draft: Store, client: FlaskClient
) -> None:
    found = json.loads(client.get("/exports/points.geojson?kind=health_point").data)
    assert [one["properties"]["name"] for one in found["features"]] == ["张江健康服务点"]
    assert client.get("/exports/points.geojson?kind=pub").status_code == 400


def test_the_desk_file_holds_drafts_and_leaves_an_audit_row(
    with_draft: Store, planner: FlaskClient
) -> None:
    assert "福州路休息室" in names(planner.get("/desk/exports/points.csv").data)
    with with_draft.reading() as session:
        kept = session.scalars(select(AuditEvent).filter_by(action="points.export")).one()
        assert (kept.by, kept.detail) == ("admin", {"format": "csv"})


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_a_file_of_its_kind(
    city: Store, planner: FlaskClient, tmp_path: Path, suffix: str
) -> None:
    answer = planner.get(f"/desk/exports/points.{suffix}")
    assert answer.status_code == 200
    path = tmp_path / f"points.{suffix}"
    path.write_bytes(answer.data)
    if suffix == "xlsx":
        assert load_workbook(BytesIO(answer.data)).active.max_row == 6
    elif suffix != "csv":
        assert pyogrio.read_info(path)["features"] == {"kml": 4, "fgb": 4}.get(suffix, 5)


def test_there_is_no_other_format(planner: FlaskClient) -> None:
    assert planner.get("/exports/points.pdf").status_code == 404
    assert planner.get("/desk/exports/points.exe").status_code == 404


def test_an_editors_file_leaves_out_other_districts_drafts(
    with_draft: Store, as_person: Callable[..., FlaskClient]
) -> None:
    pudong = as_person(Role.EDITOR, districts=("浦东新区",))
    huangpu = as_person(Role.VIEWER, districts=("黄浦区",))
    found = [
        "福州路休息室" in names(who.get("/desk/exports/points.csv").data)
        for who in (pudong, huangpu)
    ]
    assert found == [False, True]


@pytest.mark.parametrize("suffix", FORMATS)
def test_who_asks_for_ever_other_files_has_to_wait(
    city: Store, client: FlaskClient, suffix: str
) -> None:
    path = f"/exports/points.{suffix}"
    # The same points are the same file, whatever was asked.
    same = {client.get(f"{path}?radius={n}").status_code for n in range(50, 80)}
    assert same == {200}
    answers = []
    for _ in range(MADE_A_MINUTE // 2):
        with city.writing() as session:
            grow_version(session)
        answers.append(client.get(path).status_code)
    # One was made for the thirty above.
    assert answers == [200] * (MADE_A_MINUTE // 2 - 1) + [429]
    others = client.get(path, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert (others.status_code, len(others.data)) == (200, others.content_length)
    assert client.get("/").status_code == 200
