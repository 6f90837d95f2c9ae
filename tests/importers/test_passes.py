"""Two passes: what a preview says before anything is stored, and that stopping leaves nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from geodata.declared import Declared, Placed, Stored
from geodata.errors import CancelledError
from geodata.model import Reason, Unlocated
from geodata.store import Store
from geodata.storing import staging
from geodata.storing.outcome import Outcome
from geodata.tables import Base, Place, RefusedCell, StagedFile, StagedRecord
from importers.ingest import commit, discard, ingest, preview, stage, waiting
from importers.reporting.gathered import Groups
from importers.reporting.report import ImportReport
from importers.reporting.seen import Findings

LIST = (
    "名称,类别,区,地址,开放时间,面积,联系人\n"
    "甲站,户外职工驿站,黄浦区,甲路1号,9:00-17:00,很大,金丝雀甲\n"
    "乙屋,职工书屋,黄浦区,乙路2号,,30,\n"
    ",职工书屋,黄浦区,丙路3号,,30,金丝雀乙\n"
)
CORRECTED = LIST.replace("9:00-17:00,很大", "8:00-20:00,25")


def nowhere(declared: Declared) -> Placed:
    outcome = Unlocated(Reason.NOT_FOUND)
    return Placed(declared, None, outcome, declared.district, declared.flags)


def bring(store: Store, path: Path) -> ImportReport:
    return ingest(path, area=store.staging, locate=nowhere)


def count(store: Store, *tables: type[Base]) -> list[int]:
    with store.reading() as session:
        return [session.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


def test_a_preview_says_everything_and_stores_nothing(
    text_file: Callable[..., Path],
    fresh_store: Callable[[], Store],
    exported: Callable[[Store], str],
) -> None:
    store = fresh_store()
    bring(store, text_file(LIST, "甲.csv"))
    before = exported(store)
    staged = stage(text_file(CORRECTED, "乙.csv"), area=store.staging, locate=nowhere)
    told = preview(staged, area=store.staging).lines()
    assert told == [
        "预览“乙.csv”：还没有存入任何内容",
        "认出：第 1 行起的“站点清单”，3 行",
        "  依据的列：名称、类别、区、地址、开放时间、面积、联系人",
        "  表头→字段：名称→名称；类别→类别；区→区；地址→地址；开放时间→开放时间；面积→面积；"
        "联系人→联系人",
        "  第 2 行读作：甲站；甲路1号；黄浦区；户外驿站；未落图",
        "  第 3 行读作：乙屋；乙路2号；黄浦区；职工书屋；未落图",
        "读到 3 行：新增 0，更新 1，不变 1，退回 1；未落图 2",
        "更新：第 2 行“甲站”，户外驿站的开放时间“9:00-17:00”→“8:00-20:00”；户外驿站的面积“空”→“25”",
        "退回：第 4 行，“名称”：这一格必须填写。原文：类别 职工书屋；区 黄浦区；地址 丙路3号；"
        "面积 30",
        "未落图：第 2 行“甲站”，地名库里没有这个地址",
        "未落图：第 3 行“乙屋”，地名库里没有这个地址",
    ]
    assert exported(store) == before
    discard(staged, area=store.staging)
    assert count(store, StagedFile, StagedRecord) == [0, 0]


def test_a_staged_file_can_be_taken_up_by_another_process(
    text_file: Callable[..., Path], fresh_store: Callable[[], Store]
) -> None:
    store = fresh_store()
    staged = stage(text_file(LIST, "甲.csv"), area=store.staging, locate=nowhere)
    again = waiting(staged.id, area=store.staging)
    assert again == staged
    assert commit(again, area=store.staging).stored == Stored(new=2)


def test_the_same_file_again_changes_not_one_byte(
    text_file: Callable[..., Path],
    fresh_store: Callable[[], Store],
    exported: Callable[[Store], str],
) -> None:
    store, path = fresh_store(), text_file(LIST, "甲.csv")
    bring(store, path)
    before = exported(store)
    assert bring(store, path).stored == Stored(same=2)
    assert exported(store) == before


def test_cancelling_leaves_nothing(
    text_file: Callable[..., Path], fresh_store: Callable[[], Store]
) -> None:
    store, asked = fresh_store(), iter([False, True])
    with pytest.raises(CancelledError, match="已取消导入"):
        stage(
            text_file(LIST, "甲.csv"),
            area=store.staging,
            locate=nowhere,
            cancelled=lambda: next(asked),
        )
    assert count(store, Place, StagedFile, StagedRecord) == [0, 0, 0]


def test_a_stop_from_the_keyboard_leaves_nothing(
    text_file: Callable[..., Path], fresh_store: Callable[[], Store]
) -> None:
    def stopped(declared: Declared) -> Placed:
        raise KeyboardInterrupt

    store = fresh_store()
    with pytest.raises(KeyboardInterrupt):
        ingest(text_file(LIST, "甲.csv"), area=store.staging, locate=stopped)
    assert count(store, Place, StagedFile, StagedRecord) == [0, 0, 0]


def test_a_thousand_faults_are_counted_and_the_first_are_told(
    text_file: Callable[..., Path], fresh_store: Callable[[], Store]
) -> None:
    rows = [f"站{n},职工书屋,很大" for n in range(700)] + [f",职工书屋,{n}" for n in range(300)]
    store = fresh_store()
    report = bring(store, text_file("\n".join(["名称,类别,面积", *rows]), "多.csv"))
    told = report.lines()
    assert "读到 1000 行：新增 700，更新 0，不变 0，退回 300；未落图 700" in told
    assert (
        "读不出：3 列“面积”第 2、3、4、5、6、7、8、9 等共 700行，例如“很大”。"
        "应填：一个数，例如 120。请改正后再导入"
    ).replace("700行", "700 行") in told
    assert "退回：另有 240 行，导入后用 zhitu refused 查看" in told
    assert "未落图：另有 640 行，地名库里没有这个地址" in told
    assert (len(told), len(report.refused_rows)) == (127, 200)
    assert count(store, RefusedCell) == [1000]


def test_findings_survive_json(
    text_file: Callable[..., Path], fresh_store: Callable[[], Store]
) -> None:
    findings = bring(fresh_store(), text_file(LIST, "甲.csv")).findings
    assert Findings.from_json(json.loads(json.dumps(findings.as_json()))) == findings


def test_an_empty_outcome_says_no_changes() -> None:
    none: Groups[Any] = Groups()
    nothing = Findings("甲.csv", "", (), (), (), 0, 0, none, none, none, none)
    assert ImportReport(nothing, Outcome(Stored())).lines() == [
        "文件“甲.csv”",
        "读到 0 行：新增 0，更新 0，不变 0，退回 0；未落图 0",
    ]


def test_a_preview_counts_the_duplicates_that_importing_finds(
    text_file: Callable[..., Path],
    fresh_store: Callable[[], Store],
    exported: Callable[[Store], str],
) -> None:
    store = fresh_store()
    one = "名称,类别,区,地址\n甲乙丙丁戊己庚站,户外职工驿站,黄浦区,\n"
    bring(store, text_file(one, "甲.csv"))
    before = exported(store)
    twin = text_file(one.replace("甲", "辛"), "丙.csv")
    staged = stage(twin, area=store.staging, locate=nowhere)
    told = preview(staged, area=store.staging)
    assert exported(store) == before
    assert told.outcome.duplicates == 1
    assert commit(staged, area=store.staging).outcome == told.outcome


def test_a_file_too_long_to_be_rehearsed_is_compared_without_duplicates(
    text_file: Callable[..., Path],
    fresh_store: Callable[[], Store],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = fresh_store()
    monkeypatch.setattr(staging, "_MOST_REHEARSED", 1)
    staged = stage(text_file(LIST, "甲.csv"), area=store.staging, locate=nowhere)
    told = preview(staged, area=store.staging)
    assert told.outcome == Outcome(Stored(new=2), duplicates=None)
    assert told.lines()[6] == (
        "读到 3 行：新增 2，更新 0，不变 0，退回 1；未落图 2；疑似重复要到导入时才查"
    )


def test_what_a_file_no_longer_holds_stays_and_is_told(
    text_file: Callable[..., Path], fresh_store: Callable[[], Store]
) -> None:
    store = fresh_store()
    bring(store, text_file(LIST, "甲.csv"))
    shorter = text_file("".join(LIST.splitlines(keepends=True)[:2]), "甲.csv")
    staged = stage(shorter, area=store.staging, locate=nowhere)
    told = preview(staged, area=store.staging)
    assert told.outcome == Outcome(Stored(same=1), left_out=1, left_names=("乙屋",))
    assert (
        "这次没有、同名文件以前导入过的：1 处，照旧保留（乙屋）。不再服务的请改状态，例如“摘牌”"
        in told.lines()
    )
    assert commit(staged, area=store.staging).outcome == told.outcome
    assert count(store, Place) == [2]
