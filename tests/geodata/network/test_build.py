"""What connects and what does not, on towns of a few streets."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from geodata.errors import UnreadableFileError
from geodata.network.build import build
from geodata.network.graph import Network
from geodata.network.walking import walk_pairs

from .conftest import Town, spot

STREET = {"highway": "residential"}
# A street from west (1) to east (2) and one from south (3) to north (4) that crosses it.
CROSS = {1: (0.0, 0.0), 2: (4.0, 0.0), 3: (2.0, -2.0), 4: (2.0, 2.0), 5: (2.0, 0.0)}
WEST, EAST_END = (0.1, 0.0), (3.9, 0.0)


def metres(network: Network, here: tuple[float, float], there: tuple[float, float]) -> float:
    """The walk between two places, to the metre; infinite where there is none."""
    pairs = walk_pairs(network, np.array([spot(*here)]), np.array([spot(*there)]), 10_000.0)
    return float(round(pairs.walk_m[0])) if len(pairs.walk_m) else np.inf


def test_streets_that_share_a_node_meet(town: Town) -> None:
    network = town(CROSS, [([1, 5, 2], STREET), ([3, 5, 4], STREET)])
    assert network.nodes == 5
    assert len(network.tail) == 4
    assert network.pieces[0] == 1
    assert metres(network, WEST, EAST_END) == 380.0


def test_a_bridge_over_a_street_does_not_meet_it(town: Town) -> None:
    bridge = {"highway": "footway", "bridge": "yes", "layer": "1"}
    network = town(CROSS, [([1, 5, 2], STREET), ([3, 4], bridge)])
    assert network.pieces[0] == 2
    assert metres(network, WEST, EAST_END) == 380.0


@pytest.mark.parametrize(
    ("tags", "of_node", "expected"),
    [
        ({"barrier": "wall"}, {}, np.inf),
        ({"barrier": "wall"}, {"barrier": "gate"}, 380.0),
        ({"barrier": "wall"}, {"barrier": "gate", "access": "private"}, np.inf),
        ({"barrier": "fence"}, {"entrance": "yes"}, 380.0),
        ({"railway": "rail"}, {}, np.inf),
        ({"railway": "rail"}, {"railway": "level_crossing"}, 380.0),
        ({"railway": "tram"}, {}, 380.0),
        ({"highway": "motorway"}, {}, np.inf),
        ({"highway": "trunk"}, {}, 380.0),
        ({"highway": "trunk_link"}, {}, 380.0),
        (STREET, {"barrier": "gate", "locked": "yes"}, np.inf),
        (STREET, {"foot": "no"}, np.inf),
    ],
)
def test_what_a_shared_node_lets_through(
    town: Town, tags: dict[str, str], of_node: dict[str, str], expected: float
) -> None:
    network = town(CROSS, [([1, 5, 2], STREET), ([3, 5, 4], tags)], {5: of_node})
    assert metres(network, WEST, EAST_END) == expected


def test_a_path_crosses_a_trunk_road_only_where_a_crossing_is(town: Town) -> None:
    path = {"highway": "footway"}
    ways = [([1, 5, 2], path), ([3, 5, 4], {"highway": "trunk"})]
    assert metres(town(CROSS, ways), WEST, EAST_END) == np.inf
    assert metres(town(CROSS, ways, {5: {"highway": "crossing"}}), WEST, EAST_END) == 380.0


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"barrier": "wall"}, np.inf),
        ({"railway": "rail"}, np.inf),
        ({"railway": "subway", "tunnel": "yes", "layer": "-2"}, 380.0),
        ({"highway": "motorway"}, np.inf),
        ({"highway": "motorway", "bridge": "yes", "layer": "1"}, 380.0),
        ({"highway": "trunk_link"}, np.inf),
        ({"barrier": "wall", "layer": "1"}, 380.0),
    ],
)
def test_what_passes_without_a_junction_cuts_on_the_ground(
    town: Town, tags: dict[str, str], expected: float
) -> None:
    network = town(CROSS, [([1, 2], STREET), ([3, 4], tags)])
    assert metres(network, WEST, EAST_END) == expected


def test_a_footbridge_leads_over_what_cuts(town: Town) -> None:
    bridge = {"highway": "footway", "bridge": "yes"}
    network = town(CROSS, [([1, 2], bridge), ([3, 4], {"railway": "rail"}), ([1, 3], STREET)])
    assert network.pieces[0] == 1
    assert network.ground.tolist() == [False, True]


def test_a_cut_street_is_walked_up_to_the_cut_from_both_sides(town: Town) -> None:
    walls = [([3, 4], {"barrier": "wall"}), ([6, 7], {"barrier": "wall"})]
    nodes = CROSS | {6: (3.0, -1.0), 7: (3.0, 1.0)}
    network = town(nodes, [([1, 2], STREET), *walls])
    assert network.pieces[0] == 3
    assert [round(length) for length in sorted(network.length_m)] == [100, 100, 200]
    assert metres(network, (0.5, 0.0), (1.5, 0.0)) == 100.0
    assert metres(network, (1.5, 0.0), (2.5, 0.0)) == np.inf
    assert metres(network, (2.1, 0.0), (2.9, 0.0)) == 80.0


def test_a_wall_that_only_ends_at_a_street_leaves_it_open(town: Town) -> None:
    network = town(CROSS, [([1, 5, 2], STREET), ([5, 4], {"barrier": "wall"})])
    assert metres(network, WEST, EAST_END) == 380.0


def test_own_barriers_cut_too(town: Town) -> None:
    river = shapely.LineString([spot(2.0, -1.0), spot(2.0, 1.0)])
    network = town(CROSS, [([1, 2], STREET)], barriers=[river])
    assert metres(network, WEST, EAST_END) == np.inf
    assert metres(network, WEST, (1.9, 0.0)) == 180.0


def test_a_way_that_lacks_a_node_is_parted_there(town: Town) -> None:
    network = town(CROSS, [([1, 5, 99, 3, 4], STREET)])
    assert network.pieces[0] == 2


def test_of_parallel_streets_the_shorter_is_walked(town: Town) -> None:
    network = town(CROSS | {6: (2.0, 1.0)}, [([1, 6, 2], STREET), ([1, 2], STREET)])
    assert round(float(network.graph[0, 1])) == 400


def test_the_same_extract_makes_the_same_file(town: Town, tmp_path: Path) -> None:
    network = town(CROSS, [([1, 5, 2], STREET), ([3, 5, 4], STREET)])
    network.save(tmp_path / "a.npz")
    network.save(tmp_path / "b.npz")
    again = Network.load(tmp_path / "a.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert (again.name, again.terms) == ("town.osm", "ODbL 1.0，© OpenStreetMap contributors")
    assert again.length_m.tolist() == network.length_m.tolist()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"<osm>"])
def test_a_file_that_is_no_network_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "network.npz"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=r"network\.npz 不是完好的路网文件"):
        Network.load(path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.osm", "<osm><way", "a.osm 不是完好的 OpenStreetMap 文件"),
        ("a.osm", "<osm version='0.6'></osm>", "a.osm 里没有人能走的路"),
        (
            "a.osm",
            "<osm version='0.6'><node id='1' version='1' lon='121.4-8' lat='31.2'/></osm>",
            "a.osm 不是完好的 OpenStreetMap 文件",
        ),
        (
            "a.osm",
            "<osm version='0.6'><node id='1' version='x' lon='121.4' lat='31.2'/></osm>",
            "a.osm 不是完好的 OpenStreetMap 文件",
        ),
        ("a.osm.pbf", "no protocol buffer", "a.osm.pbf 不是完好的 OpenStreetMap 文件"),
        ("a.csv", "address", "a.csv 应为 OpenStreetMap 文件"),
    ],
)
def test_a_file_that_is_no_extract_is_refused(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(UnreadableFileError, match=said):
        build(tmp_path / name)
