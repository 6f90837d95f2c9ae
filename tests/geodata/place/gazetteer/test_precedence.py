"""A user's gazetteer beside the one that ships."""

import pytest

from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.place.gazetteer import Gazetteer

HEADER = "address,lng,lat,datum,level,district,error_m,source,aliases\n"


@pytest.fixture
def load(tmp_path):
    def load(*files):
        paths = []
        for n, lines in enumerate(files):
            path = tmp_path / f"{n}.csv"
            path.write_text(HEADER + lines + "\n", encoding="utf-8")
            paths.append(path)
        return Gazetteer.load(paths)

    return load


@pytest.mark.parametrize("district", ["闵行区", ""])
def test_the_first_file_to_know_a_door_holds(load, district):
    mine = f"三鲁公路2009号,121.530,31.057,WGS-84,number,{district},40,自有,"
    other = "三鲁公路2009号,121.524,31.057,WGS-84,number,闵行区,30,随带,"
    own = Position(121.530, 31.057, Level.NUMBER, 40.0, "自有")
    its = Position(121.524, 31.057, Level.NUMBER, 30.0, "随带")
    address = parse("闵行区三鲁公路2009号")
    assert (load(mine, other).find(address), load(other, mine).find(address)) == (own, its)


def test_within_the_error_of_the_first_the_finer_is_taken(load):
    coarse = "三鲁公路2009号,121.5245,31.057,WGS-84,number,闵行区,90,自有,"
    fine = "三鲁公路2009号,121.5240,31.057,WGS-84,number,闵行区,30,随带,"
    found = load(coarse, fine).find(parse("闵行区三鲁公路2009号"))
    assert found == Position(121.5240, 31.057, Level.NUMBER, 30.0, "随带")


def test_a_door_of_the_same_name_in_another_district_stays_known(load):
    mine = "中山路1号,121.23,31.01,WGS-84,number,松江区,90,自有,"
    other = "中山路1号,121.26,31.38,WGS-84,number,嘉定区,90,随带,"
    found = load(mine, other).find(parse("嘉定区中山路1号"), district="嘉定区")
    assert found == Position(121.26, 31.38, Level.NUMBER, 90.0, "随带")


def test_an_exit_lies_where_the_first_file_has_it_and_not_between_the_two(load):
    mine = "14号线豫园站6号口,121.490,31.228,WGS-84,metro_exit,黄浦区,40,自有,"
    other = "14号线豫园站6号口,121.486,31.228,WGS-84,metro_exit,黄浦区,40,随带,"
    found = load(mine, other).find(parse("14号线豫园站6号口"))
    assert found == Position(121.490, 31.228, Level.METRO_EXIT, 40.0, "自有")
