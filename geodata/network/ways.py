"""What of an OpenStreetMap extract matters to people on foot."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from geodata.errors import UnreadableFileError
from geodata.network import access
from geodata.network.access import Obstacle, Passage
from geodata.network.chains import Bools, Chains, Ints
from geodata.osm_file import extract

# The layer of ways on bridges and in tunnels: nothing is met at grade there.
OFF_GROUND = -128
_KEYS = ("highway", "barrier", "railway", "entrance", "foot", "access")


@dataclass(frozen=True, eq=False)
class Ways:
    """The ways people walk, what they cannot cross, and the nodes that open or shut a way.

    Per walked way: whether it may be walked along and against its nodes, whether it is a
    carriageway, and its layer on the ground.
    """

    walked: Chains
    forward: Bools
    backward: Bools
    street: Bools
    layer: Ints
    obstacles: Chains
    obstacle: Ints
    obstacle_layer: Ints
    opened: Ints
    shut: Ints


class _Runs:
    """Collects the vertices of ways; a way is parted where the extract lacks a node."""

    def __init__(self) -> None:
        self.ref, self.x, self.y, self.way = array("q"), array("q"), array("q"), array("q")
        self.starts = bytearray()

    def add(self, nodes: Iterable[Any], way: int) -> None:
        begins = True
        for node in nodes:
            if not node.location.valid():
                begins = True
                continue
            self.ref.append(node.ref)
            self.x.append(node.x)
            self.y.append(node.y)
            self.way.append(way)
            self.starts.append(begins)
            begins = False

    def chains(self) -> Chains:
        ref, x, y, way = (np.array(one, np.int64) for one in (self.ref, self.x, self.y, self.way))
        return Chains(ref, x, y, way, np.frombuffer(self.starts, dtype=np.bool_))


def read_ways(path: Path) -> Ways:
    """The walkable ways of an extract.

    Raises:
        UnreadableFileError: the file is no extract, or nothing in it can be walked.
    """
    walked, obstacles = _Runs(), _Runs()
    kinds: list[tuple[bool, bool, bool, int]] = []
    walls: list[tuple[int, int]] = []
    passages: dict[Passage, list[int]] = {each: [] for each in Passage}
    with extract(path) as (osmium, objects):
        for one in objects.with_filter(osmium.filter.KeyFilter(*_KEYS)):
            tags = {tag.k: tag.v for tag in one.tags}
            if one.is_node():
                passages[access.passage(tags)].append(one.id)
            elif one.is_way():
                layer = access.ground_layer(tags)
                how, blocks = access.walk(tags), access.obstacle(tags)
                if how is not None:
                    walked.add(one.nodes, len(kinds))
                    kinds.append((how.forward, how.backward, how.street, _coded(layer)))
                elif blocks is not Obstacle.NONE and layer is not None:
                    obstacles.add(one.nodes, len(walls))
                    walls.append((blocks, layer))
    if not walked.ref:
        raise UnreadableFileError(f"{path.name} 里没有人能走的路。")
    table = np.array(kinds, dtype=np.int64)
    blocked = np.array(walls, dtype=np.int64).reshape(-1, 2)
    return Ways(
        walked=walked.chains(),
        forward=table[:, 0].astype(np.bool_),
        backward=table[:, 1].astype(np.bool_),
        street=table[:, 2].astype(np.bool_),
        layer=table[:, 3],
        obstacles=obstacles.chains(),
        obstacle=blocked[:, 0],
        obstacle_layer=blocked[:, 1],
        opened=np.array(passages[Passage.OPEN], dtype=np.int64),
        shut=np.array(passages[Passage.SHUT], dtype=np.int64),
    )


def _coded(layer: int | None) -> int:
    return OFF_GROUND if layer is None else layer
