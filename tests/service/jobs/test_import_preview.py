"""What a preview keeps of the rows: which are near a fault, where a cell is written."""

from pathlib import Path
from typing import Any

from geodata.storing.incoming import Refusal
from importers.overrides import NO_OVERRIDES
from service.jobs.import_preview import rows_of


def table(tmp_path: Path, rows: int = 8) -> Path:
    path = tmp_path / "示例名单.csv"
    lines = [f"示例・站{n},户外职工驿站,黄浦区,某路{n}号" for n in range(2, rows + 2)]
    path.write_text("\n".join(["名称,类别,区,地址", *lines]), encoding="utf-8")
    return path


def cell(row: int, column: str) -> Refusal:
    told = {"sheet": "", "row": row, "column": column, "header": "", "found": ""}
    return Refusal(False, {**told, "expected": "一个区"})


def kept(path: Path, *refusals: Refusal) -> list[dict[str, Any]]:
    return rows_of(path, NO_OVERRIDES, refusals)[1]


def test_rows_beside_a_fault_are_near_it(tmp_path: Path) -> None:
    rows = kept(table(tmp_path), cell(5, "3"))
    assert [row["row"] for row in rows if row["near"]] == [4, 5, 6]
    assert [row["n"] for row in rows] == list(range(8))


def test_a_fault_is_told_with_where_to_write(tmp_path: Path) -> None:
    row = kept(table(tmp_path), cell(5, "3"))[3]["shown"]
    assert (row["faults"], row["places"]) == ({"2": "一个区"}, {"2": ((5, 2),)})


def test_a_refused_row_says_why(tmp_path: Path) -> None:
    refused = Refusal(True, {"sheet": "", "row": 2, "reason": "不是你的区", "cells": []})
    rows = kept(table(tmp_path), refused)
    assert [row["shown"]["refused"] for row in rows[:2]] == ["不是你的区", ""]
    assert [row["row"] for row in rows if row["near"]] == [2, 3]


def test_without_faults_no_row_is_near(tmp_path: Path) -> None:
    assert [row["near"] for row in kept(table(tmp_path, 3))] == [False, False, False]
