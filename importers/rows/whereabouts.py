"""What a row says of where it is and who stands behind it: district, town, coordinates, persons."""

from functools import lru_cache, partial

from geodata.declared import Contact
from geodata.model import Coordinates
from geodata.place.address import parse
from geodata.place.district import canonical_district
from importers.cells import typed, words
from importers.rows.row import FormRow
from importers.tables.head import head_contacts
from importers.tables.titles import surroundings


def district_and_town(row: FormRow) -> tuple[str, str]:
    """From the row itself, else from the head block, the union that declares, or the title."""
    town = row.text("town")
    if row.form.district_in_name:
        return canonical_district(row.text("name")) or "", town
    if row.written("district"):
        return row.district(), town
    if head := row.head.get("head_district", ""):
        address = parse(head)
        return canonical_district(head) or "", town or address.town or address.area
    return _district_around(row), town


def _district_around(row: FormRow) -> str:
    if found := _district_in(row.head.get("head_union", "")):
        row.flag("district_from_union", f"这一行没有写区，按申报的区局工会算在{found}")
        return found
    if row.has("district"):
        return ""
    if found := next(filter(None, map(_district_in, surroundings(row.table))), ""):
        row.flag("district_from_title", f"表里没有区这一列，按标题或文件名算在{found}")
    return found


@lru_cache(maxsize=1024)
def _district_in(text: str) -> str:
    """The one district a title names; the rows of a table ask the same again and again."""
    return canonical_district(text) or ""


def coordinates(row: FormRow) -> Coordinates | None:
    """The pair the form gives; without a datum it may lie 500 m or 1 km off and is not used."""
    given = [name for name in ("lon", "lat") if row.written(name)]
    if not given:
        return None
    lon = row.read("lon", partial(typed.degrees, limit=180.0))
    lat = row.read("lat", partial(typed.degrees, limit=90.0))
    if lon is None or lat is None or (lon, lat) == (0.0, 0.0):
        row.fault(given[0], "经度和纬度成对填写的十进制度数，例如 121.4710 和 31.2349")
        return None
    if not row.written("datum"):
        row.fault(given[0], "坐标要在“坐标系”列写明 WGS-84、GCJ-02、BD-09 或 CGCS2000")
        return None
    datum = row.read("datum", words.datum)
    return Coordinates(lon, lat, datum) if datum else None


def contacts(row: FormRow) -> tuple[Contact, ...]:
    """The persons of a row, those cut out of its public cells, and who filled the form in."""
    own = Contact(
        name=row.private("contact"),
        mobile=row.private("mobile"),
        email=row.private("email"),
        role="点位联系人",
    )
    named = (own,) if own.name or own.mobile or own.email else ()
    return (*named, *row.contacts, *head_contacts(row.head))
