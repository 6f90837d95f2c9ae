"""Where two roads meet: by their courses, else where their known doors come nearest."""

import numpy as np
import shapely

from geodata.geodesy import metres_per_degree
from geodata.model import Address, Level, Position
from geodata.place.district import load_districts
from geodata.place.gazetteer.lines import RoadLines
from geodata.place.gazetteer.piece import Piece
from geodata.place.gazetteer.roads import Roads

# Chains of doors that stay farther apart than this say nothing about where their roads meet.
_NEAR_M = 150.0
# Doors stand beside a road, some way before its end: the crossing lies up to so much farther.
_BY_DOORS_M = 100.0


def meeting(
    roads: Roads, lines: RoadLines, address: Address, district: str
) -> list[tuple[Position, str]]:
    """The crossings of an address's two roads, with their districts; the declared one's first."""
    found = [
        Position(lon, lat, Level.INTERSECTION, Level.INTERSECTION.prior_error_m, "两路线形的交点")
        for lon, lat in lines.crossing(address.road, address.road2)
    ]
    found = found or [
        position
        for one in roads.pieces(address.road)
        for other in roads.pieces(address.road2)
        if (position := _by_doors(one, other)) is not None
    ]
    placed = [(one, load_districts().at(one.lon, one.lat) or "") for one in found]
    return [each for each in placed if each[1] == district] or placed


def _by_doors(one: Piece, other: Piece) -> Position | None:
    """The middle of the shortest way between two chains of doors."""
    per_degree = np.array(metres_per_degree(one.both[0].lat))
    link = shapely.shortest_line(_chain(one, per_degree), _chain(other, per_degree))
    if link.length > _NEAR_M:
        return None
    lon, lat = np.array(link.coords).mean(axis=0) / per_degree
    error_m = round(Level.INTERSECTION.prior_error_m + _BY_DOORS_M + link.length)
    source = f"两路门牌最近处，相距 {link.length:.0f} 米"
    return Position(float(lon), float(lat), Level.INTERSECTION, float(error_m), source)


def _chain(piece: Piece, per_degree: np.ndarray) -> shapely.Geometry:
    spots = np.array([(door.lon, door.lat) for door in piece.both]) * per_degree
    return shapely.LineString(spots) if len(spots) > 1 else shapely.Point(spots[0])
