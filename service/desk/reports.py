"""`/desk/reports`: every file an office can take along, each behind a link that names it."""

from flask import Blueprint, Response

from geodata.accounts.roles import Role
from geodata.programmes.targets import years
from geodata.store import Store
from service.desk.exports import FORMATS
from service.desk.pages import desk_page
from service.guard import needs
from service.settings import Settings

_FORMAT_LABELS = {
    "xlsx": "Excel",
    "geojson": "GeoJSON",
    "gpkg": "GeoPackage",
    "fgb": "FlatGeobuf",
    "kml": "KML",
}


def blueprint(_settings: Settings, store: Store) -> Blueprint:
    """The page."""
    pages = Blueprint("reports", __name__, url_prefix="/desk/reports")

    @pages.get("")
    @needs(Role.VIEWER)
    def index() -> Response:
        with store.reading() as session:
            known = years(session)
        return desk_page("desk/reports.html", here="reports", years=known, formats=formats())

    return pages


def formats() -> dict[str, str]:
    """Suffixes of exports and their names, Excel first."""
    known = sorted(FORMATS, key=lambda suffix: suffix != "xlsx")
    return {suffix: _FORMAT_LABELS.get(suffix, suffix) for suffix in known}
