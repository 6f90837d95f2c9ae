"""The union's notices as they are: what is taken from them, and that no person is."""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from geodata.declared import Declared, DeclaredPlace, ImportedFile, Placed
from geodata.errors import UnknownFormError
from geodata.kinds import Kind
from geodata.model import Reason, Unlocated
from geodata.store import Store
from importers.ingest import ingest
from importers.reporting.report import ImportReport

pytestmark = pytest.mark.shared


def bring_in(path: Path) -> tuple[ImportReport, ImportedFile]:
    """Import a file with nothing located."""
    placed: list[Placed] = []

    def locate(declared: Declared) -> Placed:
        outcome = Unlocated(Reason.NOT_FOUND)
        placed.append(Placed(declared, None, outcome, declared.district, declared.flags))
        return placed[-1]

    with TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/zhitu.sqlite")
        try:
            report = ingest(path, area=store.staging, locate=locate)
        finally:
            store.close()
    refused = len(report.refused_rows)
    forms = tuple(form.form for form in report.forms)
    return report, ImportedFile(
        report.file, report.sha256, tuple(placed), report.rows_read, refused, forms
    )


def only(folder: Path, number: str) -> Path:
    return next((folder / "seeds").glob(f"{number}_*.txt"))


@pytest.fixture(scope="module")
def notice(shared: Path) -> tuple[ImportReport, ImportedFile]:
    return bring_in(only(shared, "001"))


def places(file: ImportedFile) -> list[DeclaredPlace]:
    return [one.declared for one in file.records if isinstance(one.declared, DeclaredPlace)]


def test_the_notice_of_2023_gives_its_training_points_and_centres(
    notice: tuple[ImportReport, ImportedFile],
) -> None:
    report, file = notice
    kinds = [place.services[0].kind for place in places(file)]
    assert kinds == [Kind.SERVICE_CENTRE] * 16 + [Kind.TRAINING_POINT] * 25
    assert (report.rows_read, report.refused_rows, report.faults) == (41, (), ())
    assert len({place.district for place in places(file)}) == 16


def test_the_empty_forms_of_2023_are_empty_forms(
    notice: tuple[ImportReport, ImportedFile],
) -> None:
    assert [form.form for form in notice[0].empty_forms] == [
        "health_points_2023",
        "rest_rooms_2023",
        "model_rooms_2023",
        "training_applications",
    ]


def test_every_other_table_of_2023_is_refused_with_a_reason(
    notice: tuple[ImportReport, ImportedFile],
) -> None:
    tables = notice[0].refused_tables
    assert [table.first_row for table in tables] == [408, 467, 623, 794, 798, 817, 914]
    assert {table.first_row: table.reason for table in tables if table.found} == {
        914: "最接近“午餐供应点清单”，缺少“名称”“类别”列"
    }
    unlike = [table.reason for table in tables if not table.found]
    assert [one.split("“")[0] for one in unlike] == ["表头没有一个对得上站点类的表；最接近"] * 6


def test_the_training_points_are_those_of_the_list_of_seeds(
    shared: Path, notice: tuple[ImportReport, ImportedFile]
) -> None:
    report, file = bring_in(shared / "seeds" / "seed_points.csv")
    assert report.rows_read == 63
    listed = [
        (place.name, place.district, place.address)
        for place in places(file)
        if place.services[0].kind is Kind.TRAINING_POINT
    ]
    printed = [
        (place.name, place.district, place.address)
        for place in places(notice[1])
        if place.services[0].kind is Kind.TRAINING_POINT
    ]
    assert printed == listed


def test_the_centres_are_those_of_the_list_of_seeds(
    shared: Path, notice: tuple[ImportReport, ImportedFile]
) -> None:
    _, file = bring_in(shared / "seeds" / "seed_points.csv")

    def centres(one: ImportedFile) -> list[tuple[str, str, str, str]]:
        return [
            (place.name, place.district, place.address, place.services[0].public_phone)
            for place in places(one)
            if place.services[0].kind is Kind.SERVICE_CENTRE
        ]

    assert len(centres(notice[1])) == 16
    assert centres(notice[1]) == centres(file)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-be", "utf-8-sig"])
def test_a_notice_says_the_same_in_every_encoding(
    shared: Path, notice: tuple[ImportReport, ImportedFile], tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(only(shared, "001").read_text(encoding="utf-8").encode(encoding))
    report, _ = bring_in(path)
    assert report.lines()[1:] == notice[0].lines()[1:]


def test_the_broken_row_is_flagged(notice: tuple[ImportReport, ImportedFile]) -> None:
    joined = [doubt for doubt in notice[0].flags if doubt.code == "row_joined"]
    assert [(doubt.row, doubt.name) for doubt in joined] == [(1002, "轨道交通培训中心7号楼-沙盘室")]


def test_the_notice_of_2024_is_one_empty_form(shared: Path) -> None:
    report, file = bring_in(only(shared, "000"))
    assert [form.form for form in report.empty_forms] == ["rest_rooms_2024"]
    assert (report.forms, report.refused_tables, file.records) == ((), (), ())


@pytest.mark.parametrize("number", ["002", "003", "004"])
def test_nothing_enters_from_the_stories(shared: Path, number: str) -> None:
    with pytest.raises(UnknownFormError):
        bring_in(only(shared, number))


def test_no_person_of_the_notice_is_in_a_record_or_in_the_report(
    shared: Path, notice: tuple[ImportReport, ImportedFile]
) -> None:
    text = only(shared, "001").read_text()
    named = re.findall(
        r"联系人[:：]\s*\S*?[部室会心院]?\s+([\u4e00-\u9fff]{2,3})\s*$", text, re.MULTILINE
    )
    mobiles = re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    emails = re.findall(r"[\w.]+@[\w.]+", text)
    assert min(len(named), len(mobiles), len(emails)) > 0
    report, file = notice
    told = json.dumps(report.as_json(), ensure_ascii=False) + "\n".join(report.lines())
    everything = told + repr(file)
    assert [word for word in (*named, *mobiles, *emails) if word in everything] == []
