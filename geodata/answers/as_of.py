"""The city as it stood on a date: statuses replayed, what came later is not there.

Demand sites, positions and hours have no history: they are today's on every date.
"""

from dataclasses import replace
from datetime import date

from geodata.answers.city import NOT_THERE, City
from geodata.answers.coded import Coded
from geodata.answers.places import redrawn


def city_at(city: City, on: date) -> City:
    """The city at the end of a day.

    A service point with no move on record has always been as it is; one whose first move came
    later was not there yet.
    """
    row_of = {int(point): row for row, point in enumerate(city.points.id)}
    words = city.points.status.words
    for move in city.moves:
        if move.point in row_of:
            words[row_of[move.point]] = NOT_THERE
    for move in city.moves:
        if move.on <= on and move.point in row_of:
            words[row_of[move.point]] = move.after
    points = replace(city.points, status=Coded.of(words))
    return replace(city, points=points, places=redrawn(city, points))


def records_from(city: City) -> str:
    """The day of the first status on record, as ISO 8601; "" when there is none."""
    return city.moves[0].on.isoformat() if city.moves else ""
