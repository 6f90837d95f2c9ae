"""`zhitu network`: build, show, and how stored points stand on it; then coverage along streets."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geodata.answers.question import Question
from geodata.declared import DeclaredSite, ImportedFile, Placed, Source
from geodata.errors import SettingsError
from geodata.kinds import Clinic, SiteKind
from geodata.model import Level, Position
from geodata.queries import ask, planner_view
from geodata.store import Store
from service.cli import main
from service.settings import Settings
from service.workshop import walking

# A street from west to east and a side street north of its middle.
EXTRACT = """<osm version='0.6'>
<node id='1' version='1' lon='121.4700' lat='31.2300'/>
<node id='2' version='1' lon='121.4800' lat='31.2300'/>
<node id='3' version='1' lon='121.4750' lat='31.2300'/>
<node id='4' version='1' lon='121.4750' lat='31.2350'/>
<way id='1' version='1'><nd ref='1'/><nd ref='3'/><nd ref='2'/>
  <tag k='highway' v='residential'/></way>
<way id='2' version='1'><nd ref='3'/><nd ref='4'/><tag k='highway' v='footway'/></way>
</osm>"""
RIVER = {"type": "LineString", "coordinates": [[121.4725, 31.229], [121.4725, 31.231]]}
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.osm").write_text(EXTRACT)
    (tmp_path / "river.geojson").write_text(json.dumps(RIVER))

    def run(*arguments: str, **environment: str) -> Result:
        return CliRunner().invoke(main, ["network", *arguments], env=environment)

    return run


def sites(store: Store) -> None:
    spots = {"示例甲园区": (121.4710, 31.2302), "示例远园区": (121.4710, 31.2500)}
    records = tuple(
        Placed(
            DeclaredSite(
                name=name,
                kind=SiteKind.PARK,
                address=f"示例路{n}号",
                district="黄浦区",
                town="",
                source=Source("示例.xlsx", "表1", n, {}, "demand_sites"),
                workers=2000,
                clinic=Clinic.NONE,
            ),
            None,
            Position(*spot, Level.NUMBER, 90.0, "测试"),
            "黄浦区",
        )
        for n, (name, spot) in enumerate(spots.items(), start=1)
    )
    store.publish(ImportedFile("示例.xlsx", "0" * 64, records, 2, 0, ("demand_sites",)))


def test_a_network_is_built_and_shown(run: Run) -> None:
    built = run("build", "small.osm")
    assert (built.exit_code, built.stderr) == (0, "")
    lines = built.stdout.splitlines()
    assert lines[:3] == [
        "small.osm：许可 ODbL 1.0，© OpenStreetMap contributors",
        "路口 4 个，路段 3 条，共 1.5 公里",
        "互不相通的 1 片，最大一片有 100.0% 的路口",
    ]
    assert lines[-1] == "要用它：ZHITU_NETWORK=zhitu-data/network.npz"
    assert run("show", "zhitu-data/network.npz").stdout.splitlines() == lines[:3]


def test_own_barriers_part_a_network(run: Run) -> None:
    built = run("build", "small.osm", "--barriers", "river.geojson")
    assert built.stdout.splitlines()[1:3] == [
        "路口 6 个，路段 4 条，共 1.5 公里",
        "互不相通的 2 片，最大一片有 66.7% 的路口",
    ]


def test_points_off_the_network_are_listed(run: Run, tmp_path: Path) -> None:
    run("build", "small.osm")
    database = f"sqlite:///{tmp_path / 'zhitu.sqlite'}"
    store = Store.open(database)
    sites(store)
    store.close()
    found = run("points", ZHITU_DATABASE=database, ZHITU_NETWORK="zhitu-data/network.npz")
    assert found.stdout.splitlines() == [
        "园区、楼宇、商圈：有位置的 2 处，在路网上 1 处",
        "  离路：中位 22 米，九成在 22 米以内",
        "  离路超过 100 米，步行距离按直线 × 1.3 估算：",
        "    示例远园区",
        "服务点：有位置的 0 处，在路网上 0 处",
    ]


def test_points_need_a_network(run: Run) -> None:
    failed = run("points", ZHITU_NETWORK="")
    assert failed.exit_code == 1
    assert failed.stderr == "Error: 没有路网：请写明路网文件，或设 ZHITU_NETWORK。\n"


def test_every_answer_says_what_its_walks_were_measured_on(run: Run, tmp_path: Path) -> None:
    run("build", "small.osm")
    path = tmp_path / "zhitu-data" / "network.npz"
    for network, estimated, said in (
        (None, True, "直线 × 1.3 估算"),
        (path, False, "步行路网 small.osm；离路 100 米以上的点按直线 × 1.3 估算"),
    ):
        store = Store.open(f"sqlite:///{tmp_path / 'zhitu.sqlite'}", walking=walking(network))
        sites(store)
        view, answer = planner_view(store), ask(store, Question())
        store.close()
        assert view.estimated is estimated
        assert answer.parameters.walking == said


def test_a_network_that_is_not_there_stops_the_start() -> None:
    with pytest.raises(SettingsError, match="ZHITU_NETWORK 的文件不存在"):
        Settings.from_environment({"ZHITU_NETWORK": "没有这个.npz"})
