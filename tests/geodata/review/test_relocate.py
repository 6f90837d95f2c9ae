from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import select

from geodata.errors import NotFoundError
from geodata.model import Coordinates, Datum, Level, Position
from geodata.place.candidate import Candidate, Verdict
from geodata.place.datum import convert
from geodata.place.gazetteer import Gazetteer
from geodata.review.actions import move
from geodata.review.candidates import candidates_of
from geodata.review.paid import Kept
from geodata.review.relocate import Repair, relocate
from geodata.tables import DemandSite, ImportRun, Place

HEADER = "address,lng,lat,datum,level,district,error_m,source"


def found(store, table=Place):
    with store.reading() as session:
        return [(row.lon, row.lat, row.level) for row in session.scalars(select(table))]


@pytest.fixture
def better(locator, tmp_path):
    """The gazetteer after it was corrected and learned a door."""
    path = tmp_path / "新地名.csv"
    rows = (
        "北翟路1350号,121.345000,31.225915,WGS-84,number,长宁区,60,新地址表",
        "仙霞路88号,121.400000,31.208000,WGS-84,number,长宁区,90,地址表",
        "仙霞路90号,121.400500,31.208000,WGS-84,number,长宁区,90,地址表",
    )
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    return replace(locator, gazetteer=Gazetteer.load([path]))


def test_a_dry_run_says_what_would_move_and_moves_nothing(any_store, take, place, better):
    take(any_store, place("北翟路1350号", "长宁区"), place("仙霞路88号", "长宁区", name="乙"))
    before, version = found(any_store), any_store.version()
    told = relocate(any_store, better, dry_run=True)
    assert [(one.name, round(one.moved_m), one.before.error_m, one.after.error_m)
            for one in told.moves] == [("站点", 268, 90.0, 60.0)]  # fmt: skip
    assert (told.same, told.decided) == (1, 0)
    assert (found(any_store), any_store.version()) == (before, version)


def test_a_record_that_only_changes_its_source_stands_where_it_stood(
    any_store, take, place, locator, tmp_path
):
    take(any_store, place("北翟路1350号", "长宁区"))
    path = tmp_path / "同一个门牌.csv"
    row = "北翟路1350号,121.342189,31.225915,WGS-84,number,长宁区,90,别的来源"
    path.write_text("\n".join((HEADER, row)), encoding="utf-8")
    told = relocate(any_store, replace(locator, gazetteer=Gazetteer.load([path])))
    assert [(one.stands, one.moved_m) for one in told.moves] == [(True, 0.0)]


def test_from_the_middle_of_a_district_to_a_door_is_no_way_moved(any_store, take, place, better):
    take(any_store, place("仙霞路90号", "长宁区"))
    (told,) = relocate(any_store, better).moves
    assert (told.before.level, told.after.level) == ("district", "number")
    assert (told.stands, told.moved_m) == (False, None)


def test_relocating_does_what_the_dry_run_said(any_store, take, place, better):
    take(any_store, place("北翟路1350号", "长宁区"), place("仙霞路90号", "长宁区", name="乙"))
    told, version = relocate(any_store, better, dry_run=True), any_store.version()
    assert relocate(any_store, better) == told
    assert found(any_store) == [
        (121.345, 31.225915, "number"),
        (121.4005, 31.208, "number"),
    ]
    assert any_store.version() == version + 1
    again = relocate(any_store, better)
    assert (again.moves, again.same, any_store.version()) == ((), 2, version + 1)


def test_with_the_same_gazetteer_nothing_moves(any_store, take, place, site, locator):
    pair = Coordinates(121.36, 31.225915, Datum.GCJ02)
    take(
        any_store,
        place("三鲁公路2009号", "浦东新区"),
        place("北翟路1350号", "长宁区", coordinates=pair),
        place("", "长宁区", name="无址"),
        place("北翟路1352号", "长宁区", name="丙"),
        site("曹家渡街道无名路1号", "静安区", name="园区", workers=5),
    )
    told = relocate(any_store, locator)
    assert (told.moves, told.same) == ((), 5)


