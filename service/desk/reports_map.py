"""`/desk/reports/map.png`: the points a filter leaves as a picture, drawn without a basemap."""

from collections.abc import Callable
from datetime import date

from geodata.points.find import find, seen
from geodata.points.rows import point_rows
from geodata.public_places import PublicPlace
from geodata.snapshot import Snapshot
from geodata.store import Store
from maps.base import Bounds
from maps.embed_picture import Picture, png, zoom_of
from maps.outline import city_bounds, district_bounds
from maps.points import drawn_places
from maps.printed.drawing import filled
from maps.words import Words
from service.clock import today
from service.desk.points_query import points_wanted
from service.guard import person
from service.params import Query

WIDTH_PX, HEIGHT_PX = 1600, 1100
# Beyond so many, single marks would hide each other.
MOST_APART = 400
_LEAST_DEG = 0.02


def selection_map(store: Store, credit: Callable[[], str]) -> Callable[[Query, Words], bytes]:
    """Draws what a query of the points table leaves for the one who asks."""
    held = point_rows(store)

    def draw(query: Query, words: Words) -> bytes:
        wanted, rows, day = points_wanted(query), held(), today()
        found = find(seen(rows, person()), wanted, today=day)
        places = Snapshot(rows.version, drawn_places(found))
        placed = tuple(place for place in places.places if place.placed)
        district = wanted.wanted.district
        bounds = filled(_bounds(district, placed), WIDTH_PX, HEIGHT_PX)
        crowded = len(placed) > MOST_APART
        crowd = places.clusters(bounds, zoom_of(bounds, WIDTH_PX)) if crowded else None
        picture = Picture(
            bounds,
            WIDTH_PX,
            HEIGHT_PX,
            crowd.points if crowd else placed,
            crowd.circles if crowd else (),
            wanted.wanted.kinds,
            outlines=True,
            foot=_foot(words, credit(), day, len(found), len(placed)),
        )
        return png(picture, words)

    return draw


def _bounds(district: str, placed: tuple[PublicPlace, ...]) -> Bounds:
    """The district asked for, else around the points, else the city."""
    if district:
        return district_bounds(district)
    lons = [place.lon for place in placed if place.lon is not None]
    lats = [place.lat for place in placed if place.lat is not None]
    if not lons:
        return city_bounds()
    wide = max(0.0, _LEAST_DEG - (max(lons) - min(lons))) / 2
    high = max(0.0, _LEAST_DEG - (max(lats) - min(lats))) / 2
    return min(lons) - wide, min(lats) - high, max(lons) + wide, max(lats) + high


def _foot(words: Words, credit: str, day: date, points: int, drawn: int) -> str:
    told = words("report_picture", points=words.number(points), places=words.number(drawn))
    return " · ".join((words("brand"), credit, words("report_made", date=words.date(day)), told))
