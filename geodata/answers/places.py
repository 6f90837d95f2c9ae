"""The places a map draws, as a date or a scenario finds them."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from geodata.answers.city import NOT_THERE, City, Points
from geodata.declared import is_sample
from geodata.kinds import Kind, Status
from geodata.model import Level
from geodata.public_places import PublicPlace, PublicService

Row = int


def redrawn(city: City, points: Points) -> tuple[PublicPlace, ...]:
    """The city's places with the service points as given: those of the city first, then new ones.

    A service that moved stands on its own; one that is not there is left out.
    """
    rows_of: dict[int, list[Row]] = {}
    for row, place in enumerate(city.points.place.tolist()):
        rows_of.setdefault(place, []).append(row)
    moved = (points.lonlat[: len(city.points.id)] != city.points.lonlat).any(axis=1)
    moved &= ~np.isnan(points.lonlat[: len(city.points.id)]).any(axis=1)
    words = points.status.words
    changed = {
        int(city.points.place[row])
        for row, (before, now) in enumerate(zip(city.points.status.words, words, strict=False))
        if before != now or moved[row]
    }
    drawn: list[PublicPlace] = []
    for place in city.places:
        if place.id not in changed:
            drawn.append(place)
        else:
            drawn += _changed(place, rows_of[place.id], points, words, moved)
    return (*drawn, *(_new(points, row) for row in range(len(city.points.id), len(words))))


def _changed(
    place: PublicPlace, rows: list[Row], points: Points, words: list[str], moved: np.ndarray
) -> Iterator[PublicPlace]:
    """A place's services stand in the order of their ids, as rows do."""
    now = [
        (row, replace(service, status=Status(words[row])))
        for row, service in zip(rows, place.services, strict=True)
        if words[row] != NOT_THERE
    ]
    staying = tuple(service for row, service in now if not moved[row])
    if staying:
        yield replace(place, services=staying)
    for row, service in now:
        if moved[row]:
            lon, lat = points.lonlat[row].tolist()
            yield replace(
                place,
                services=(service,),
                lon=lon,
                lat=lat,
                district=points.district.at(row),
                level=Level.MANUAL.value,
                error_m=float(points.error_m[row]),
                reason="",
                reason_en="",
            )


def _new(points: Points, row: Row) -> PublicPlace:
    lon, lat = points.lonlat[row].tolist()
    service = PublicService(
        kind=Kind(points.kind.at(row)),
        name="",
        status=Status(points.status.at(row)),
        hours_text="",
        facilities=(),
        services=(),
        operator=points.operator.at(row),
        public_phone="",
        area_m2=None,
        year=None,
    )
    return PublicPlace(
        id=int(points.place[row]),
        name=points.name[row],
        district=points.district.at(row),
        town=points.town.at(row),
        address="",
        lon=lon,
        lat=lat,
        level=Level.MANUAL.value,
        error_m=float(points.error_m[row]),
        reason="",
        reason_en="",
        flags=(),
        services=(service,),
        sample=is_sample(points.name[row]),
    )
