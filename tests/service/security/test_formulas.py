"""No file that leaves holds a formula: every route is asked, and every writer of cells is known."""

import ast
import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from geodata.accounts import book
from geodata.accounts.audit import record
from geodata.accounts.book import Reach
from geodata.accounts.roles import Role
from geodata.declared import (
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Kind, SiteKind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store
from importers.handback.filled import write_filled
from importers.handback.marked import write_errors
from service.table_out import safe

ROOT = Path(__file__).parents[3]
CANARY = "cmd|'/c calc'!A1"
BEGINNINGS = (
    *("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "\x01=", "\x1f=", "\x85="),
    *(" =", "\u00a0=", "\u3000=", "\u2003=", "\u2028=", "\u200b=", "\ufeff=", "\u00ad=", "\u2060="),
    *("'=", '"=', '","=', "=1+1;", "-1+", "@SUM(1)*"),
)
SHEETS = re.compile(r"csv|spreadsheet")
# Whoever writes cells by another way adds himself here, and shows that no text becomes a formula.
WRITERS = {
    "csv.writer": {
        "geodata/exports/delimited.py",
        "service/desk/audit.py",
        "service/table_out.py",
    },
    "WriteOnlyCell": {"geodata/exports/workbook.py"},
    "append": {"geodata/exports/workbook.py"},
    "value": {"importers/handback/cells.py"},
}
# Written apart from the program's own rule, which may be wrong.
RUNS = re.compile('[\t\r\n]|[\\s\u00ad\u200b\u2060\ufeff"]*[=+\\-@＝＋－＠]')
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?")


def hostile(row: int, beginning: str) -> Iterator[Placed]:
    """A place and a site, each text of which begins as a formula does."""
    text = beginning + CANARY
    texts = {
        one.name: text for one in fields(DeclaredService) if one.type is str or one.type == "str"
    }
    service = DeclaredService(Kind.REST_ROOM, text, Status.PLAQUED, Tier.OTHER)
    service = replace(service, **texts, services=(text,), extra={text: text})
    source = Source(text, text, row, {"address": ("E", text)}, "rest_rooms_2024")
    name = f"{text}{row}"
    where = Position(121.47 + row / 1e3, 31.23, Level.NUMBER, 60.0, text)
    place = DeclaredPlace(name, text, "黄浦区", text, (service,), source)
    site = DeclaredSite(name, SiteKind.PARK, text, "黄浦区", text, source, workers=900)
    yield Placed(place, None, where, "黄浦区")
    yield Placed(site, None, where, "黄浦区")


@pytest.fixture
def city(store: Store) -> Store:
    found = tuple(one for row, start in enumerate(BEGINNINGS) for one in hostile(row, start))
    store.publish(ImportedFile("表.xlsx", "0" * 64, found, len(found), 0, ("rest_rooms_2024",)))
    with store.writing() as session:
        book.add(
            session, "post.one", Reach(Role.EDITOR, unions=(f"={CANARY}",)), password="", by="=1"
        )
        record(session, by="@by", action="+act", table="-table", district="=d", detail={"=": "="})
    return store


def texts_of(content: bytes, media: str) -> list[str]:
    """Every cell as a spreadsheet takes it; a formula where one is."""
    if "csv" in media:
        return [
            cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row
        ]
    with ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name in parts if "externalLink" in name or "vba" in name]
    assert not [name for name, part in parts.items() if "sheets/" in name and b"<f>" in part]
    book_ = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book_ for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type in {"f", "e"} or cell.hyperlink] == []
    return [str(cell.value) for cell in cells if cell.value is not None]


def asked(client: FlaskClient, paths_of: Any) -> Iterator[tuple[str, list[str], bool]]:
    """Each file of cells that any route gives: its path, its cells, whether it is csv."""
    for rule in client.application.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            for path in paths(rule, paths_of):
                answer = client.get(path)
                if answer.status_code == 200 and SHEETS.search(answer.content_type):
                    is_csv = "csv" in answer.content_type
                    yield path, texts_of(answer.data, answer.content_type), is_csv


def paths(rule: Rule, paths_of: Any) -> Iterator[str]:
    if "<suffix>" in rule.rule:
        yield from (rule.rule.replace("<suffix>", suffix) for suffix in ("csv", "xlsx"))
    else:
        yield next(paths_of(rule)).replace("/year/1", "/year/2026").replace("/1.xlsx", "/2026.xlsx")


def test_no_file_of_any_route_holds_a_formula(planner: FlaskClient, paths_of: Any) -> None:
    found = list(asked(planner, paths_of))
    run = [
        (path, cell)
        for path, cells, is_csv in found
        for cell in cells
        if is_csv and RUNS.match(cell) and not NUMBER.fullmatch(cell)
    ]
    held = {path for path, cells, _ in found if any(CANARY in cell for cell in cells)}
    assert run == []
    assert held >= {
        "/exports/points.csv",
        "/exports/points.xlsx",
        "/desk/exports/points.csv",
        "/desk/exports/points.xlsx",
        "/desk/reports/listings/submission.csv",
        "/desk/audit.csv",
    }
    assert len(found) >= 8


@pytest.mark.parametrize("write", [write_filled, write_errors])
def test_no_copy_handed_back_holds_a_formula_that_was_text(
    tmp_path: Path, write: Callable[..., int]
) -> None:
    path, out = tmp_path / "表.csv", tmp_path / "出.xlsx"
    head = "序号,驿站名称,所属区,驿站地址,开放时间,备注"
    rows = [
        f'{n},"{start}{CANARY}",黄浦区,人民大道{n}号,9:00-17:00,'
        for n, start in enumerate(BEGINNINGS, 1)
        if '"' not in start
    ]
    path.write_text("\n".join(("户外职工驿站清单", head, *rows)), encoding="utf-8")
    where = Position(121.47, 31.23, Level.NUMBER, 60.0, "=测试")
    options: dict[str, Any] = {}
    if write is write_filled:
        options["locate"] = lambda one: Placed(one, None, where, "黄浦区")
    write(path, out, **options)
    cells = texts_of(out.read_bytes(), "spreadsheet")
    assert sum(CANARY in cell for cell in cells) >= len(rows) - 3


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_each_beginning_is_disarmed_in_csv(beginning: str) -> None:
    cell = safe(beginning + CANARY)
    assert cell == f"'{beginning}{CANARY}" or not RUNS.match(cell)


def written(kind: str) -> Iterator[str]:
    """The modules that write cells in a way."""
    for package in ("geodata", "importers", "maps", "service"):
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            if kind in set(_ways(tree)):
                yield str(path.relative_to(ROOT))


def _ways(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in {"csv.writer", "csv.DictWriter"}:
                yield "csv.writer"
            elif called == "WriteOnlyCell":
                yield called
            elif called in {"sheet.append", "book.active.append"}:
                yield "append"
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith("cell.value"):
            yield "value"


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_every_writer_of_cells_is_known(kind: str) -> None:
    assert set(written(kind)) == WRITERS[kind]
