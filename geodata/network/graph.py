"""The walking network: junctions, the stretches between them, and the file they are kept in."""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from geodata.errors import UnreadableFileError
from geodata.geodesy import geodesic_m
from geodata.network.chains import UNIT, Bools, Ints
from geodata.plane import conformal

Floats = NDArray[np.float64]
FORMAT = 1
_ARRAYS = ("tail", "head", "first", "x", "y", "forward", "backward", "ground")


@dataclass(frozen=True, eq=False)
class Network:
    """Edges between nodes. Edge e runs from `tail[e]` to `head[e]` along the vertices from
    `first[e]` up to `first[e + 1]`, of longitude `x` and latitude `y` in units of 1e-7 degrees.

    It may be walked `forward`, `backward` or both. `ground` edges are those a point can be set
    on: a door stands neither on a bridge nor in a tunnel.
    """

    tail: Ints
    head: Ints
    first: Ints
    x: Ints
    y: Ints
    forward: Bools
    backward: Bools
    ground: Bools
    name: str
    terms: str

    @property
    def nodes(self) -> int:
        return int(max(self.tail.max(), self.head.max())) + 1

    @cached_property
    def lonlat(self) -> Floats:
        """Degrees of each vertex."""
        return np.column_stack([self.x, self.y]).astype(np.float64) * UNIT

    @cached_property
    def along_m(self) -> Floats:
        """Metres from the beginning of its edge to each vertex."""
        lon, lat = self.lonlat.T
        steps = np.append(0.0, geodesic_m(lon[:-1], lat[:-1], lon[1:], lat[1:]))
        steps[self.first[:-1]] = 0.0
        whole = np.cumsum(steps)
        begins: Floats = whole[self.first[:-1]]
        return whole - np.repeat(begins, np.diff(self.first))

    @cached_property
    def length_m(self) -> Floats:
        """Metres of each edge."""
        return np.asarray(self.along_m[self.first[1:] - 1])

    @cached_property
    def node_lonlat(self) -> Floats:
        """Degrees of each node."""
        found = np.empty((self.nodes, 2))
        found[self.tail] = self.lonlat[self.first[:-1]]
        found[self.head] = self.lonlat[self.first[1:] - 1]
        return found

    @cached_property
    def graph(self) -> Any:
        """Metres between neighbouring nodes; of parallel edges the shortest."""
        return shortest(
            np.append(self.tail[self.forward], self.head[self.backward]),
            np.append(self.head[self.forward], self.tail[self.backward]),
            np.append(self.length_m[self.forward], self.length_m[self.backward]),
            self.nodes,
        )

    @cached_property
    def reversed(self) -> "Network":
        """The same with every edge walked the other way."""
        return replace(self, forward=self.backward, backward=self.forward)

    @cached_property
    def node_tree(self) -> Any:
        """The nodes on the conformal plane, to be searched."""
        return cKDTree(conformal(self.node_lonlat))

    @cached_property
    def pieces(self) -> tuple[int, Ints]:
        """How many parts without a way from one to the other there are, and each node's."""
        count, of_node = connected_components(self.graph, directed=False)
        return int(count), of_node

    def save(self, path: Path) -> None:
        """Write the file; the same network makes the same bytes."""
        arrays: dict[str, Any] = {name: getattr(self, name) for name in _ARRAYS}
        kept: dict[str, Any] = {name: _small(array) for name, array in arrays.items()}
        kept["about"] = json.dumps({"format": FORMAT, "name": self.name, "terms": self.terms})
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        with part.open("wb") as file:
            np.savez_compressed(file, **kept)
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Network":
        """Read a file that `save` wrote.

        Raises:
            UnreadableFileError: it is none, or of another version.
        """
        try:
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
                about = json.loads(str(file["about"]))
                if about["format"] != FORMAT:
                    raise UnreadableFileError(f"{path.name} 是另一个版本的路网，请重新生成。")
                arrays = {name: _wide(file[name]) for name in _ARRAYS}
        except FileNotFoundError as error:
            raise UnreadableFileError(f"没有路网文件 {path}。") from error
        except (BadZipFile, ValueError, KeyError, OSError, EOFError) as error:
            raise UnreadableFileError(
                f"{path.name} 不是完好的路网文件，请用 zhitu network build 重新生成。"
            ) from error
        return cls(**arrays, name=about["name"], terms=about["terms"])


def shortest(tail: Ints, head: Ints, metres: Floats, nodes: int) -> Any:
    """A sparse graph that keeps the shortest of parallel edges: scipy would add them up."""
    order = np.lexsort((metres, head, tail))
    tail, head, metres = tail[order], head[order], metres[order]
    new = np.ones(len(tail), dtype=np.bool_)
    new[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    return csr_array((metres[new], (tail[new], head[new])), shape=(nodes, nodes))


def _small(array: NDArray[Any]) -> NDArray[Any]:
    return array if array.dtype == np.bool_ else array.astype(np.int32)


def _wide(array: NDArray[Any]) -> NDArray[Any]:
    return array if array.dtype == np.bool_ else array.astype(np.int64)
