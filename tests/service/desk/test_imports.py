"""The imports desk by HTTP: sent, looked at, mended in place, imported, handed back, undone."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from geodata.accounts.roles import Role
from geodata.store import Store
from geodata.tables import AuditEvent, Contact, ImportRun, Place, SourceRow, Upload, UploadRow
from service import uploads
from service.jobs.imports import COMMIT
from service.jobs.runner import Runner, works
from service.settings import Settings

HEAD = [
    *("序号", "休息室名称", "区", "地址", "联系人", "手机号码", "所属单位", "面积", "职工数"),
]
MOBILE, CONTACT = "13812345678", "金丝雀"


def form(**cells: object) -> bytes:
    """A 2024 form of three rows; `cells` are written over it."""
    book = Workbook()
    sheet = book.active
    sheet.append(["2024年建设改善“职工工间休息室”申报汇总表"])
    sheet.append(HEAD)
    for n in range(1, 4):
        row = [n, f"示例・第{n}休息室", "黄浦区", f"福州路{100 + n}号"]
        sheet.append([*row, CONTACT, MOBILE, "示例公司", "20", "60"])
    for place, value in cells.items():
        sheet[place] = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def workers(city: Store) -> Runner:
    return Runner(city, works(Settings.from_environment({}), city))


def send(client: FlaskClient, content: bytes, name: str = "2024休息室.xlsx") -> str:
    files = {"files": (io.BytesIO(content), name)}
    answer = client.post("/desk/imports", data=files, content_type="multipart/form-data")
    assert answer.status_code == 303
    return str(answer.location)


def progress(client: FlaskClient, address: str) -> dict[str, object]:
    found: dict[str, object] = client.get(f"{address}/state.json").get_json()
    return found


def counts(page: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page))


def inputs(page: str) -> list[tuple[str, str]]:
    return re.findall(r'name="(c\d+-\d+)" id="[^"]*" value="([^"]*)"', page)


def look(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def actions(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_a_file_waits_until_a_worker_has_read_it(planner: FlaskClient, workers: Runner) -> None:
    address = send(planner, form())
    assert progress(planner, address)["state"] == "waiting"
    assert 'http-equiv="refresh"' in look(planner, address)
    workers.run_one()
    assert progress(planner, address)["over"] is True
    seen = counts(look(planner, address))
    assert (seen["读到"], seen["新增"], seen["退回"]) == ("3", "3", "0")


def test_a_pasted_table_is_taken_too(planner: FlaskClient, workers: Runner) -> None:
    text = "名称\t类别\t区\t地址\n示例・粘贴站\t户外职工驿站\t黄浦区\t福州路9号\n"
    address = planner.post("/desk/imports", data={"text": text}).location
    workers.run_one()
    assert counts(look(planner, address))["新增"] == "1"


def test_cells_at_fault_are_mended_in_place_and_imported(
    planner: FlaskClient, workers: Runner, city: Store
) -> None:
    address = send(planner, form(C3="火星区", H4="三十多吧", I5="很多人"))
    workers.run_one()
    faulty = inputs(look(planner, address))
    assert [text for _, text in faulty] == ["火星区", "三十多吧", "很多人"]
    written = dict(zip([name for name, _ in faulty], ("黄浦区", "35", "80"), strict=True))
    planner.post(f"{address}/cells", data={**written, "then": "check"})
    workers.run_one()
    page = look(planner, address)
    assert "没有读不出的格子" in page
    assert (len(inputs(page)), page.count("在网页上改的")) == (3, 3)
    assert planner.post(f"{address}/import").status_code == 303
    workers.run_one()
    assert counts(look(planner, address))["新增"] == "3"
    with city.reading() as session:
        rooms = select(Place).where(Place.name.like("示例・第%")).order_by(Place.name)
        services = [place.services[0] for place in session.scalars(rooms)]
        assert [(one.area_m2, one.workers) for one in services] == [(20, 60), (35, 60), (20, 80)]
        columns = session.scalars(select(SourceRow.columns).where(SourceRow.row == 4)).all()
        assert columns[-1]["area"] == ["H", "35", "在网页上改的"]
    assert actions(city) == ["import.send", "import.correct", "import.commit"]


def test_an_unchecked_correction_cannot_be_imported(planner: FlaskClient, workers: Runner) -> None:
    address = send(planner, form(H4="三十多吧"))
    workers.run_one()
    [(name, _)] = inputs(look(planner, address))
    planner.post(f"{address}/cells", data={name: "35", "then": "next"})
    assert "还没有再检查" in look(planner, address)
    assert planner.post(f"{address}/import").status_code == 409


def test_a_private_cell_at_fault_is_written_anew_without_being_read(
    planner: FlaskClient, workers: Runner, city: Store
) -> None:
    address = send(planner, form(F3="=1+1"))
    workers.run_one()
    [(name, shown)] = inputs(look(planner, address))
    planner.post(f"{address}/cells", data={name: "13900000001", "then": "check"})
    workers.run_one()
    page = look(planner, address)
    assert (shown, inputs(page), "13900000001" in page) == ("", [(name, "")], False)
    planner.post(f"{address}/import")
    workers.run_one()
    with city.reading() as session:
        mobiles = session.scalars(select(Contact.mobile).order_by(Contact.mobile)).all()
        trail = str([event.detail for event in session.scalars(select(AuditEvent))])
    assert (set(mobiles), "13900000001" in trail) == ({MOBILE, "13900000001"}, False)


def test_a_private_cell_is_never_shown(planner: FlaskClient, workers: Runner, city: Store) -> None:
    address = send(planner, form(H4="三十多吧"))
    workers.run_one()
    everything = "".join(
        [
            look(planner, f"{address}?rows=all"),
            look(planner, "/desk/imports"),
            look(planner, address),
        ]
    )
    with city.reading() as session:
        kept = str([(row.shown) for row in session.scalars(select(UploadRow))])
    assert "〔不显示〕" in everything
    assert [secret in everything + kept for secret in (MOBILE, CONTACT)] == [False, False]


def test_the_copies_go_back_to_the_sender(planner: FlaskClient, workers: Runner) -> None:
    address = send(planner, form(H4="三十多吧"))
    workers.run_one()
    filled = planner.get(f"{address}/filled.xlsx")
    sheet = load_workbook(io.BytesIO(filled.data)).active
    assert (sheet["B4"].value, sheet["J2"].value) == ("示例・第2休息室", "职图·区")
    marked = load_workbook(io.BytesIO(planner.get(f"{address}/errors.xlsx").data)).active
    assert "应填" in marked["H4"].comment.text
    assert filled.headers["Cache-Control"] == "no-store"


def test_an_import_is_undone_after_saying_what_will_happen(
    planner: FlaskClient, workers: Runner, city: Store
) -> None:
    address = send(planner, form())
    workers.run_one()
    planner.post(f"{address}/import")
    workers.run_one()
    with city.reading() as session:
        run = session.scalar(select(func.max(ImportRun.id)))
    asked = look(planner, f"/desk/imports/runs/{run}/undo")
    assert "3 处会去掉" in asked
    assert planner.post(f"/desk/imports/runs/{run}/undo").location == address
    assert "撤销了这次导入" in look(planner, address)
    with city.reading() as session:
        assert session.scalars(select(Place).where(Place.name.like("示例・第%"))).all() == []
    assert actions(city)[-1] == "import.undo"
    assert planner.get(f"/desk/imports/runs/{run}/undo").status_code == 200
    assert planner.post(f"/desk/imports/runs/{run}/undo").status_code == 409


def test_the_same_file_again_changes_nothing(planner: FlaskClient, workers: Runner) -> None:
    for _ in range(2):
        address = send(planner, form())
        workers.run_one()
        planner.post(f"{address}/import")
        workers.run_one()
    assert "什么也没有变" in look(planner, address)


def test_rows_of_another_district_are_refused(
    as_person: Callable[..., FlaskClient], app: Flask, workers: Runner, city: Store
) -> None:
    pudong = as_person(Role.EDITOR, districts=("浦东新区",), app=app)
    address = send(pudong, form(C4="浦东新区", D4="世纪大道100号"))
    workers.run_one()
    page = look(pudong, address)
    assert (counts(page)["新增"], counts(page)["退回"]) == ("1", "2")
    assert "这一行在黄浦区，没有收：你的账号管的是浦东新区" in page
    pudong.post(f"{address}/import")
    workers.run_one()
    with city.reading() as session:
        stored = session.scalars(select(Place).where(Place.name.like("示例・第%"))).all()
        assert [(place.name, place.district) for place in stored] == [
            ("示例・第2休息室", "浦东新区")
        ]


def test_another_editor_cannot_open_change_or_undo_it(
    as_person: Callable[..., FlaskClient], app: Flask, workers: Runner, city: Store
) -> None:
    huangpu = as_person(Role.EDITOR, login="huangpu", districts=("黄浦区",), app=app)
    address = send(huangpu, form())
    workers.run_one()
    pudong = as_person(Role.EDITOR, login="pudong", districts=("浦东新区",), app=app)
    for method, path in (
        ("GET", ""),
        ("GET", "/state.json"),
        ("GET", "/filled.xlsx"),
        ("GET", "/errors.xlsx"),
        *(("POST", f"/{verb}") for verb in ("cells", "import", "discard", "again", "cancel")),
    ):
        assert pudong.open(address + path, method=method).status_code == 404, path
    assert "2024休息室" not in look(pudong, "/desk/imports")
    huangpu.post(f"{address}/import")
    workers.run_one()
    with city.reading() as session:
        run = session.scalar(select(func.max(ImportRun.id)))
    assert pudong.post(f"/desk/imports/runs/{run}/undo").status_code == 404


def test_a_reviewer_of_the_city_may_look_but_not_change(
    as_person: Callable[..., FlaskClient], app: Flask, workers: Runner
) -> None:
    huangpu = as_person(Role.EDITOR, login="huangpu", districts=("黄浦区",), app=app)
    address = send(huangpu, form(H4="三十多吧"))
    workers.run_one()
    reviewer = as_person(Role.REVIEWER, app=app)
    page = look(reviewer, address)
    assert (counts(page)["新增"], inputs(page)) == ("3", [])
    assert reviewer.post(f"{address}/import").status_code == 403


def test_a_file_that_is_no_form_says_why(planner: FlaskClient, workers: Runner) -> None:
    address = send(planner, b"\xd0\xcf\x11\xe0old", "旧表.xls")
    workers.run_one()
    page = look(planner, address)
    assert "没有成功" in page
    assert "xlsx" in page


def test_a_waiting_file_is_cancelled(planner: FlaskClient, workers: Runner) -> None:
    address = send(planner, form())
    planner.post(f"{address}/cancel")
    assert workers.run_one() is False
    assert "已取消，什么也没有存。" in look(planner, address)


def test_a_dropped_file_holds_nothing_any_more(
    planner: FlaskClient, workers: Runner, city: Store
) -> None:
    address = send(planner, form())
    workers.run_one()
    planner.post(f"{address}/discard")
    assert "已经清掉了" in look(planner, address)
    with city.reading() as session:
        assert session.scalars(select(Upload.content)).all() == [None]
        assert session.scalars(select(UploadRow)).all() == []


def test_nothing_sent_is_said(planner: FlaskClient) -> None:
    assert planner.post("/desk/imports", data={}).status_code == 400


def test_the_request_may_be_no_larger_than_the_setting(make_app: Callable[..., Flask]) -> None:
    client = make_app(ZHITU_UPLOAD_MB="1").test_client()
    client.post("/sign-in", data={"password": "一个口令"})
    kind = "multipart/form-data; boundary=x"
    answer = client.post("/desk/imports", data=b"x" * 2_000_000, content_type=kind)
    assert answer.status_code == 413
    assert "请少选几个文件，或分成几份再送" in answer.get_data(as_text=True)


def test_a_coordinate_answer_is_kept_by_the_file(
    planner: FlaskClient, workers: Runner, city: Store
) -> None:
    address = send(planner, form())
    workers.run_one()
    assert planner.post(f"{address}/datum", data={"datum": "Mars"}).status_code == 400
    planner.post(f"{address}/datum", data={"datum": "GCJ-02"})
    workers.run_one()
    assert "待导入" in look(planner, address)
    assert actions(city)[-1] == "import.datum"


def test_every_page_speaks_english_too(planner: FlaskClient, workers: Runner) -> None:
    address = send(planner, form(H4="三十多吧"))
    assert "Being read" in look(planner, f"{address}?lang=en")
    workers.run_one()
    assert "Expected: 一个数，例如 120" in look(planner, f"{address}?lang=en")
    assert "Sent before" in look(planner, "/desk/imports?lang=en")


def test_a_file_that_would_write_over_anothers_record_is_not_imported(
    as_person: Callable[..., FlaskClient], app: Flask, workers: Runner, city: Store
) -> None:
    huangpu = as_person(Role.EDITOR, login="huangpu", districts=("黄浦区",), app=app)
    first = send(huangpu, form())
    workers.run_one()
    huangpu.post(f"{first}/import")
    workers.run_one()
    with city.writing() as session:
        for place in session.scalars(select(Place).where(Place.name.like("示例・第%"))):
            place.district = "浦东新区"
    second = send(huangpu, form(H3="99"))
    workers.run_one()
    page = look(huangpu, second)
    assert ("会改到别的区局已有的记录" in page, "面积" in page) == (True, False)
    assert huangpu.post(f"{second}/import").status_code == 409
    with city.writing() as session:
        file = session.scalars(select(Upload).filter_by(run_id=None)).one()
        person = uploads.sent(session, file.id).sender
        uploads.assign(session, file.id, COMMIT, by=person)
    workers.run_one()
    assert "会改到别的区局已有的记录" in look(huangpu, second)
    with city.reading() as session:
        assert session.scalar(select(func.count()).select_from(Upload).filter_by(run_id=None)) == 1
        rooms = session.scalars(select(Place).where(Place.name.like("示例・第%"))).all()
        assert {place.services[0].area_m2 for place in rooms} == {20.0}


def test_runs_of_the_command_line_are_told_to_who_sees_the_city(
    planner: FlaskClient, as_person: Callable[..., FlaskClient], app: Flask
) -> None:
    assert "命令行" in look(planner, "/desk/imports")
    bounded = as_person(Role.EDITOR, districts=("黄浦区",), app=app)
    assert "命令行" not in look(bounded, "/desk/imports")


def test_a_long_sheet_comes_in_pages(planner: FlaskClient, workers: Runner) -> None:
    lines = [f"示例・站{n},户外职工驿站,黄浦区,某路{n}号" for n in range(60)]
    content = "\n".join(["名称,类别,区,地址", *lines]).encode()
    address = send(planner, content, "示例名单.csv")
    workers.run_one()
    first, second = (look(planner, f"{address}?page={page}") for page in (1, 2))
    assert ("第 1 页，共 2 页" in first, "第 2 页，共 2 页" in second) == (True, True)
    assert ["示例・站59" in page for page in (first, second)] == [False, True]
