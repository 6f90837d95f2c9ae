"""Who may walk where: the tags of OpenStreetMap as rules for people on foot.

The law of the extract's tags, not of its map: `foot` beats `access`, which beats what a class of
road is by itself. https://wiki.openstreetmap.org/wiki/Key:access
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

Tags = Mapping[str, str]

_PATHS = frozenset(
    {
        *("footway", "path", "steps", "pedestrian", "corridor", "elevator", "platform"),
        *("track", "bridleway", "cycleway"),
    }
)
_STREETS = frozenset({"residential", "living_street", "service", "unclassified", "road"})
_MAIN_ROADS = frozenset(
    f"{name}{link}" for name in ("primary", "secondary", "tertiary") for link in ("", "_link")
)
_EXPRESSWAYS = frozenset({"motorway", "motorway_link", "trunk", "trunk_link"})
_YES = frozenset(
    {"yes", "designated", "permissive", "official", "destination", "customers", "public"}
)
_NO = frozenset(
    {"no", "private", "use_sidepath", "restricted", "military", "agricultural", "forestry"}
)
_SIDEWALKS = frozenset({"both", "left", "right", "yes"})
_WALLS = frozenset({"wall", "fence", "city_wall", "retaining_wall", "hedge", "guard_rail"})
_RAILS = frozenset({"rail", "light_rail", "subway", "narrow_gauge", "monorail"})
_GATES = frozenset(
    {"gate", "lift_gate", "swing_gate", "sliding_gate", "wicket_gate", "hampshire_gate"}
)
_CROSSINGS = frozenset({"crossing", "traffic_signals"})
_RAIL_CROSSINGS = frozenset({"level_crossing", "crossing"})


class Obstacle(IntEnum):
    """What cannot be crossed on foot but where something says so."""

    NONE = 0
    WALL = 1
    RAIL = 2
    MOTORWAY = 3
    # Ramps end on streets: they part nothing there, only where they pass without a junction.
    RAMP = 4
    # Where a street meets it at grade there is a way across.
    TRUNK = 5


class Passage(IntEnum):
    """What a node lets through: a crossing, or nobody."""

    PLAIN = 0
    OPEN = 1
    SHUT = 2


@dataclass(frozen=True, slots=True)
class Walk:
    """How a way may be walked: along its nodes, against them. `street` is a carriageway."""

    forward: bool
    backward: bool
    street: bool


def walk(tags: Tags) -> Walk | None:
    """How a way may be walked; None where nobody may."""
    highway = tags.get("highway", "")
    if not _may_walk(highway, tags):
        return None
    against = _no_longer(tags, "backward")
    along = _no_longer(tags, "forward")
    return Walk(not along, not against, highway not in _PATHS)


def _may_walk(highway: str, tags: Tags) -> bool:
    foot, access = tags.get("foot", ""), tags.get("access", "")
    if foot in _NO or highway not in _PATHS | _STREETS | _MAIN_ROADS | _EXPRESSWAYS:
        return False
    if foot in _YES:
        return True
    if access in _NO:
        return False
    beside = tags.get("sidewalk", "") in _SIDEWALKS or any(
        tags.get(f"sidewalk:{side}") == "yes" for side in ("both", "left", "right")
    )
    if highway in _EXPRESSWAYS:
        return beside and not highway.startswith("motorway") and tags.get("motorroad") != "yes"
    # The tunnels of main roads, those under the river before all, are for vehicles.
    return beside or not (highway in _MAIN_ROADS and _in_tunnel(tags))


def _no_longer(tags: Tags, direction: str) -> bool:
    """Whether the way is shut in a direction; oneway alone is for vehicles."""
    other = "forward" if direction == "backward" else "backward"
    oneway = {"yes": "forward", "1": "forward", "-1": "backward"}.get(tags.get("oneway:foot", ""))
    return (
        tags.get(f"foot:{direction}") == "no"
        or oneway == other
        # An escalator.
        or tags.get("conveying") == other
    )


def obstacle(tags: Tags) -> Obstacle:
    """What a way keeps people from crossing at grade."""
    if tags.get("barrier", "") in _WALLS:
        return Obstacle.WALL if tags.get("foot", "") not in _YES else Obstacle.NONE
    if tags.get("railway", "") in _RAILS:
        return Obstacle.RAIL
    highway = tags.get("highway", "")
    if highway not in _EXPRESSWAYS or walk(tags) is not None:
        return Obstacle.NONE
    if highway.endswith("_link"):
        return Obstacle.RAMP
    if highway == "motorway" or tags.get("motorroad") == "yes":
        return Obstacle.MOTORWAY
    return Obstacle.TRUNK


def passage(tags: Tags) -> Passage:
    """What a node on a way lets through."""
    foot, access = tags.get("foot", ""), tags.get("access", "")
    barrier = tags.get("barrier", "")
    if foot in _NO:
        return Passage.SHUT
    if barrier in _WALLS and foot not in _YES:
        return Passage.SHUT
    if barrier in _GATES and foot not in _YES:
        shut = access in _NO or tags.get("locked") == "yes"
        return Passage.SHUT if shut else Passage.OPEN
    if access in _NO and foot not in _YES and not tags.get("entrance"):
        return Passage.SHUT
    opens = (
        barrier
        or tags.get("highway", "") in _CROSSINGS
        or tags.get("railway", "") in _RAIL_CROSSINGS
        or tags.get("entrance", "no") != "no"
        or tags.get("crossing", "no") != "no"
    )
    return Passage.OPEN if opens else Passage.PLAIN


def ground_layer(tags: Tags) -> int | None:
    """The layer of a way on the ground, where it meets what crosses it; None on bridges, below."""
    if tags.get("bridge", "no") != "no" or _in_tunnel(tags):
        return None
    try:
        return int(tags.get("layer", "0"))
    except ValueError:
        return 0


def _in_tunnel(tags: Tags) -> bool:
    return tags.get("tunnel", "no") not in {"no", "building_passage"}
