"""Files sent in by the page: bombs, lies and crooked names are refused with a sentence, soon."""

import io
import re
import resource
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select

from geodata.accounts.roles import Role
from geodata.store import Store
from geodata.tables import Photo, Place, Upload
from service.jobs.runner import Runner, works
from service.settings import Settings

# Seconds of the processor and megabytes; what is refused takes tenths and a few.
MOST_S, MOST_MB = 10.0, 400
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(12)
)


def workbook(**parts: bytes) -> bytes:
    """A workbook with some of its parts written anew."""
    book = Workbook()
    book.active.append(["名称", "地址"])
    book.active.append(["甲", "人民大道200号"])
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with ZipFile(plain) as given, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for entry in given.infolist():
            short = Path(entry.filename).stem
            made.writestr(entry.filename, parts.pop(short, None) or given.read(entry))
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def sheet(head: str, cell: str) -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<worksheet xmlns="{MAIN}"><sheetData><row r="1">'
        f'<c r="A1" t="inlineStr"><is><t>{cell}</t></is></c></row></sheetData></worksheet>'
    ).encode()


def archive(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def bombs() -> dict[str, Callable[[], bytes]]:
    outside = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    fetched = '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
    long = f'<!DOCTYPE r [<!ENTITY x "{"a" * 100_000}">]>'
    return {
        "unpacks.xlsx": lambda: workbook(sheet1=b" " * 80_000_000),
        "unpacks.docx": lambda: archive({"word/document.xml": b" " * 80_000_000}),
        "nested.xlsx": lambda: archive({"a.zip": archive({"b": b"0" * 30_000_000})}),
        "crowded.xlsx": lambda: archive({f"xl/{n}": b"" for n in range(66_000)}),
        "laughs.xlsx": lambda: workbook(sheet1=sheet(f"<!DOCTYPE r [{LAUGHS}]>", "&l11;")),
        "outside.xlsx": lambda: workbook(sheet1=sheet(outside, "&x;")),
        "fetched.xlsx": lambda: workbook(sheet1=sheet(fetched, "x")),
        "quadratic.xlsx": lambda: workbook(sheet1=sheet(long, "&x;" * 20_000)),
        "deep.xlsx": lambda: workbook(sheet1=b"<a>" * 2_000_000),
        "wide.xlsx": lambda: workbook(sheet1=sheet("", "x").replace(b"A1", b"XFE1")),
        "picture.xlsx": lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 5_000,
        "program.csv": lambda: b"MZ" + bytes(range(256)) * 100,
        "page.xls": lambda: b"<html><script>alert(1)</script><table><tr><td>x</table>",
        "drawing.svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "old.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000,
        "nothing.csv": lambda: b"\0" * 1_000_000,
    }


@pytest.fixture
def workers(city: Store) -> Runner:
    return Runner(city, works(Settings.from_environment({}), city))


def post(client: FlaskClient, address: str, field: str, content: bytes, name: str) -> Any:
    """A form with one file as browsers send it."""
    written = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'--cut\r\nContent-Disposition: form-data; name="{field}"; filename="{written}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--cut--\r\n"
    return client.post(address, data=body, content_type="multipart/form-data; boundary=cut")


def send(client: FlaskClient, content: bytes, name: str) -> str:
    answer = post(client, "/desk/imports", "files", content, name)
    assert answer.status_code == 303
    return str(answer.location)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("name", sorted(bombs()))
def test_a_hostile_file_is_refused_soon_and_in_little_memory(
    as_person: Callable[..., FlaskClient], workers: Runner, city: Store, name: str
) -> None:
    content = bombs()[name]()
    client, before = as_person(Role.EDITOR), peak_mb()
    places, began = _places(city), time.process_time()
    address = send(client, content, name)
    assert workers.run_one()
    state = client.get(f"{address}/state.json").get_json()
    assert (time.process_time() - began < MOST_S, peak_mb() - before < MOST_MB) == (True, True)
    assert (state["state"], bool(re.search("[\u4e00-\u9fff]", state["sentence"]))) == (
        "failed",
        True,
    )
    assert "编号" not in state["sentence"]
    assert "root:" not in client.get(address).text
    assert _places(city) == places


def _places(store: Store) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(Place)) or 0


