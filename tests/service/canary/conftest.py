"""All samples that ship, poisoned: a person in every column, title, sheet and file name."""

import csv
import gzip
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import unquote_plus
from zipfile import BadZipFile, ZipFile

import docx
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.erasure.sought import Identity
from geodata.feedback import photos
from geodata.feedback.pictures import clean
from geodata.store import Store
from geodata.tables import Contact, DemandSite, Place, ServicePoint
from service.workshop import import_file, locator, sample_files

NAME, MOBILE, EMAIL = "金丝雀甲", "19900004242", "canary@example.invalid"
IDENTITY, WECHAT = "310101199001014242", "canary_wx_4242"
POISONS = (
    f"联系人：{NAME}",
    f"{NAME} 199-0000-4242",
    "+86 199 0000 4242",
    "１９９００００４２４２",
    "199\n0000\n4242",
    EMAIL,
    "canary＠example.invalid",
    f"身份证{IDENTITY}",
    f"微信：{WECHAT}",
)
# How many of them each column of each sample gets.
EACH = 3
_PLANNER = Person("admin", Role.ADMIN)
_SOUGHT = Identity.of([NAME, MOBILE, EMAIL]).sought


_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"\(((?:\\.|[^\\)])*)\)")
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


def texts_in(body: bytes) -> Iterator[str]:
    """A body as text, also without the ways XML, JSON and addresses write signs, and all in it."""
    text = body.decode(errors="replace")
    yield text
    if "&#" in text:
        yield unescape(text)
    if "\\u" in text:
        yield _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text)
    if "%E" in text:
        yield unquote_plus(text)
    for packed in _packed(body):
        yield from texts_in(packed)


def _packed(body: bytes) -> Iterator[bytes]:
    if body.startswith(b"PK"):
        with suppress(BadZipFile), ZipFile(BytesIO(body)) as archive:
            yield from map(archive.read, archive.namelist())
    elif body.startswith(b"\x1f\x8b"):
        yield gzip.decompress(body)
    elif body.startswith(b"%PDF"):
        for stream in _STREAM.findall(body):
            with suppress(zlib.error):
                content = zlib.decompress(stream)
                # A line is cut where letters are moved together.
                yield content + b"\n" + b"".join(_SHOWN.findall(content))


def leaks(body: bytes | str) -> bool:
    """Whether the person, however written, stands in what left the service."""
    if isinstance(body, str):
        body = body.encode(errors="replace")
    return any(_SOUGHT.holds(text) or IDENTITY in text or WECHAT in text for text in texts_in(body))


def _poisoned(rows: list[list[str]], variant: int) -> list[list[str]]:
    """The rows, and one more for each column with a person added to its cell."""
    head = max(range(min(6, len(rows))), key=lambda n: sum(bool(cell) for cell in rows[n]))
    data = rows[head + 1 :] or [[""] * len(rows[head])]
    made = [list(row) for row in rows]
    if head:
        made[0][0] += f" 填表人：{NAME} {MOBILE}"
    for column in range(len(rows[head])):
        row = list(data[column % len(data)]) + [""] * len(rows[head])
        row[column] = f"{row[column]} {POISONS[(column + variant) % len(POISONS)]}".strip()
        made.append(row[: len(rows[head])])
    return made


def _sheet(path: Path, variant: int, out: Path) -> None:
    book, made = load_workbook(path), Workbook()
    made.remove(made.active)
    made.properties.creator = made.properties.lastModifiedBy = NAME
    for sheet in book.worksheets:
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
        into = made.create_sheet(f"{sheet.title[:8]} {NAME}{MOBILE}")
        for row in _poisoned(rows, variant) if rows else []:
            into.append([int(cell) if cell.isdecimal() and len(cell) < 7 else cell for cell in row])
        into["A1"].comment = Comment(f"{NAME} {MOBILE}", NAME)
    made.save(out)


