"""A place as search engines read it."""

from dataclasses import replace

from geodata.hours import Change, Hours, Span
from geodata.kinds import Kind, Status
from geodata.public_places import PublicPlace, PublicService
from maps.linked_data import linked_data

WEEK = Hours(week=((Span(540, 1020),), (), (), (), (), (), (Span(0, 1440),)), on_holidays=True)
SERVICE = PublicService(
    Kind.REST_ROOM, "", Status.PLAQUED, "", (), (), "", "021-5555", None, None, WEEK
)
PLACE = PublicPlace(
    id=7, name="驿站</script>", district="黄浦区", town="", address="福州路1号", lon=121.5,
    lat=31.2, level="number", error_m=90.0, reason="", reason_en="", flags=(), services=(SERVICE,),
    sample=False,
)  # fmt: skip


def test_a_place_has_a_position_a_landline_and_its_ordinary_hours() -> None:
    assert linked_data(PLACE, "https://map.example.org/p/7") == {
        "@context": "https://schema.org",
        "@type": "CivicStructure",
        "@id": "https://map.example.org/p/7",
        "url": "https://map.example.org/p/7",
        "name": "驿站</script>",
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "CN",
            "addressRegion": "上海市",
            "addressLocality": "黄浦区",
            "streetAddress": "福州路1号",
        },
        "publicAccess": True,
        "geo": {"@type": "GeoCoordinates", "longitude": 121.5, "latitude": 31.2},
        "telephone": "021-5555",
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{day}",
                "opens": opens,
                "closes": closes,
            }
            for day, opens, closes in (("Monday", "09:00", "17:00"), ("Sunday", "00:00", "23:59"))
        ],
    }


def test_hours_that_seasons_or_doubts_change_promise_nothing() -> None:
    winter = replace(WEEK, changes=(Change(day=(), season="winter"),))
    for hours in (winter, replace(WEEK, sure=False), None):
        place = replace(PLACE, services=(replace(SERVICE, hours=hours),), lon=None, lat=None)
        found = linked_data(place, "")
        assert "openingHoursSpecification" not in found
        assert {"geo", "url", "@id"} & set(found) == set()