def test_what_a_person_decided_never_moves(any_store, take, place, locator, better):
    take(any_store, place("北翟路1350号", "长宁区"))
    with any_store.writing() as session:
        move(session, "长宁区|road=北翟路|number=1350", 121.34, 31.22,
             datum=Datum.WGS84, by="", locator=locator)  # fmt: skip
    told = relocate(any_store, better)
    assert (told.moves, told.same, told.decided) == ((), 0, 1)
    assert found(any_store) == [(121.34, 31.22, "manual")]


def test_the_gaps_that_change_are_told_by_name(any_store, take, place, site, better):
    take(
        any_store,
        place("北翟路1350号", "长宁区"),
        site("仙霞路90号", "长宁区", name="新知道的园区", workers=2000),
    )
    told = relocate(any_store, better, dry_run=True)
    assert told.states == [("新知道的园区", "not_placed", "unknown_clinic_uncovered")]
    assert (told.before.totals.unknown, told.after.totals.unknown) == (0, 1)


def test_answers_paid_for_online_are_used_again(any_store, take, place, locator):
    online = Candidate(Position(121.35, 31.226, Level.NUMBER, 90.0, "高德"), "amap")

    paying = replace(locator, providers=(Kept((online,), "amap"),))
    record = paying.locate(place("北翟路1200号", "长宁区"))
    assert (record.verdict, record.candidates) == (Verdict.ACCEPT, (online,))
    take(any_store, place("北翟路1200号", "长宁区"), locator=paying)
    told = relocate(any_store, locator)
    assert (told.moves, told.same, found(any_store)) == ((), 1, [(121.35, 31.226, "number")])
    with any_store.reading() as session:
        key = "长宁区|road=北翟路|number=1200"
        assert candidates_of(session, key) == (online,)


@pytest.fixture
def shifted(any_store, take, site, tmp_path, locator):
    """Twenty sites whose GCJ-02 coordinates were sent in as WGS-84; ten have a known door."""
    rng = np.random.default_rng(7)
    spots = np.column_stack([rng.uniform(121.40, 121.46, 20), rng.uniform(31.19, 31.24, 20)])
    lons, lats = convert(spots[:, 0], spots[:, 1], source=Datum.WGS84, target=Datum.GCJ02)
    rows = [
        f"测试路{n}号,{lon:.6f},{lat:.6f},WGS-84,number,,60,地址表"
        for n, (lon, lat) in enumerate(spots.tolist()[:10], start=1)
    ]
    path = tmp_path / "测试路.csv"
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    known = replace(locator, gazetteer=Gazetteer.load([path]))
    records = [
        replace(
            site(f"测试路{n}号", "", name=f"园区{n}", workers=10),
            coordinates=Coordinates(lon, lat, Datum.WGS84),
        )
        for n, (lon, lat) in enumerate(zip(lons.tolist(), lats.tolist(), strict=True), start=1)
    ]
    take(any_store, *records, locator=known)
    return any_store, known, spots


def test_a_stored_batch_in_another_datum_is_told_and_repaired_with_one_answer(shifted):
    store, locator, spots = shifted
    told = relocate(store, locator, dry_run=True)
    assert [(one.said, one.true, one.pairs) for one in told.datums[1]] == [
        (Datum.WGS84, Datum.GCJ02, 10)
    ]
    repaired = relocate(store, locator, repair=Repair(1, Datum.GCJ02))
    assert len(repaired.moves) == 20
    after = np.array([(lon, lat) for lon, lat, _ in found(store, DemandSite)], dtype=float)
    assert np.abs(after - spots).max() < 1e-8
    again = relocate(store, locator)
    assert (again.moves, again.same, again.datums) == ((), 20, {})


def test_a_run_without_coordinates_cannot_be_repaired(any_store, take, place, locator):
    take(any_store, place("北翟路1350号", "长宁区"))
    with any_store.reading() as session:
        assert session.scalars(select(ImportRun.id)).all() == [1]
    with pytest.raises(NotFoundError, match="第 1 次导入里没有带坐标的记录"):
        relocate(any_store, locator, repair=Repair(1, Datum.GCJ02))
