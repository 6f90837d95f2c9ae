"""Two geocoders on loopback about the same doors: what is made of their agreeing and not."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.loopback import Asked, Reply, loopback
from geodata.geodesy import metres_per_degree
from geodata.model import Datum
from geodata.place.datum import convert
from geodata.place.look_up import is_sampled
from geodata.place.question import ask_about
from service.cli import main

SQUARE = (121.4710, 31.2349)
CANARIES = ("amap-canary", "tencent-canary")


def sampled_door(road: str, *, drawn: bool = True) -> str:
    """A door of a road that is, or is not, among those both geocoders are asked about."""
    doors = (f"{road}{n}号" for n in count(1))
    return next(door for door in doors if is_sampled(ask_about(door, district="黄浦区")) is drawn)


def gcj02(east_m: float = 0.0) -> tuple[float, float]:
    """The square, or a spot east of it, as a Chinese geocoder says it."""
    lon = SQUARE[0] + east_m / float(metres_per_degree(SQUARE[1])[0])
    x, y = convert(lon, SQUARE[1], source=Datum.WGS84, target=Datum.GCJ02)
    return float(x), float(y)


def amap(spot: tuple[float, float], road: str) -> Callable[[Asked], Reply]:
    empty: dict[str, object] = {key: [] for key in ("district", "township", "number")}
    found = {
        **empty,
        "formatted_address": "",
        "location": f"{spot[0]:.6f},{spot[1]:.6f}",
        "level": "门牌号",
        "street": road,
    }
    return lambda _: Reply({"status": "1", "infocode": "10000", "geocodes": [found]})


def tencent(spot: tuple[float, float], road: str) -> Callable[[Asked], Reply]:
    result = {
        "location": {"lng": spot[0], "lat": spot[1]},
        "address_components": {"street": road},
        "reliability": 9,
        "level": 9,
    }
    return lambda _: Reply({"status": 0, "result": result})


@dataclass
class Desk:
    """Runs one address through `zhitu geocode`; `output` is all that was printed."""

    folder: Path
    asked: int = 0
    output: str = ""

    def geocode(
        self, door: str, first: Callable[[Asked], Reply], second: Callable[[Asked], Reply]
    ) -> tuple[str, str, str, str]:
        source, target = self.folder / "in.csv", self.folder / "out.csv"
        source.write_text(f"地址,区\n{door},黄浦区\n", encoding="utf-8")
        with loopback(first) as one, loopback(second) as other:
            env = {
                "ZHITU_DATABASE": f"sqlite:///{self.folder}/z.sqlite",
                "ZHITU_GEOCODERS": "amap tencent",
                "ZHITU_AMAP_KEY": CANARIES[0],
                "ZHITU_PRIVATE_HOSTS": "127.0.0.1",
                "ZHITU_AMAP_URL": one.url,
                "ZHITU_TENCENT_KEY": CANARIES[1],
                "ZHITU_TENCENT_URL": other.url,
            }
            names = ["geocode", str(source), str(target)]
            self.output = CliRunner().invoke(main, names, env=env, catch_exceptions=False).output
            self.asked = len(other.asked)
        with target.open(encoding="utf-8-sig", newline="") as file:
            (row,) = csv.DictReader(file)
        return row["source"], row["error_m"], row["outcome"], row["reasons"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    kept = (tmp_path / "z.sqlite").read_bytes() + (tmp_path / "out.csv").read_bytes()
    assert [key for key in CANARIES if key.encode() in kept or key in desk.output] == []


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (gcj02(40.0), ("高德地图", "90", "accept", "")),
        (gcj02(300.0), ("高德地图", "150", "accept_verify", "provider_disagree")),
        (gcj02(2000.0), ("", "", "review", "provider_disagree")),
        (SQUARE, ("", "", "review", "datum_suspect")),
        ((114.3, 30.6), ("高德地图", "90", "accept", "")),
    ],
    ids=["40 m", "300 m", "2 km", "WGS-84 sent as GCJ-02", "Wuhan"],
)
def test_ais_sampled_door_is_held_against_the_second_geocoder(
    desk: Desk, second: tuple[float, float], said: tuple[str, ...]
) -> None:
    door = sampled_door("福州路")
    answer = desk.geocode(door, amap(gcj02(), "福州路"), tencent(second, "福州路"))
    assert (answer, desk.asked) == (said, 1)


def test_a_good_answer_outside_the_sample_is_enough(desk: Desk) -> None:
    door = sampled_door("福州路", drawn=False)
    answer = desk.geocode(door, amap(gcj02(), "福州路"), tencent(gcj02(2000.0), "福州路"))
    assert (answer, desk.asked) == (("高德地图", "90", "accept", ""), 0)


def test_another_province_of_the_first_is_put_right_by_the_second(desk: Desk) -> None:
    door = sampled_door("福州路", drawn=False)
    answer = desk.geocode(door, amap((114.3, 30.6), "福州路"), tencent(gcj02(), "福州路"))
    assert (answer, desk.asked) == (("腾讯地图", "90", "accept", ""), 1)


def test_a_road_that_sounds_the_same_is_overruled_but_seen(desk: Desk) -> None:
    door = sampled_door("福州路", drawn=False)
    answer = desk.geocode(door, amap(gcj02(), "抚州路"), tencent(gcj02(), "福州路"))
    assert (answer, desk.asked) == (("腾讯地图", "90", "accept_verify", "road_typo_suspect"), 1)


def test_where_both_name_another_road_nothing_is_taken(desk: Desk) -> None:
    door = sampled_door("福州路", drawn=False)
    answer = desk.geocode(door, amap(gcj02(), "抚州路"), tencent(gcj02(), "抚州路"))
    assert answer == ("", "", "review", "road_typo_suspect")