@pytest.mark.parametrize(
    "name",
    [
        "../../../../tmp/zhitu-out.csv",
        "..\\..\\windows\\win.ini.csv",
        "/etc/cron.d/x.csv",
        "a\r\nSet-Cookie: x=1.csv",
        'a"; filename="b.html',
        "con.csv",
        "%2e%2e%2fx.csv",
        "x.csv\0.exe",
    ],
)
def test_the_name_of_a_file_is_never_a_path_nor_a_header(
    as_person: Callable[..., FlaskClient], city: Store, name: str
) -> None:
    client = as_person(Role.EDITOR)
    send(
        client,
        "户外职工驿站清单\n序号,驿站名称,所属区,驿站地址\n1,甲,黄浦区,人民大道9号\n".encode(),
        name,
    )
    with city.reading() as session:
        kept = session.scalars(select(Upload.name)).one()
    assert re.search(r'[/\\\x00-\x1f"]', kept) is None


def test_the_name_of_a_copy_is_no_header(
    as_person: Callable[..., FlaskClient], workers: Runner
) -> None:
    client = as_person(Role.EDITOR)
    form = "户外职工驿站清单\n序号,驿站名称,所属区,驿站地址\n1,甲,黄浦区,人民大道9号\n"
    address = send(client, form.encode(), "a\r\nSet-Cookie: x=1.csv")
    workers.run_one()
    copy = client.get(f"{address}/filled.xlsx")
    assert (copy.status_code, "Set-Cookie" in copy.headers) == (200, False)
    assert "\n" not in copy.headers["Content-Disposition"]


def test_an_archive_that_names_paths_writes_nothing_outside(
    as_person: Callable[..., FlaskClient], workers: Runner, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    client = as_person(Role.EDITOR)
    content = workbook(**{f"../../../../../..{outside}": b"written", str(outside): b"written"})
    address = send(client, content, "表.xlsx")
    workers.run_one()
    assert (client.get(address).status_code, outside.exists()) == (200, False)


def png(width: int, height: int, *extra: tuple[bytes, bytes]) -> bytes:
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        *extra,
        (b"IDAT", zlib.compress(b"\0" * (width * 3 + 1))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (png(60_000, 60_000), "large.png"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.png"),
        (b"<script>alert(1)</script>", "a.jpg"),
        (b"GIF89a" + b"\0" * 99, "a.png"),
        (png(2, 2)[:-20], "short.png"),
        (b"\xff\xd8\xff\xe0" + b"\xff" * 100_000, "padded.jpg"),
        (b"\xff\xd8\xff" * 300_000, "again.jpg"),
        (b"", "empty.png"),
        (png(2, 2) + b"\0" * 2_200_000, "heavy.png"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_picture_is_not_kept(
    as_person: Callable[..., FlaskClient], city: Store, content: bytes, name: str
) -> None:
    client, began = as_person(Role.EDITOR), time.process_time()
    answer = post(client, "/desk/photos/1", "photo", content, name)
    with city.reading() as session:
        assert session.scalars(select(Photo)).all() == []
    assert answer.status_code in {400, 413, 422}
    assert time.process_time() - began < MOST_S


def test_a_picture_that_is_a_page_too_is_shown_as_a_picture_alone(
    as_person: Callable[..., FlaskClient],
) -> None:
    client = as_person(Role.EDITOR)
    page = b"<html><script>alert(1)</script>"
    content = png(2, 2, (b"tEXt", page), (b"iTXt", page), (b"eXIf", page)) + page
    sent = post(client, "/desk/photos/1", "photo", content, "../../x.html")
    assert sent.status_code == 303
    shown = client.get("/photos/1")
    assert (shown.content_type, shown.headers["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert b"script" not in shown.data


def test_no_copy_is_made_of_what_could_not_be_read(
    as_person: Callable[..., FlaskClient], workers: Runner
) -> None:
    client = as_person(Role.EDITOR)
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    content = workbook(sheet1=sheet("", "名称").replace(b"</sheetData>", merged))
    address = send(client, content, "表.xlsx")
    copies = [f"{address}/{name}.xlsx" for name in ("filled", "errors")]
    assert [client.get(copy).status_code for copy in copies] == [409, 409]
    assert workers.run_one()
    assert "太大" in client.get(f"{address}/state.json").get_json()["sentence"]
    assert [client.get(copy).status_code for copy in copies] == [409, 409]
