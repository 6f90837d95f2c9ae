"""The table of legal moves as a table."""

from itertools import pairwise
from pathlib import Path

import pytest

from geodata.accounts.roles import ROLE_LABELS, Role
from geodata.errors import ParameterError
from geodata.kinds import STATUS_LABELS, Status
from geodata.lifecycle.moves import MOVES, Need, legal, moves_from

DOC = Path(__file__).parents[3] / "docs" / "lifecycle.md"


def test_the_main_way_is_the_chain_of_the_design() -> None:
    chain = (
        *(Status.SURVEYED, Status.DECLARED, Status.DISTRICT_REVIEWED, Status.CITY_APPROVED),
        *(Status.BUILDING, Status.ACCEPTED, Status.PLAQUED, Status.RECTIFYING, Status.DELISTED),
    )
    needs = [legal(*ends).need.value for ends in pairwise(chain)]
    assert needs == [*["nothing"] * 5, "plaque", "yellow_card", "red_card"]


def test_no_move_is_there_twice_and_none_stands_still() -> None:
    ends = [(move.before, move.after) for move in MOVES]
    assert len(set(ends)) == len(ends) == 30
    assert [move for move in MOVES if move.before is move.after] == []


def test_every_status_can_be_reached_and_left() -> None:
    assert {move.before for move in MOVES} == set(Status)
    assert {move.after for move in MOVES} == set(Status) - {Status.SURVEYED}


def test_a_point_is_delisted_by_a_red_card_or_by_a_reviewer_with_a_reason() -> None:
    ways = [
        (move.before.value, move.role.value, move.reason, move.need)
        for move in MOVES
        if move.after is Status.DELISTED
    ]
    assert ways == [
        ("plaqued", "reviewer", True, Need.NOTHING),
        ("rectifying", "reviewer", True, Need.RED_CARD),
    ]


def test_an_account_is_offered_what_its_role_and_reach_may() -> None:
    def offered(status: Status, role: Role, *, everywhere: bool) -> list[str]:
        return [move.after.value for move in moves_from(status, role, everywhere=everywhere)]

    reviewed = Status.DISTRICT_REVIEWED
    assert offered(reviewed, Role.VIEWER, everywhere=True) == []
    assert offered(reviewed, Role.EDITOR, everywhere=True) == ["withdrawn"]
    assert offered(reviewed, Role.REVIEWER, everywhere=False) == ["declared", "withdrawn"]
    assert offered(reviewed, Role.REVIEWER, everywhere=True) == [
        *("city_approved", "rejected", "declared", "withdrawn")
    ]
    assert offered(Status.DELISTED, Role.REVIEWER, everywhere=True) == ["declared"]
    assert offered(Status.DELISTED, Role.ADMIN, everywhere=True) == ["declared", "plaqued"]


def test_what_is_not_in_the_table_is_refused_with_what_is() -> None:
    with pytest.raises(ParameterError) as refused:
        legal(Status.DECLARED, Status.PLAQUED)
    assert str(refused.value) == (
        "“已申报”不能直接变成“已挂牌”；可以变成“区局已审”、“未通过”、“已撤回”。"
    )


def test_the_table_in_the_docs_is_the_table() -> None:
    needs = {
        Need.NOTHING: "",
        Need.NEW_PLACE: "新地方",
        Need.PLAQUE: "官方编号或挂牌日期",
        Need.YELLOW_CARD: "黄牌",
        Need.PASSED_INSPECTION: "区或市的复查合格",
        Need.RED_CARD: "红牌",
    }
    rows = []
    for move in MOVES:
        who = ("市级" if move.city else "") + ROLE_LABELS[move.role][0]
        also = "、".join(part for part in ("原因" if move.reason else "", needs[move.need]) if part)
        ends = STATUS_LABELS[move.before][0], STATUS_LABELS[move.after][0]
        rows.append(f"| {ends[0]} | {ends[1]} | {who} | {also} |")
    written = DOC.read_text("utf-8").splitlines()
    assert [line for line in written if line.startswith("| ")][1:] == rows
