"""Undoing an import: the database is as it was, or nothing happens and the reason is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import shapely
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.declared import (
    Contact,
    DeclaredPlace,
    DeclaredService,
    Placed,
    Source,
)
from geodata.duplicates.merge import keep_apart, merge
from geodata.duplicates.said import Said
from geodata.edits import edit
from geodata.errors import ConflictError, NotFoundError
from geodata.keeping.backup import back_up
from geodata.keeping.restore import restore
from geodata.kinds import Kind, Status, Tier
from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.place.candidate import Candidate, Doubt, Verdict
from geodata.review.decisions import Action, put
from geodata.review.queue import queue
from geodata.store import Store
from geodata.storing.incoming import Refusal
from geodata.storing.undo import Undone, undo
from geodata.tables import (
    AuditEvent,
    Base,
    DutyEvent,
    ImportBefore,
    ImportMade,
    ImportRun,
    Place,
    ServicePoint,
    StatusChange,
)
from geodata.tables import Contact as ContactRow

RUNS = {"import_run", "import_made", "import_before", "data_version", "audit_event"}
SHA = iter(range(1_000_000))
Rows = dict[str, list[dict[str, Any]]]


def bring(store: Store, *rows: Placed, file: str = "站点.csv", refused: int = 0) -> int:
    """Import rows; the number of the run."""
    area, wrong = store.staging, [REFUSED] * refused
    staged = area.begin(file, f"{next(SHA):064}")
    area.add(staged, 0, rows, wrong)
    area.finish(staged, forms=["stations"], rows_refused=refused, findings={})
    area.commit(staged)
    with store.reading() as session:
        return max(session.scalars(select(ImportRun.id)).all())


REFUSED = Refusal(True, {"sheet": "", "row": 9, "reason": "缺名称", "cells": [["地址", "甲路1号"]]})
HERE = Position(121.47, 31.23, Level.NUMBER, 90.0, "地名库")


def source(number: int = 2) -> Source:
    return Source("站点.csv", "", number, {"name": ("1", "某")}, "stations")


def place(name: str = "甲站", address: str = "甲路1号", number: int = 2, **service: Any) -> Placed:
    plain = DeclaredService(Kind.OUTDOOR_STATION, name, Status.PLAQUED, Tier.OTHER)
    one = replace(plain, **service)
    declared = DeclaredPlace(name, address, "黄浦区", "", (one,), source(number))
    return Placed(declared, parse(address), HERE, "黄浦区")


def everything(store: Store) -> Rows:
    """All rows of all tables but those about the runs themselves."""
    found: Rows = {}
    with store.reading() as session:
        for of in Base.metadata.sorted_tables:
            if of.name not in RUNS:
                query = select(of).order_by(*of.primary_key)
                found[of.name] = [dict(row) for row in session.execute(query).mappings()]
    return found


def test_undoing_says_what_it_did(any_store: Store) -> None:
    bring(any_store, place(hours_text="9:00-17:00"), place("乙站", "乙路2号", 3))
    run = bring(any_store, place(hours_text="24小时"), place("丙站", "丙路3号", 4))
    assert undo(any_store, run, by="规划员") == Undone(run, "站点.csv", removed=1, restored=1)
    with any_store.reading() as session:
        kept = session.get(ImportRun, run)
        events = session.execute(select(AuditEvent.by, AuditEvent.action, AuditEvent.record_id))
        assert [tuple(one) for one in events] == [("规划员", "import.undo", run)]
    assert kept is not None
    assert (kept.undone_by, kept.undone_at is not None) == ("规划员", True)


def test_an_import_is_undone_once(any_store: Store) -> None:
    run = bring(any_store, place())
    undo(any_store, run, by="规划员")
    with pytest.raises(ConflictError, match=f"第 {run} 次导入已经在 .* UTC 撤销过，由 规划员。"):
        undo(any_store, run, by="规划员")
    with pytest.raises(NotFoundError, match="没有第 77 次导入"):
        undo(any_store, 77, by="规划员")


def test_an_import_older_than_its_traces_is_not_undone(any_store: Store) -> None:
    run = bring(any_store, place())
    with any_store.writing() as session:
        session.execute(delete(ImportMade))
    with pytest.raises(ConflictError, match="没有留下原样"):
        undo(any_store, run, by="规划员")


def test_imports_are_undone_one_after_the_other(any_store: Store) -> None:
    states, runs = [everything(any_store)], []
    for hours in ("9:00-17:00", "24小时", "8:00-20:00"):
        runs.append(bring(any_store, place(hours_text=hours)))
        states.append(everything(any_store))
    for run in reversed(runs):
        assert everything(any_store) == states.pop()
        undo(any_store, run, by="")
    assert everything(any_store) == states.pop()


def test_a_later_import_of_other_records_stands_in_nobodys_way(any_store: Store) -> None:
    run = bring(any_store, place())
    bring(any_store, place("乙站", "乙路2号", 3), file="乙.csv")
    undo(any_store, run, by="")
    with any_store.reading() as session:
        assert session.scalars(select(Place.name)).all() == ["乙站"]


def test_the_ids_of_an_undone_import_are_not_given_again(any_store: Store) -> None:
    bring(any_store, place())
    undo(any_store, bring(any_store, place("乙站", "乙路2号", 3)), by="")
    bring(any_store, place("丙站", "丙路3号", 4))
    with any_store.reading() as session:
        assert session.execute(select(Place.id, Place.name).order_by(Place.id)).all() == [
            (1, "甲站"),
            (3, "丙站"),
        ]


def test_the_ids_lost_to_an_older_backup_are_not_given_again(
    any_store: Store, tmp_path: Path
) -> None:
    bring(any_store, place())
    older = back_up(any_store, tmp_path, by="").path
    bring(any_store, place("乙站", "乙路2号", 3))
    url = any_store.engine.url.render_as_string(hide_password=False)
    restore(url, older, folder=tmp_path, replace=True, by="")
    bring(any_store, place("丙站", "丙路3号", 4))
    with any_store.reading() as session:
        places = session.execute(select(Place.id, Place.name).order_by(Place.id)).all()
        services = session.execute(select(ServicePoint.id, ServicePoint.place_id)).all()
    assert places == [(1, "甲站"), (3, "丙站")]
    assert services == [(1, 1), (3, 3)]


def test_the_same_file_may_come_again_after_undoing(any_store: Store) -> None:
    rows = place(hours_text="24小时"), place("乙站", "乙路2号", 3)
    undo(any_store, bring(any_store, *rows, refused=1), by="")
    run = bring(any_store, *rows, refused=1)
    with any_store.reading() as session:
        kept = session.get(ImportRun, run)
        assert kept is not None
        assert (kept.new, kept.undone_at) == (2, None)


def test_a_shape_that_is_no_point_comes_back_whole(any_store: Store) -> None:
    outline = shapely.box(121.46, 31.22, 121.48, 31.24)
    bring(any_store, place())
    with any_store.writing() as session:
        session.scalars(select(Place)).one().geom = outline
    moved = place()
    undo(any_store, bring(any_store, replace(moved, outcome=replace(HERE, lon=121.5))), by="")
    with any_store.reading() as session:
        assert session.scalars(select(Place.geom)).one() == outline


SAID = Said(by="规划员", at=datetime(2030, 1, 1))  # noqa: DTZ001 - stored without a zone


def by_hand(session: Session) -> None:
    edit(session, Place, 2, "name", "乙站（南门）", by="规划员")


def by_status(session: Session) -> None:
    status = {"before": "plaqued", "after": "delisted", "on": date(2026, 5, 1)}
    session.add(StatusChange(service_point_id=2, reason="", by="规划员", **status))


def by_deciding(session: Session) -> None:
    key = session.scalars(select(Place.canonical).where(Place.id == 2)).one()
    put(session, key, HERE, action=Action.MOVE, by="规划员")


def by_merging(session: Session) -> None:
    merge(session, Place, 1, 2, SAID)


def by_keeping_apart(session: Session) -> None:
    keep_apart(session, Place, 1, 2, SAID)


def by_hanging_on(session: Session) -> None:
    on = date(2026, 5, 1)
    session.add(DutyEvent(service_point_id=2, kind="duty", on=on, note="", by=""))


def by_adding_a_service(session: Session) -> None:
    held = session.scalars(select(ServicePoint).where(ServicePoint.id == 1)).one()
    held.place_id = 2


def by_the_audit_trail(session: Session) -> None:
    record(session, by="规划员", action="contact.edit", table="place", record_id=2)


@pytest.mark.parametrize(
    ("act", "how"),
    [
        (by_hand, "人工改过"),
        (by_status, "改过状态"),
        (by_deciding, "核定过位置"),
        (by_merging, "判过是否重复"),
        (by_keeping_apart, "判过是否重复"),
        (by_hanging_on, "有别的记录挂着"),
        (by_adding_a_service, "添了别的服务"),
        (by_the_audit_trail, "人工改过"),
    ],
)
def test_what_was_done_since_with_a_new_record_stops_undoing(
    any_store: Store, act: Callable[[Session], None], how: str
) -> None:
    bring(any_store, place())
    run = bring(any_store, place("乙站", "乙路2号", 3), file="乙.csv")
    with any_store.writing() as session:
        act(session)
    before = everything(any_store)
    with pytest.raises(ConflictError) as told:
        undo(any_store, run, by="规划员")
    assert f"（{how}）" in str(told.value)
    assert everything(any_store) == before


def test_reading_a_contact_stops_no_undoing(any_store: Store) -> None:
    run = bring(any_store, place())
    with any_store.writing() as session:
        record(session, by="规划员", action="contact.read", table="place", record_id=1)
    assert undo(any_store, run, by="").removed == 1


@pytest.mark.parametrize("field", ["hours_text", "notes"])
def test_an_edit_of_a_changed_record_stops_undoing(any_store: Store, field: str) -> None:
    bring(any_store, place())
    run = bring(any_store, place(hours_text="24小时"))
    with any_store.writing() as session:
        edit(session, ServicePoint, 1, field, "我写的", by="规划员")
    with pytest.raises(ConflictError) as told:
        undo(any_store, run, by="")
    assert str(told.value) == (
        f"第 {run} 次导入不能整次撤销，导入以后它的记录有过别的改动：“甲站”（人工改过）。"
        "请逐处处理，或者改正文件再导入一次。"
    )


def test_a_later_import_of_the_same_records_is_undone_first(any_store: Store) -> None:
    empty = everything(any_store)
    first = bring(any_store, place())
    second = bring(any_store, place(hours_text="24小时"), file="乙.csv")
    with pytest.raises(ConflictError, match="“甲站”（后来的导入也写过）"):
        undo(any_store, first, by="")
    for run in (second, first):
        undo(any_store, run, by="")
    assert everything(any_store) == empty


def test_a_contact_goes_with_the_import_that_brought_it(any_store: Store) -> None:
    def named(who: str) -> Placed:
        one = place()
        contacts = (Contact(who, "19900000001"),)
        return replace(one, declared=replace(one.declared, contacts=contacts))

    bring(any_store, named("金丝雀甲"))
    run = bring(any_store, named("金丝雀乙"))
    with any_store.reading() as session:
        kept = session.scalars(select(ImportBefore)).all()
    assert "金丝雀" not in str([(one.before, one.after) for one in kept])
    undo(any_store, run, by="")
    with any_store.reading() as session:
        assert session.scalars(select(ContactRow.name)).all() == ["金丝雀甲"]


def test_a_service_that_moved_to_a_new_door_goes_back(any_store: Store) -> None:
    bring(any_store, place(official_code="沪-01"))
    before = everything(any_store)
    run = bring(any_store, place(address="甲路10号", official_code="沪-01"), place("乙屋"))
    undo(any_store, run, by="")
    assert everything(any_store) == before


def test_a_question_that_another_record_asks_too_stays(any_store: Store) -> None:
    def doubtful(name: str) -> Placed:
        one = replace(place(name, "甲路"), verdict=Verdict.REVIEW, doubts=(Doubt.LOW_LEVEL,))
        return replace(one, candidates=(Candidate(HERE, "甲库"),))

    def asked() -> list[tuple[str, ...]]:
        with any_store.reading() as session:
            return [one.names for one in queue(session)]

    first = bring(any_store, doubtful("甲站"), place("丙站", "丙路3号", 3))
    second = bring(any_store, doubtful("乙站"), file="乙.csv")
    undo(any_store, first, by="")
    assert asked() == [("乙站",)]
    undo(any_store, second, by="")
    assert asked() == []


def test_an_import_of_refused_rows_alone_is_undone(any_store: Store) -> None:
    bring(any_store, place())
    before = everything(any_store)
    run = bring(any_store, place(), refused=2)
    assert len(everything(any_store)["refused_row"]) == 2
    assert undo(any_store, run, by="") == Undone(run, "站点.csv", removed=0, restored=0)
    assert everything(any_store) == before


def test_a_door_that_another_record_has_taken_since_is_not_taken_back(any_store: Store) -> None:
    bring(any_store, place(official_code="沪-01"), place("乙站", "乙路2号", 3))
    run = bring(any_store, place(address="甲路10号", official_code="沪-01"))
    with any_store.writing() as session:
        session.get_one(Place, 2).key = "黄浦区|road=甲路|number=1"
    before = everything(any_store)
    with pytest.raises(ConflictError, match="后来的记录占了原来的名称或门牌"):
        undo(any_store, run, by="")
    assert everything(any_store) == before
