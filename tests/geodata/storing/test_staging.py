"""The staging area: what waits is seen by nobody, published once, and cleared away."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from geodata.declared import (
    Contact,
    DeclaredPlace,
    DeclaredService,
    Placed,
    Source,
    Stored,
)
from geodata.errors import NotFoundError
from geodata.kinds import Kind, Status, Tier
from geodata.model import Reason, Unlocated
from geodata.moments import utc_now
from geodata.store import Store
from geodata.storing import staged as reading
from geodata.storing.ready import from_json, payload_of, persons_of, ready
from geodata.storing.staged import Refusal
from geodata.storing.staging import READING, WAITING
from geodata.tables import (
    Base,
    ImportRun,
    Place,
    RefusedCell,
    RefusedRow,
    SourceRow,
    StagedFile,
    StagedRecord,
    StagedRefusal,
)

ROW = Refusal(True, {"sheet": "", "row": 3, "reason": "缺名称", "cells": [["地址", "甲路1号"]]})
CELL = Refusal(
    False,
    {
        "sheet": "",
        "row": 4,
        "column": "C",
        "header": "面积",
        "found": "很大",
        "expected": "一个数",
    },
)


def row(name: str = "甲站", number: int = 2, **more: object) -> Placed:
    source = Source("站点.csv", "", number, {"name": ("1", name)}, "stations")
    service = DeclaredService(Kind.READING_ROOM, name, Status.PLAQUED, Tier.OTHER)
    declared = DeclaredPlace(name, "", "黄浦区", "", (service,), source)
    placed = Placed(declared, None, Unlocated(Reason.NO_ADDRESS), "黄浦区")
    return replace(placed, declared=replace(declared, **more))  # type: ignore[arg-type]


def stage(store: Store, *rows: Placed, refused: tuple[Refusal, ...] = ()) -> int:
    area = store.staging
    staged = area.begin("站点.csv", "0" * 64)
    area.add(staged, 0, rows, refused)
    rows_refused = sum(one.is_row for one in refused)
    area.finish(staged, forms=["stations"], rows_refused=rows_refused, findings={"a": 1})
    return staged


def counts(store: Store, *tables: type[Base]) -> list[int]:
    with store.reading() as session:
        return [session.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


def test_a_record_is_the_same_after_waiting() -> None:
    contact = Contact("金丝雀甲", "19900000001", "", "负责人")
    one = ready(row(contacts=(contact,)))
    assert from_json(payload_of(one), persons_of(one)) == one
    assert "金丝雀" not in payload_of(one)


def test_what_waits_is_no_data_until_it_is_published(any_store: Store) -> None:
    version = any_store.version()
    staged = stage(any_store, row(), row("乙站", 3))
    assert (any_store.version(), any_store.snapshot().places) == (version, ())
    assert any_store.staging.preview(staged).stored == Stored(new=2)
    assert counts(any_store, Place, SourceRow, ImportRun) == [0, 0, 0]
    assert any_store.staging.commit(staged).stored == Stored(new=2)
    assert counts(any_store, StagedFile, StagedRecord, StagedRefusal) == [0, 0, 0]


@pytest.mark.parametrize("act", ["preview", "commit", "findings"])
def test_a_file_is_published_once(store: Store, act: str) -> None:
    staged = stage(store, row())
    store.staging.commit(staged)
    with pytest.raises(NotFoundError, match="已经导入"):
        getattr(store.staging, act)(staged)


def test_a_file_still_being_read_cannot_be_published(store: Store) -> None:
    staged = store.staging.begin("站点.csv", "0" * 64)
    with pytest.raises(NotFoundError, match="还没有读完"):
        store.staging.commit(staged)


def test_a_file_given_up_leaves_nothing(any_store: Store) -> None:
    staged = stage(any_store, row(), refused=(ROW, CELL))
    any_store.staging.discard(staged)
    left = (StagedFile, StagedRecord, StagedRefusal, Place, RefusedRow)
    assert counts(any_store, *left) == [0] * 5


def test_refused_rows_and_cells_stay_readable(any_store: Store) -> None:
    staged = stage(any_store, row(), refused=(ROW, CELL))
    assert list(any_store.staging.refusals(staged)) == [ROW, CELL]
    any_store.staging.commit(staged)
    with any_store.reading() as session:
        (kept,) = session.scalars(select(RefusedRow)).all()
        (cell,) = session.scalars(select(RefusedCell)).all()
    assert (kept.row, kept.reason, kept.cells) == (3, "缺名称", [["地址", "甲路1号"]])
    assert (cell.row, cell.column, cell.found, cell.expected) == (4, "C", "很大", "一个数")


def test_a_file_all_refused_keeps_its_rows_once(any_store: Store) -> None:
    for _ in range(2):
        any_store.staging.commit(stage(any_store, refused=(ROW,)))
    assert counts(any_store, RefusedRow, ImportRun) == [1, 1]


@pytest.mark.parametrize("ready_for", [True, False], ids=["waiting", "being read"])
def test_what_a_killed_program_left_goes_at_the_next_start(store: Store, ready_for: bool) -> None:
    area = store.staging
    if ready_for:
        stage(store, row())
    else:
        area.add(area.begin("站点.csv", "0" * 64), 0, [row()], [])
    patience = WAITING if ready_for else READING
    now = utc_now()
    assert area.clean(now + patience - timedelta(minutes=1)) == 0
    assert area.clean(now + patience + timedelta(minutes=1)) == 1
    assert counts(store, StagedFile, StagedRecord) == [0, 0]


def test_opening_a_database_clears_what_was_left(store: Store) -> None:
    staged = stage(store, row())
    with store.writing() as session:
        session.get_one(StagedFile, staged).touched = datetime(2020, 1, 1)  # noqa: DTZ001 - as UTC
    again = Store.open(store.engine.url.render_as_string())
    assert counts(again, StagedFile, StagedRecord) == [0, 0]
    again.close()


def test_rows_of_one_record_come_together_from_anywhere_in_a_file(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 3)
    names = ["甲", "乙", "甲", "丙", "丁", "甲", "乙", "戊", "己"]
    staged = stage(any_store, *(row(name, n) for n, name in enumerate(names, start=2)))
    with any_store.reading() as session:
        batches = [
            [one.values["name"] for one in batch] for batch in reading.batches(session, staged)
        ]
    assert batches == [["甲", "甲", "甲", "乙", "乙"], ["丙", "丁", "戊"], ["己"]]
    assert any_store.staging.commit(staged).stored == Stored(new=6, repeated=3)


def test_the_first_rows_are_shown_without_persons(store: Store) -> None:
    contact = Contact("金丝雀甲", "19900000001")
    staged = stage(store, row(contacts=(contact,)), row("乙站", 3))
    (shown,) = store.staging.first(staged, 1)
    assert (shown.values["name"], shown.persons) == ("甲站", ())
