"""All samples that ship, poisoned: a person in every column, title, sheet and file name."""

import csv
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from sqlalchemy import select

from geodata.erasure.sought import Identity
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
_SOUGHT = Identity.of([NAME, MOBILE, EMAIL]).sought


def texts_in(body: bytes) -> Iterator[str]:
    """A body as text, and all that is packed into it."""
    yield body.decode(errors="replace")
    if body.startswith(b"PK"):
        try:
            with ZipFile(BytesIO(body)) as archive:
                for one in archive.infolist():
                    yield from texts_in(archive.read(one))
        except BadZipFile:
            return


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


@pytest.fixture(scope="module")
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
        with store.writing() as session:
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
