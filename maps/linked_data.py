"""A place as search engines read it: schema.org in JSON-LD."""

from collections.abc import Iterable
from typing import Any

from geodata.hours import DAY_MIN, Hours
from geodata.public_places import PublicPlace

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def linked_data(place: PublicPlace, address: str, *, photos: Iterable[Any] = ()) -> dict[str, Any]:
    """A place with its position (WGS-84) and ordinary hours; `address` is its own, or "".

    Hours that depend on seasons, weeks or an appointment are left out: the vocabulary cannot say
    them, and a search engine would promise an open door.
    """
    phones = [service.public_phone for service in place.services if service.public_phone]
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CivicStructure",
        "name": place.name,
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "CN",
            "addressRegion": "上海市",
            "addressLocality": place.district,
            "streetAddress": place.address,
        },
        "publicAccess": True,
        "openingHoursSpecification": [
            each for service in place.services for each in _hours(service.hours)
        ],
    }
    if place.lon is not None:
        found["geo"] = {
            "@type": "GeoCoordinates", "longitude": place.lon, "latitude": place.lat,
        }  # fmt: skip
    if phones:
        found["telephone"] = phones[0]
    if address:
        base = address.partition("/p/")[0]
        found |= {"@id": address, "url": address}
        found["photo"] = [f"{base}/photos/{photo.id}" for photo in photos]
    return {key: value for key, value in found.items() if value not in ([], "")}


def _hours(hours: Hours | None) -> list[dict[str, Any]]:
    if hours is None or not hours.sure or hours.changes:
        return []
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{name}",
            "opens": _clock(span.start),
            "closes": _clock(span.end),
        }
        for name, day in zip(_DAYS, hours.week, strict=True)
        for span in day
        if span.sure
    ]


def _clock(minute: int) -> str:
    # A day's own end is written 23:59: 00:00 would be its beginning.
    if minute == DAY_MIN:
        return "23:59"
    return f"{minute % DAY_MIN // 60:02}:{minute % 60:02}"
