"""The public list with its map: find a station."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from geodata.kinds import Kind
from geodata.offered import FACILITY_CODES
from geodata.openings import ORDER
from geodata.place.district import load_districts
from geodata.public_places import PublicPlace
from geodata.relaxing import instead, offers
from geodata.snapshot import Snapshot
from geodata.store import Store
from geodata.wanted import EVERYTHING, Wanted
from maps.base import Basemap, Bounds
from maps.facilities import QUICK
from maps.features import cards
from maps.finder import finder_map
from maps.first_view import first_list, first_view, middle_of
from maps.invented import sample_sentence
from maps.outline import city_bounds, district_bounds
from service import params
from service.clock import now
from service.public import public_places
from service.request import html_page, words_of
from service.search import Search, understood
from service.settings import Settings
from service.workshop import gazetteer_files

PAGE_SIZE = 40
# What a script asks /nearest for, beside the spot.
_FILTERS = ("kind", "district", "town", "q", "with", "open", "near", "radius")


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list; unplaced ones stand in a group at the very end.

    `counts` are the placed ones that are open, unknown and closed. `sample` is the key of the
    sentence over it; empty when nothing in it is invented.
    """

    placed: tuple[PublicPlace, ...]
    unplaced: tuple[PublicPlace, ...]
    total: int
    page: int
    pages: int
    unplaced_total: int
    sample: str
    counts: dict[str, int]


def page_of(places: Snapshot, asked: Search, page: int) -> Listing:
    """The asked page or the last: open places first, or the nearest to a station."""
    wanted = asked.wanted
    found = places.listed(wanted, wanted.open_at or now())
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(page, pages)
    part = found.part((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    placed = [place for place in part if place.placed]
    if asked.station:
        near = places.nearest(asked.station.lon, asked.station.lat, wanted, limit=PAGE_SIZE)
        placed, page, pages = [place for place, _ in near], 1, 1
        part = [*placed, *places.unplaced(wanted)[0][:PAGE_SIZE]]
    return Listing(
        placed=tuple(placed),
        unplaced=tuple(place for place in part if not place.placed),
        total=len(found),
        page=page,
        pages=pages,
        unplaced_total=found.unplaced,
        # With scripts the list shows any of them, so one sample anywhere is said.
        sample=sample_sentence(found.samples()),
        counts=dict(zip(map(str, ORDER), found.counts, strict=True)),
    )


def listed_cards(shown: Listing, wanted: Wanted, settings: Settings) -> dict[str, Any]:
    """The cards of a page of the list: those on the map in their groups, and the others."""
    basemap, when = settings.basemap, wanted.open_at or now()
    placed = cards(_unmeasured(shown.placed), basemap, first=wanted.kinds, when=when)
    return {
        # Stable, so that within a group they keep their order.
        "placed": sorted(placed, key=lambda item: list(ORDER).index(item["times"][0][0])),
        "unplaced": cards(_unmeasured(shown.unplaced), basemap),
    }


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/?kind=&open=&with=&district=&town=&q=`."""
    pages = Blueprint("finder", __name__)
    basemap, snapshot = settings.basemap, public_places(settings, store)
    known = gazetteer_files(settings.gazetteers)

    @pages.get("/")
    def find() -> Response:
        wanted, places = params.filters(request.args), snapshot()
        asked = understood(wanted, known, places)
        shown = page_of(places, asked, params.page(request.args))
        bounds = district_bounds(wanted.district) if wanted.district else city_bounds()
        made = finder_map(basemap=basemap, bounds=bounds, root=request.script_root)
        return html_page(
            "finder.html",
            map=made.render(words=words_of(request), root=request.script_root),
            # A search is drawn where its places are, which only its answer tells.
            first_view=None if wanted.text else first_view(places, basemap, bounds, wanted),
            first_list=_first_list(basemap, bounds),
            listing=shown,
            **listed_cards(shown, asked.wanted, settings),
            nothing=None if shown.total else _nothing(places, asked, bounds),
            wanted=wanted,
            asked_open=request.args.get("open", ""),
            filtered=wanted != EVERYTHING,
            station=asked.station,
            kinds=chips(tuple(Kind), wanted.kinds),
            quick=chips(QUICK, wanted.facilities),
            facilities=chips(FACILITY_CODES, wanted.facilities),
            districts=load_districts().names,
            towns=places.towns(wanted.district) if wanted.district else [],
            icp=settings.icp,
        )

    return pages


def _first_list(basemap: Basemap, bounds: Bounds) -> str:
    asked = {name: request.args[name] for name in _FILTERS if request.args.get(name)}
    return first_list(request.script_root, middle_of(basemap, bounds), PAGE_SIZE, asked)


def chips(codes: tuple[Any, ...], chosen: tuple[Any, ...]) -> list[tuple[Any, bool, str]]:
    """Codes in their order with the chosen ones in front: code, chosen, the chosen after a tap."""
    ordered = [*chosen, *(code for code in codes if code not in chosen)]
    return [(code, code in chosen, _toggled(chosen, code)) for code in ordered]


def _nothing(places: Snapshot, asked: Search, bounds: Bounds) -> dict[str, Any]:
    """What stands in an empty list: the nearest place with one filter less, and such filters."""
    west, south, east, north = bounds
    middle = (west + east) / 2.0, (south + north) / 2.0
    spot = (asked.station.lon, asked.station.lat) if asked.station else middle
    return {
        "nearest": instead(places, asked.wanted, *spot),
        "offers": [
            (offer, _left(offer.name, asked.wanted, offer.dropped))
            for offer in offers(places, asked.wanted)
        ],
    }


def _left(name: str, wanted: Wanted, dropped: str) -> dict[str, str | None]:
    """The changes of a link that takes a filter out."""
    if name == "with":
        return {"with": _toggled(wanted.facilities, dropped) or None}
    return {name: None, "town": None} if name == "district" else {name: None}


def _toggled(chosen: tuple[Any, ...], code: Any) -> str:
    left = [each for each in chosen if each != code]
    return ",".join(left if code in chosen else [*left, code])


def _unmeasured(places: tuple[PublicPlace, ...]) -> list[tuple[PublicPlace, float | None]]:
    return [(place, None) for place in places]
