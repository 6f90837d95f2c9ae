"""The planners' queue of reports, and the photos of a place."""

import io
import re
import struct
import zlib
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.accounts.roles import Role
from geodata.feedback.reports import report
from geodata.store import Store
from geodata.tables import ServicePoint
from geodata.version import grow_version


def chunk(kind: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + check


PIXEL = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(bytes(4)))
    + chunk(b"IEND", b"")
)
AUTHOR = chunk(b"tEXt", b"Author\0Wang")


@pytest.fixture
def told(city: Store) -> Store:
    with city.writing() as session:
        at = datetime(2026, 3, 31, 4, 0)  # noqa: DTZ001 - UTC as the store keeps it
        report(session, 1, what="hours", text="<b>八点</b>关门", sender="a", at=at)
    return city


def test_a_report_is_listed_as_text_and_settled(planner: FlaskClient, told: Store) -> None:
    page = planner.get("/desk/feedback").text
    assert "示例・广场驿站" in page
    assert "&lt;b&gt;八点&lt;/b&gt;关门" in page
    assert "2026年3月31日 12:00" in page
    answer = planner.post("/desk/feedback/1", data={"status": "done", "note": "已改"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/feedback")
    assert "没有报错。" in planner.get("/desk/feedback").text
    assert "已改" in planner.get("/desk/feedback?state=settled").text
    assert planner.post("/desk/feedback/1", data={"status": "done"}).status_code == 409
    assert planner.post("/desk/feedback/9", data={"status": "done"}).status_code == 404


def test_nobody_else_sees_reports_or_adds_photos(client: FlaskClient, told: Store) -> None:
    answers = [
        client.get("/desk/feedback"),
        client.post("/desk/feedback/1", data={"status": "done"}),
        client.get("/desk/photos/1"),
        client.post("/desk/photos/1", data={"photo": (io.BytesIO(PIXEL), "a.png")}),
        client.post("/desk/photos/remove/1"),
    ]
    assert [answer.status_code for answer in answers] == [302] * 5
    assert {answer.headers["Location"].partition("?")[0] for answer in answers} == {"/sign-in"}


def send(planner: FlaskClient, data: bytes, *, day: str = "") -> int:
    form = {"photo": (io.BytesIO(data), "../a.png"), "taken_on": day}
    return planner.post("/desk/photos/1", data=form).status_code


def test_a_photo_is_cleaned_shown_and_removed(planner: FlaskClient) -> None:
    given = PIXEL[: -len(chunk(b"IEND", b""))] + AUTHOR + chunk(b"IEND", b"")
    assert send(planner, given, day="2026-03-01") == 303
    page, picture = planner.get("/p/1").text, planner.get("/photos/1")
    assert 'src="/photos/1"' in page
    assert "2026年3月1日 拍" in page
    assert (picture.data, picture.content_type) == (PIXEL, "image/png")
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in picture.headers["Content-Security-Policy"]
    assert planner.post("/desk/photos/remove/1").status_code == 303
    assert planner.get("/photos/1").status_code == 404


def test_the_desk_shows_the_photo_of_a_place_the_public_does_not_see(
    planner: FlaskClient, city: Store, as_person: Callable[..., FlaskClient]
) -> None:
    assert send(planner, PIXEL) == 303
    with city.writing() as session:
        for service in session.scalars(select(ServicePoint).filter_by(place_id=1)):
            service.status = "declared"
        grow_version(session)
    found = re.search(r'<img src="([^"]*/photos/[^"]*)"', planner.get("/desk/photos/1").text)
    assert found is not None
    shown = planner.get(found[1])
    assert (shown.data, shown.content_type) == (PIXEL, "image/png")
    assert shown.headers["Cache-Control"] == "private, no-store"
    elsewhere = as_person(Role.EDITOR, districts=("徐汇区",))
    assert elsewhere.get(found[1]).status_code == 404
    visitor = planner.application.test_client()
    assert [visitor.get(path).status_code for path in (found[1], "/photos/1")] == [302, 404]


def test_what_is_no_picture_is_refused(planner: FlaskClient) -> None:
    codes = [
        send(planner, b"<svg/>"),
        send(planner, PIXEL, day="gestern"),
        planner.post("/desk/photos/1", data={}).status_code,
        planner.get("/desk/photos/99").status_code,
        planner.get("/photos/99").status_code,
    ]
    assert codes == [422, 400, 422, 404, 404]


def send_whole(planner: FlaskClient, data: bytes) -> int:
    """As one body: the client would keep a large form in a file it does not close."""
    head = b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\n\r\n'
    form = "multipart/form-data; boundary=x"
    body = head + data + b"\r\n--x--\r\n"
    return planner.post("/desk/photos/1", data=body, content_type=form).status_code


def test_a_photo_of_a_phone_is_not_too_large_to_send(planner: FlaskClient) -> None:
    large = PIXEL[:-12] + chunk(b"tEXt", bytes(1_900_000)) + chunk(b"IEND", b"")
    assert send_whole(planner, large) == 303
    assert send_whole(planner, bytes(2_200_000)) == 413
