"""Small extracts written by hand, and the same network as networkx sees it."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import quoteattr

import networkx as nx
import numpy as np
import pytest

from geodata.network.build import build
from geodata.network.graph import Network
from geodata.network.snap import Snapped

Tags = Mapping[str, str]
# About 100 m east and north at 31.2° N.
EAST, NORTH = 0.00105, 0.0009
Town = Callable[..., Network]
Whole = Callable[..., nx.MultiDiGraph]


def _tags(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())


def spot(east: float, north: float) -> tuple[float, float]:
    """Longitude and latitude of a place in hundreds of metres."""
    return 121.47 + EAST * east, 31.23 + NORTH * north


def written(
    path: Path,
    nodes: Mapping[int, tuple[float, float]],
    ways: list[tuple[list[int], Tags]],
    tagged: Mapping[int, Tags] | None = None,
) -> Path:
    """An .osm file: nodes in hundreds of metres, ways as nodes and tags, tags of nodes."""
    text = ["<osm version='0.6'>"]
    for ref, (east, north) in sorted(nodes.items()):
        lon, lat = spot(east, north)
        inner = _tags((tagged or {}).get(ref, {}))
        text.append(f"<node id='{ref}' version='1' lon='{lon:.7f}' lat='{lat:.7f}'>{inner}</node>")
    for number, (refs, tags) in enumerate(ways, start=1):
        visits = "".join(f"<nd ref='{ref}'/>" for ref in refs)
        text.append(f"<way id='{number}' version='1'>{visits}{_tags(tags)}</way>")
    path.write_text("\n".join([*text, "</osm>"]), encoding="utf-8")
    return path


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """The network of a made-up extract: `town(nodes, ways, tagged, barriers=...)`."""

    def made(
        nodes: Mapping[int, tuple[float, float]],
        ways: list[tuple[list[int], Tags]],
        tagged: Mapping[int, Tags] | None = None,
        **options: object,
    ) -> Network:
        return build(written(tmp_path / "town.osm", nodes, ways, tagged), **options)

    return made


@pytest.fixture
def whole() -> Whole:
    """A network and points on it as a networkx graph, every edge cut at its points by hand."""

    def made(network: Network, **points: Snapped) -> nx.MultiDiGraph:
        graph = nx.MultiDiGraph()
        graph.add_nodes_from(range(network.nodes))
        ends = zip(network.tail.tolist(), network.head.tolist(), network.length_m, strict=True)
        stops = [[(0.0, tail), (float(length), head)] for tail, head, length in ends]
        for name, snapped in points.items():
            for k in np.flatnonzero(snapped.on).tolist():
                foot, off = (name, k, "foot"), float(snapped.off_m[k])
                stops[snapped.edge[k]].insert(1, (float(snapped.at_m[k]), foot))
                graph.add_edge((name, k), foot, m=off)
                graph.add_edge(foot, (name, k), m=off)
        for edge, along in enumerate(stops):
            inner = sorted(along[1:-1], key=lambda stop: stop[0])
            chain = [along[0], *inner, along[-1]]
            for (low, a), (high, b) in pairwise(chain):
                if network.forward[edge]:
                    graph.add_edge(a, b, m=high - low)
                if network.backward[edge]:
                    graph.add_edge(b, a, m=high - low)
        return graph

    return made
