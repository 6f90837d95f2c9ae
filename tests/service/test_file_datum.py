"""Coordinates in another datum than a file says: told as a whole, repaired with one answer."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from geodata.model import Datum
from geodata.place.datum import convert
from geodata.store import Store
from geodata.tables import DemandSite
from service.cli import main

HEADER = "名称,类型,区,地址,职工数,经度,纬度,坐标系"
DOORS, ALL = 12, 20


class Office:
    """A folder with a gazetteer, a list of sites and a database."""

    def __init__(self, folder: Path) -> None:
        rng = np.random.default_rng(3)
        self.database = f"sqlite:///{folder / 'zhitu.sqlite'}"
        self.spots = np.column_stack(
            [rng.uniform(121.42, 121.46, ALL), rng.uniform(31.20, 31.24, ALL)]
        )
        self.list = folder / "园区.csv"
        self.gazetteer = folder / "地名.csv"
        rows = [
            f"测试路{n}号,{lon:.6f},{lat:.6f},WGS-84,number,60"
            for n, (lon, lat) in enumerate(self.spots[:DOORS].tolist(), start=1)
        ]
        head = "address,lng,lat,datum,level,error_m"
        self.gazetteer.write_text("\n".join((head, *rows)), encoding="utf-8")

    def send(self, *, true: Datum, said: str) -> None:
        """Write the list with coordinates in `true` that says `said`."""
        pairs = convert(self.spots[:, 0], self.spots[:, 1], source=Datum.WGS84, target=true)
        rows = [
            f"园区{n},园区,,测试路{n}号,100,{lon:.6f},{lat:.6f},{said}"
            for n, (lon, lat) in enumerate(np.column_stack(pairs).tolist(), start=1)
        ]
        self.list.write_text("\n".join((HEADER, *rows)), encoding="utf-8")

    def run(self, *arguments: str) -> str:
        environ = {"ZHITU_GAZETTEERS": str(self.gazetteer)}
        command = ["--database", self.database, *arguments]
        result = CliRunner().invoke(main, command, env=environ)
        assert result.exit_code == 0, result.output
        return result.output

    def worst_m(self) -> float | None:
        """How far the worst site lies from the truth; None when any is off the map."""
        with closing(Store.open(self.database)) as store, store.reading() as session:
            sites = session.scalars(select(DemandSite).order_by(DemandSite.id)).all()
            assert len(sites) == ALL
            if any(site.lon is None for site in sites):
                return None
            stored = np.array([(site.lon, site.lat) for site in sites], dtype=float)
        return float(np.abs(stored - self.spots).max() * 111_000)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_right_list_is_taken_without_a_word(office: Office) -> None:
    office.send(true=Datum.GCJ02, said="GCJ-02")
    assert "坐标系：" not in office.run("import", str(office.list))
    assert office.worst_m() < 1.0


def test_gcj_sent_as_wgs_is_flagged_whole_and_drawn_nowhere(office: Office) -> None:
    office.send(true=Datum.GCJ02, said="WGS-84")
    told = office.run("import", str(office.list))
    assert "坐标系：整批坐标像是 GCJ-02，不是 WGS-84：能核对的 12 处里 12 处相符" in told
    assert "zhitu import 原文件 --datum GCJ-02" in told
    with closing(Store.open(office.database)) as store, store.reading() as session:
        sites = session.scalars(select(DemandSite)).all()
        assert {(site.lon, site.reason) for site in sites} == {(None, "review")}
        assert all("datum_suspect" in {flag["code"] for flag in site.flags} for site in sites)


def test_one_answer_repairs_the_list_and_is_not_asked_for_again(office: Office) -> None:
    office.send(true=Datum.GCJ02, said="WGS-84")
    office.run("import", str(office.list))
    assert "坐标系：" not in office.run("import", "--datum", "GCJ-02", str(office.list))
    assert office.worst_m() < 1.0
    again = office.run("import", str(office.list))
    assert "坐标系：" not in again
    assert "新增 0，更新 0，不变 20" in again
    assert office.worst_m() < 1.0


def test_what_is_stored_is_repaired_with_one_answer_too(office: Office) -> None:
    office.send(true=Datum.BD09, said="WGS-84")
    office.run("import", str(office.list))
    offered = office.run("relocate", "--dry-run")
    assert "一次改正：zhitu relocate --run 1 --datum BD-09" in offered
    assert office.worst_m() is None
    office.run("relocate", "--run", "1", "--datum", "BD-09")
    assert office.worst_m() < 1.0
    assert "新增 0，更新 0，不变 20" in office.run("import", str(office.list))


def test_a_preview_tells_the_datum_before_anything_is_stored(office: Office) -> None:
    office.send(true=Datum.GCJ02, said="WGS-84")
    assert "整批坐标像是 GCJ-02" in office.run("import", "--preview", str(office.list))
