"""`zhitu review` and `zhitu relocate` on a small list, from the question to the answer and back."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main

HEADER = "address,lng,lat,datum,level,district,error_m"
DOORS = (
    "三鲁公路2009号,121.524508,31.057544,WGS-84,number,闵行区,90",
    "试验路8号,121.342189,31.225915,WGS-84,number,长宁区,90",
)
SITES = (
    "名称,类型,区,地址,职工数",
    "示例・项目部,园区,浦东新区,三鲁公路2009号,1200",
    "示例・产业园,园区,长宁区,试验路8号,300",
    "示例・老楼,楼宇,长宁区,无名支路7号,",
)


class Desk:
    """A folder with a gazetteer and a list that was taken in."""

    def __init__(self, folder: Path) -> None:
        self.database = f"sqlite:///{folder / 'zhitu.sqlite'}"
        self.gazetteer = folder / "地名.csv"
        self.know(*DOORS)
        self.list = folder / "园区.csv"
        self.list.write_text("\n".join(SITES), encoding="utf-8")
        self.run("import", str(self.list))

    def know(self, *doors: str) -> None:
        self.gazetteer.write_text("\n".join((HEADER, *doors)), encoding="utf-8")

    def run(self, *arguments: str, code: int = 0) -> str:
        environ = {"ZHITU_GAZETTEERS": str(self.gazetteer)}
        result = CliRunner().invoke(main, ["--database", self.database, *arguments], env=environ)
        assert result.exit_code == code, result.output
        return result.output

    def ref(self, name: str) -> str:
        """The short name of the address of a record in the queue."""
        (line,) = [row for row in self.run("review", "list").splitlines() if name in row]
        return line.split()[0]

    def shown(self, ref: str) -> str:
        return self.run("review", "show", ref)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_list_names_what_waits_the_weightiest_first(desk: Desk) -> None:
    told = desk.run("review", "list").splitlines()
    assert told[0] == "待核定的地址：2 个"
    assert ["示例・项目部" in told[2], "1,200" in told[2]] == [True, True]
    assert ["示例・老楼" in told[3], "不详" in told[3]] == [True, True]


def test_an_address_is_shown_with_its_doubts_and_candidates(desk: Desk) -> None:
    told = desk.shown(desk.ref("项目部"))
    assert "示例・项目部（三鲁公路2009号，浦东新区）：不在图上" in told
    assert "疑问：查到的位置不在所写的区" in told
    assert "受影响职工：1,200 人" in told
    assert "121.524508" in told


def test_a_candidate_is_picked_and_the_pick_undone(desk: Desk) -> None:
    ref = desk.ref("项目部")
    told = desk.run("review", "pick", ref, "1", "--note", "去看过")
    assert "门牌 121.524508, 31.057544 ±90 米，人工核定 规划员" in told
    assert "已记下，1 条记录随之更新。" in told
    assert desk.run("review", "list").startswith("待核定的地址：1 个")
    assert re.search(r"已核定：选定候选位置，\d{4}-\d\d-\d\d，规划员 去看过", desk.shown(ref))
    assert "不在图上" in desk.run("review", "undo", ref)
    assert desk.run("review", "list").startswith("待核定的地址：2 个")


def test_an_address_is_moved_in_the_datum_that_is_named(desk: Desk) -> None:
    ref = desk.ref("老楼")
    told = desk.run("review", "move", ref, "121.3965", "31.2120", "--datum", "WGS-84")
    assert "人工核定 121.396500, 31.212000 ±15 米" in told
    assert "--datum" in desk.run("review", "move", ref, "121.3965", "31.2120", code=2)
    assert "本市范围以外" in desk.run(
        "review", "move", ref, "116.4", "39.9", "--datum", "WGS-84", code=1
    )


def test_an_address_is_corrected_or_said_to_be_no_place(desk: Desk) -> None:
    ref = desk.ref("老楼")
    assert "门牌 121.342189" in desk.run("review", "correct", ref, "试验路8号")
    assert "已核定：不是一个地点" in desk.run("review", "not-a-place", ref)


def test_a_link_is_printed_once_with_the_sites_own_address(desk: Desk) -> None:
    told = desk.run("review", "link", desk.ref("老楼"), "--site", "https://map.example.org/")
    assert re.match(r"https://map\.example\.org/pin/[\w-]{32}\n", told)
    assert "14 天内有效，只能用一次" in told


def test_a_number_nobody_gave_is_one_sentence(desk: Desk) -> None:
    assert "没有编号为 0000 的地址" in desk.run("review", "show", "0000", code=1)


def test_relocating_tells_what_would_move_and_then_does_it(desk: Desk) -> None:
    desk.know(DOORS[0], DOORS[1].replace("121.342189", "121.345000"),
              "无名支路7号,121.39,31.21,WGS-84,number,长宁区,90")  # fmt: skip
    told = desk.run("relocate", "--dry-run")
    assert told.startswith("会变 2 条；位置不变、只换来源 0 条；不变 1 条；人核定过、不动的 0 条")
    assert re.search(r"示例・产业园\s+试验路8号\s+268\s+门牌 ±90 米（长宁区）", told)
    assert "示例・老楼：未落图 → 待核" in told
    assert desk.run("relocate").startswith("已变 2 条")
    assert desk.run("relocate").startswith("已变 0 条；位置不变、只换来源 0 条；不变 3 条")


def test_a_run_is_repaired_only_with_its_datum(desk: Desk) -> None:
    assert "--run 和 --datum 要一起用" in desk.run("relocate", "--run", "1", code=1)
    assert "没有带坐标的记录" in desk.run("relocate", "--run", "1", "--datum", "GCJ-02", code=1)
