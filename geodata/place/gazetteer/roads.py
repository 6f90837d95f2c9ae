"""A number on a road by its neighbours: which road of that name, how far off, in which district."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import shapely

from geodata.geodesy import metres_apart
from geodata.model import Level, Position
from geodata.place.district import load_districts
from geodata.place.error_model import ErrorModel
from geodata.place.gazetteer.door import Door
from geodata.place.gazetteer.lines import RoadLines
from geodata.place.gazetteer.piece import Guess, Method, Piece, pieces

# Learned errors are those beside listed doors; a worse neighbour makes it worse by the rest.
_DOOR_ERROR_M = 90.0
# A wider guess says no more than the district does.
WIDEST_M = 8000.0
# A road that ends farther from a district than this is not taken to go on in it.
_BORDER_M = 1000.0
# So far past the border, as a share of the way to it, that rounding does not put it back.
_PAST = 0.01


@dataclass(frozen=True, slots=True)
class OnRoad:
    """A placed number and what it was placed by."""

    position: Position
    method: Method
    district: str


class Roads:
    """The known doors of each street by its name, put in order when first asked for."""

    def __init__(
        self, doors: Mapping[str, Sequence[Door]], model: ErrorModel, lines: RoadLines
    ) -> None:
        self._doors = doors
        self._model = model
        self._lines = lines
        self._pieces: dict[str, tuple[Piece, ...]] = {}

    def streets(self) -> list[str]:
        """The names of all streets, sorted."""
        return sorted(self._doors)

    def pieces(self, street: str) -> tuple[Piece, ...]:
        """The separate roads of that name."""
        if street not in self._pieces:
            self._pieces[street] = pieces(self._doors.get(street, ()))
        return self._pieces[street]

    def place(self, street: str, number: int, *, district: str, firm: bool) -> list[OnRoad]:
        """The places a number can have: one, or one for each road that cannot be told apart.

        With a district only its own roads serve, and one that passes within its error of it; when
        not `firm` a road of another district does where the district has none.
        """
        every = self.pieces(street)
        if not district:
            return self._placed(street, number, every)
        own = [piece for piece in every if district in piece.districts]
        if own:
            found = self._placed(street, number, _around(own, number))
        else:
            found = self._placed(street, number, every)
        if not firm:
            return found
        drawn = [_drawn_in(one, district) for one in found]
        return drawn if own else [one for one in drawn if one.district == district]

    def doors(self, street: str) -> Sequence[Door]:
        """All known doors of that name."""
        return self._doors.get(street, ())

    def area(self, street: str, number: int | None, *, district: str) -> list[OnRoad]:
        """The road as a whole, each of that name: its course, or what was learned of such roads.

        A number so far from the known ones that it has no place widens the area.
        """
        if drawn := [_drawn(*extent) for extent in self._lines.extents(street)]:
            return [one for one in drawn if _reaches(one, district)] if district else drawn
        own = [p for p in self.pieces(street) if not district or district in p.districts]
        return [one for piece in own if (one := self._area(piece, number)) is not None]

    def _area(self, piece: Piece, number: int | None) -> OnRoad | None:
        lon, lat, reach_m = piece.extent()
        error_m = self._model.error_m(Method.ROAD, reach_m)
        if error_m is None:
            return None
        if number is not None:
            error_m = max(error_m, self._error_m(piece.guess(number)) or 0.0)
        source = f"路的范围：已知 {len(piece.both)} 个门牌"
        position = Position(lon, lat, Level.ROAD, error_m, source)
        return OnRoad(position, Method.ROAD, min(piece.districts))

    def _placed(self, street: str, number: int, own: Sequence[Piece]) -> list[OnRoad]:
        found = (self._on(street, piece, number) for piece in own)
        return [one for one in found if one is not None]

    def _on(self, street: str, piece: Piece, number: int) -> OnRoad | None:
        straight = piece.guess(number)
        guess = self._lines.along(street, straight, number)
        error_m = self._error_m(guess) or self._error_m(straight)
        if error_m is None or error_m > WIDEST_M:
            return None
        worst_m = max(guess.low.error_m, guess.high.error_m)
        position = Position(
            guess.lon,
            guess.lat,
            Level.INTERPOLATED,
            error_m + max(0.0, worst_m - _DOOR_ERROR_M),
            guess.explained(number),
        )
        return OnRoad(position, guess.method, guess.low.district)

    def _error_m(self, guess: Guess) -> float | None:
        scale_m = guess.scale_m
        if guess.method is Method.LONE:
            scale_m *= self._model.district_pace_m(guess.low.district)
        return self._model.error_m(guess.method, scale_m)


def _drawn(lon: float, lat: float, reach_m: float) -> OnRoad:
    error_m = max(_DOOR_ERROR_M, float(round(reach_m)))
    position = Position(lon, lat, Level.ROAD, error_m, "路线的范围")
    return OnRoad(position, Method.ROAD, load_districts().at(lon, lat) or "")


def _reaches(one: OnRoad, district: str) -> bool:
    at = one.position
    return load_districts().distance_m(district, at.lon, at.lat) <= at.error_m


def _around(own: Sequence[Piece], number: int) -> Sequence[Piece]:
    """Of several roads of one name in a district the only one whose numbers reach past this."""
    around = [piece for piece in own if piece.both[0].number <= number <= piece.both[-1].number]
    return around if len(around) == 1 else own


def _drawn_in(one: OnRoad, district: str) -> OnRoad:
    """A position just outside the district it is declared in, moved to that side of the border.

    The true place lies inside, so that is nearer to it; one farther out than its error stays.
    """
    position = one.position
    outline = load_districts().outline(district)
    if shapely.contains_xy(outline, position.lon, position.lat):
        return replace(one, district=district)
    edge = shapely.shortest_line(shapely.Point(position.lon, position.lat), outline)
    (_, (lon, lat)) = edge.coords
    away_m = metres_apart(position.lon, position.lat, lon, lat)
    if away_m > min(position.error_m, _BORDER_M):
        return one
    lon, lat = lon + _PAST * (lon - position.lon), lat + _PAST * (lat - position.lat)
    return OnRoad(replace(position, lon=lon, lat=lat), one.method, district)
