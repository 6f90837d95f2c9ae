"""What the reports say, and to whom."""

import subprocess
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import NoReturn

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from geodata.accounts.roles import Role
from geodata.store import Store
from geodata.tables import Inspection, ServicePoint, StatusChange
from geodata.version import grow_version
from service.clock import today

pytest.importorskip("matplotlib")

DISTRICT = "/desk/reports/district.pdf?district=浦东新区"
Read = Callable[[bytes], str]


@pytest.fixture
def read(tmp_path: Path, lacking: Callable[[str, str], NoReturn]) -> Read:
    """The text of a PDF without its blanks."""
    if which("pdftotext") is None:
        lacking("pdf", "install poppler-utils")

    def text(pdf: bytes) -> str:
        path = tmp_path / "a.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
        assert done.stderr == b""
        return "".join(done.stdout.decode().split())

    return text


@pytest.fixture
def health(city: Store) -> int:
    with city.reading() as session:
        return session.scalars(select(ServicePoint.id).filter_by(kind="health_point")).one()


def as_draft(city: Store, service_id: int) -> None:
    with city.writing() as session:
        session.get_one(ServicePoint, service_id).status = "declared"
        grow_version(session)


def test_a_district_tells_its_numbers_and_how_they_are_counted(
    planner: FlaskClient, read: Read
) -> None:
    answer = planner.get(DISTRICT)
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    text = read(answer.data)
    assert "浦东新区健康服务覆盖" in text
    assert "100.0%" in text
    assert "都覆盖到了，没有空白和待核。" in text
    assert "步行半径1000米" in text
    assert "直线×1.3估算" in text


def test_a_gap_stands_in_its_district_with_its_reason(planner: FlaskClient, read: Read) -> None:
    text = read(planner.get("/desk/reports/district.pdf?district=金山区&radius=500").data)
    assert "枫泾产业园" in text
    assert "没有内设医务；500米内没有健康服务点" in text
    assert "张江科技园" not in text


def test_a_year_lists_every_district_and_its_programmes(planner: FlaskClient, read: Read) -> None:
    text = read(planner.get("/desk/reports/year/2023.pdf").data)
    assert "2023年度报告" in text
    assert "截至2023年12月31日" in text
    assert "新建健康服务点20" in text
    assert all(name in text for name in ("黄浦区", "崇明区", "金山区"))
    assert planner.get(f"/desk/reports/year/{today().year + 2}.pdf").status_code == 404
    assert planner.get("/desk/reports/year/1999.pdf").status_code == 404


def test_a_day_before_the_first_status_says_that_points_are_missing(
    city: Store, planner: FlaskClient, health: int, read: Read
) -> None:
    with city.writing() as session:
        session.add(
            StatusChange(
                service_point_id=health,
                before="",
                after="plaqued",
                on=date(2024, 5, 1),
                reason="",
                by="",
            )
        )
        grow_version(session)
    sentence = "状态记录从2024年5月1日才开始"
    told = [
        sentence in read(planner.get(f"{DISTRICT}&as_of={day}").data)
        for day in ("2024-04-30", "2024-05-01")
    ]
    assert told == [True, False]


def test_the_same_data_make_the_same_report(planner: FlaskClient) -> None:
    day = today()
    once, again = (planner.get(DISTRICT).data for _ in range(2))
    # It tells the day it was made on, and midnight may have passed.
    assert once == again or today() > day


def test_a_point_tells_whom_it_serves_and_no_inspector(
    city: Store, planner: FlaskClient, health: int, read: Read
) -> None:
    with city.writing() as session:
        session.add(
            Inspection(
                service_point_id=health,
                kind="district",
                on=today(),
                office="浦东新区总工会",
                scheme="",
                items={},
                passed=True,
                note="王小明看过",
                by="inspector.wang",
            )
        )
    text = read(planner.get(f"/desk/reports/point/{health}.pdf").data)
    assert "张江健康服务点" in text
    assert "这个点计入覆盖。" in text
    assert "步行1000米以内有1处园区、楼宇、商圈，已知职工3,000人。" in text
    assert "浦东新区总工会" in text
    assert ("王小明" in text, "inspector" in text) == (False, False)


