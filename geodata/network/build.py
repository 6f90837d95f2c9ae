"""From ways to a network: stretches between junctions, everything else left out."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely

from geodata.network.chains import Chains
from geodata.network.cut import parted
from geodata.network.graph import Network
from geodata.network.ways import OFF_GROUND, Ways, read_ways
from geodata.osm_file import TERMS


def build(path: Path, *, barriers: Sequence[shapely.LineString] = ()) -> Network:
    """The walking network of an OpenStreetMap extract, cut also at own barriers of lon, lat.

    Raises:
        UnreadableFileError: the file is no extract, or nothing in it can be walked.
    """
    return network_of(read_ways(path), path.name, barriers=barriers)


def network_of(ways: Ways, name: str, *, barriers: Sequence[shapely.LineString] = ()) -> Network:
    """The network of some ways."""
    runs = _between_junctions(parted(ways, barriers))
    first = np.flatnonzero(runs.starts)
    last = np.flatnonzero(runs.ends)
    _, node = np.unique(np.append(runs.ref[first], runs.ref[last]), return_inverse=True)
    way = runs.way[first]
    return Network(
        tail=node[: len(first)],
        head=node[len(first) :],
        first=np.append(first, len(runs.ref)),
        x=runs.x,
        y=runs.y,
        forward=ways.forward[way],
        backward=ways.backward[way],
        ground=ways.layer[way] != OFF_GROUND,
        name=name,
        terms=TERMS,
    )


def _between_junctions(chains: Chains) -> Chains:
    """Runs from junction to junction; a node that two ways or two visits share is one."""
    _, which, visits = np.unique(chains.ref, return_inverse=True, return_counts=True)
    split = chains.split(chains.inner(visits[which] > 1))
    lone = split.starts & split.ends
    keep = ~lone
    return Chains(
        split.ref[keep], split.x[keep], split.y[keep], split.way[keep], split.starts[keep]
    )
