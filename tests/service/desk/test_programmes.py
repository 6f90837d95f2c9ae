"""The programmes page: aims, what came of them, what is unknown, and who may set aims."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from geodata.store import Store
from geodata.tables import AuditEvent, ServicePoint

PAGE = "/desk/programmes/2023"


@pytest.fixture
def one_new_point(city: Store) -> Store:
    """The health point of the sample city is a new one of 2023."""
    with city.writing() as session:
        row = session.scalars(select(ServicePoint).filter_by(kind="health_point")).one()
        row.year, row.works = 2023, "new"
    return city


def test_the_newest_year_is_shown_first(planner: FlaskClient) -> None:
    assert planner.get("/desk/programmes").headers["Location"] == "/desk/programmes/2024"


def test_a_year_tells_what_is_plaqued_and_which_districts_lack(
    one_new_point: Store, planner: FlaskClient
) -> None:
    page = planner.get(PAGE).text
    assert "已挂牌 1 / 目标 20" in page
    assert "15 个区申报不足 1 个。" in page
    assert "解决了几处还算不出" in page


def test_the_workbook_holds_numbers_and_every_district(
    one_new_point: Store, planner: FlaskClient
) -> None:
    answer = planner.get(f"{PAGE}.xlsx")
    sheet = load_workbook(BytesIO(answer.data))["新建健康服务点"]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}
    assert len(rows) == 18
    assert rows["浦东新区"] == (1, 1, 1, 1, 1, 0, 0)
    assert rows["金山区"] == (1, 0, 0, 0, 0, 0, 1)
    assert rows["全市"] == (None, 1, 1, 1, 1, 0, None)


def test_an_aim_set_by_hand_leaves_an_audit_row(city: Store, planner: FlaskClient) -> None:
    filled = {"measure": "rest_rooms", "target": "30", "per_district": "1", "source": "会议纪要"}
    assert planner.post("/desk/programmes/2027/targets", data=filled).status_code == 303
    assert "已挂牌 0 / 目标 30" in planner.get("/desk/programmes/2027").text
    with city.reading() as session:
        kept = [
            (row.by, row.action, row.detail)
            for row in session.scalars(select(AuditEvent).filter_by(action="programme.target"))
        ]
    detail = {"year": 2027, "measure": "rest_rooms", "before": None, "after": 30}
    assert kept == [("admin", "programme.target", detail)]


@pytest.mark.parametrize(
    ("path", "filled", "status"),
    [
        ("/desk/programmes/2027/targets", {"measure": "pubs", "target": "1"}, 400),
        ("/desk/programmes/2027/targets", {"measure": "fitness", "target": "-1"}, 400),
        ("/desk/programmes/2027/targets", {"measure": "fitness", "target": "²"}, 400),
        ("/desk/programmes/1999/targets", {"measure": "fitness", "target": "1"}, 404),
    ],
)
def test_a_wrong_aim_is_refused(
    planner: FlaskClient, path: str, filled: dict[str, str], status: int
) -> None:
    assert planner.post(path, data={"per_district": "0", **filled}).status_code == status


def test_a_year_without_aims_says_so(planner: FlaskClient) -> None:
    assert "2030 年还没有设目标" in planner.get("/desk/programmes/2030").text
    assert planner.get("/desk/programmes/1000").status_code == 404