def test_a_point_that_is_on_no_map_says_why(city: Store, planner: FlaskClient, read: Read) -> None:
    with city.reading() as session:
        points = session.scalars(select(ServicePoint)).all()
        nowhere = next(one.id for one in points if one.place.name == "无址书屋")
    text = read(planner.get(f"/desk/reports/point/{nowhere}.pdf").data)
    assert "还不在地图上：有名无址" in text
    assert "只有健康服务点进入健康服务覆盖的计算。" in text


def test_a_draft_is_printed_for_its_own_office_only(
    city: Store, as_person: Callable[..., FlaskClient], health: int, read: Read
) -> None:
    as_draft(city, health)
    own = as_person(Role.VIEWER, login="own", districts=("浦东新区",))
    other = as_person(Role.VIEWER, login="other", districts=("黄浦区",))
    path = f"/desk/reports/point/{health}.pdf"
    assert "还没有挂牌" in read(own.get(path).data)
    assert other.get(path).status_code == 404


def test_the_workbook_has_the_figures_of_the_screen(planner: FlaskClient) -> None:
    book = load_workbook(BytesIO(planner.get("/desk/reports/coverage.xlsx?radius=500").data))
    assert book.sheetnames == ["各区", "街镇", "园区楼宇商圈", "空白和待核", "口径"]
    rows = {row[0]: row for row in book["各区"].iter_rows(values_only=True)}
    assert (rows["浦东新区"][1], rows["浦东新区"][4]) == (1, 3000)
    assert (rows["黄浦区"][1], rows["黄浦区"][4]) == (None, None)
    assert rows["全市"][:6] == ("全市", 0.6667, 0.6667, 0.6667, 3000, 1500)
    gaps = [row[1] for row in book["空白和待核"].iter_rows(min_row=2, values_only=True)]
    assert gaps == ["枫泾产业园"]
    basis = dict(book["口径"].iter_rows(min_row=2, values_only=True))
    assert (basis["步行半径"], basis["空格子"]) == ("500 米", "未知，不是 0")


def test_the_map_draws_what_the_filter_leaves(planner: FlaskClient) -> None:
    every, some = (
        planner.get(f"/desk/reports/map.png{query}") for query in ("", "?kind=health_point")
    )
    assert [one.data[:8] for one in (every, some)] == [b"\x89PNG\r\n\x1a\n"] * 2
    assert every.data != some.data
    assert planner.get("/desk/reports/map.png?kind=pub").status_code == 400


def test_a_district_that_is_none_is_asked_for(planner: FlaskClient) -> None:
    answer = planner.get("/desk/reports/district.pdf")
    assert (answer.status_code, "请在网址里写明哪个区" in answer.text) == (400, True)
    assert planner.get("/desk/reports/district.pdf?district=火星区").status_code == 400


@pytest.mark.parametrize(
    "paths",
    [
        (
            "/desk/exports/points.xlsx",
            "/desk/reports/coverage.xlsx",
            "/desk/programmes/2023.xlsx",
            "/desk/reports/listings/submission.xlsx",
        )
    ],
)
def test_libreoffice_opens_every_workbook(
    planner: FlaskClient,
    tmp_path: Path,
    paths: tuple[str, ...],
    lacking: Callable[[str, str], NoReturn],
) -> None:
    office = which("soffice")
    if office is None:
        lacking("office", "install libreoffice-calc")
    files = [tmp_path / f"{n}.xlsx" for n in range(len(paths))]
    for file, path in zip(files, paths, strict=True):
        file.write_bytes(planner.get(path).data)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    out = ["--headless", "--convert-to", "csv", "--outdir", str(tmp_path / "out")]
    done = subprocess.run(
        [office, profile, *out, *map(str, files)], capture_output=True, check=True, timeout=120
    )
    assert b"Error" not in done.stderr + done.stdout
    texts = [(tmp_path / "out" / f"{n}.csv").stat().st_size > 0 for n in range(len(paths))]
    assert texts == [True] * len(paths)
