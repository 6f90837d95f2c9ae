"""What a gazetteer is built from, whatever the file it came in.

A reader turns a file into one `Input`. Positions are WGS-84 already; `Input.datum` names the one
they were given in. Texts are as people write them: the builder takes them apart.
"""

from dataclasses import dataclass

from geodata.model import Datum, Level


@dataclass(frozen=True, slots=True)
class Anchor:
    """An address with a position: 马当路330号, 奎照路30弄, 彭浦新村419号, 八一路与人民路路口.

    `district` is a present or past one, "" for the one the position lies in. Without `level` it
    is what the address says: a door, a lane, a crossing. Without `error_m` it is as good as that.
    """

    address: str
    lon: float
    lat: float
    level: Level | None = None
    district: str = ""
    error_m: float | None = None
    source: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A building, park, school, village: a name that is no door."""

    name: str
    lon: float
    lat: float
    aliases: tuple[str, ...] = ()
    district: str = ""
    error_m: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A metro station, or with `exit` one exit of it. No lines: any line of that station."""

    station: str
    lon: float
    lat: float
    exit: str = ""
    lines: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    error_m: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class RoadLine:
    """A stretch of a road's middle line: (lon, lat) pairs in order, at least two.

    A road may come in any number of stretches, in any order and direction.
    """

    name: str
    coordinates: tuple[tuple[float, float], ...]
    aliases: tuple[str, ...] = ()


Item = Anchor | NamedPlace | Stop | RoadLine


@dataclass(frozen=True, slots=True)
class Input:
    """The contents of one file, with whose they are and on what terms."""

    name: str
    license: str
    datum: Datum
    items: tuple[Item, ...]
    source: str = ""