def _text(path: Path) -> str:
    """One of the samples is in GB18030, as offices write it."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _poison(path: Path, variant: int, folder: Path) -> Path:
    out = folder / f"{path.stem} {variant} 联系人{NAME}{MOBILE}{path.suffix}"
    if path.suffix == ".xlsx":
        _sheet(path, variant, out)
    elif path.suffix == ".csv":
        rows = list(csv.reader(StringIO(_text(path), newline="")))
        with out.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(_poisoned(rows, variant))
    else:
        lines = _text(path).splitlines()
        wrong = (f"{line} {POISONS[n % len(POISONS)]}" for n, line in enumerate(lines, variant))
        out.write_text("\n".join(wrong).replace("\n0000", " 0000"), encoding="utf-8")
    return out


def _document(out: Path) -> Path:
    """A Word table with persons in every place a document has."""
    made = docx.Document()
    made.core_properties.author = made.core_properties.last_modified_by = NAME
    made.core_properties.comments = f"{NAME} {MOBILE}"
    made.sections[0].header.paragraphs[0].text = f"联系人：{NAME} {MOBILE}"
    made.sections[0].footer.paragraphs[0].text = EMAIL
    said = made.add_paragraph(f"户外职工驿站清单 填表人：{NAME} {MOBILE}")
    made.add_comment(said.runs, text=f"{NAME} {MOBILE}", author=NAME)
    rows = [["序号", "驿站名称", "所属区", "驿站地址", "开放时间", "备注"]]
    rows += [["1", "示例・文档驿站", "黄浦区", "人民大道200号", "9:00-17:00", ""]]
    table = made.add_table(0, len(rows[0]))
    for row in _poisoned(rows, 0):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.add_paragraph(f"身份证{IDENTITY} 微信：{WECHAT}")
    made.save(str(out))
    return out


def photographed() -> bytes:
    """A JPEG with the person in all that cameras and editors write beside the picture."""
    said = f"{NAME} {MOBILE} {EMAIL}".encode()

    def segment(kind: int, body: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body

    owner = struct.pack(">2sIHHHII", b"MM", 42 << 16 | 8, 0, 1, 0xA430, 2 << 16, len(said))
    thumbnail = b"\xff\xd8" + segment(0xFE, said) + b"\xff\xd9"
    around = (
        (0xE0, b"JFIF\0" + said),
        (0xE1, b"Exif\0\0" + owner + said + thumbnail),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + said + b"</x:xmpmeta>"),
        (0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + said),
        (0xEE, b"Adobe" + said),
        (0xFE, said),
    )
    frame = segment(0xC0, struct.pack(">BHHBBBB", 8, 1, 1, 1, 1, 0x11, 0))
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\0"
    before = b"".join(segment(*one) for one in around)
    return b"\xff\xd8" + before + frame + scan + segment(0xFE, said) + b"\xff\xd9" + said


@pytest.fixture(scope="session")
def poisoned_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database into which the poisoned samples were imported, with a contact of every record."""
    folder = tmp_path_factory.mktemp("canary")
    url = f"sqlite:///{folder / 'zhitu.sqlite'}"
    fill(url, folder)
    return url


def fill(url: str, folder: Path, *, each: int = EACH) -> None:
    with closing(Store.open(url)) as store:
        for path in sample_files():
            import_file(path, store, locator(store))
            for variant in range(each):
                import_file(_poison(path, variant, folder), store, locator(store))
        import_file(_document(folder / f"驿站 {NAME}{MOBILE}.docx"), store, locator(store))
        with store.writing() as session:
            photos.add(session, 1, clean(photographed()), taken_on=None, person=_PLANNER)
            for table in (Place, ServicePoint, DemandSite):
                for number in session.scalars(select(table.id)).all():
                    session.add(
                        Contact(
                            record_table=table.__tablename__, record_id=number, name=NAME,
                            mobile=MOBILE, email=EMAIL, role="站长",
                        )
                    )  # fmt: skip


@pytest.fixture(scope="session")
def filled() -> Callable[..., None]:
    """Fills a database with the poisoned samples."""
    return fill


@pytest.fixture(scope="session")
def told() -> Callable[[bytes | str], bool]:
    """Whether the person stands in what left the service."""
    return leaks


@pytest.fixture(scope="session")
def photo() -> bytes:
    """The photo of a place as it was sent in."""
    return photographed()
