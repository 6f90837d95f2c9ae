"""The public pages: the list with its map, and one place."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.kinds import Kind
from geodata.place.district import load_districts
from geodata.snapshot import PublicPlace, Snapshot
from geodata.store import Store
from maps.features import WIDE_ERROR_M, cards
from maps.features import place_document as document
from maps.finder import finder_map
from maps.invented import sample_sentence
from maps.outline import city_bounds, district_bounds
from maps.page import render
from maps.place import place_map
from service import params
from service.public import place_now, public_places
from service.request import link_of, words_of
from service.search import Search, understood
from service.settings import Settings
from service.workshop import gazetteer_files

PAGE_SIZE = 40


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list; unplaced ones stand in a group at the very end.

    `sample` is the key of the sentence over it; empty when nothing in it is invented.
    """

    placed: tuple[PublicPlace, ...]
    unplaced: tuple[PublicPlace, ...]
    total: int
    page: int
    pages: int
    unplaced_total: int
    sample: str


def listing(places: list[PublicPlace], page: int) -> Listing:
    """The asked page of places in their order, placed ones first."""
    ordered = sorted(places, key=lambda place: not place.placed)
    part = ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Listing(
        placed=tuple(place for place in part if place.placed),
        unplaced=tuple(place for place in part if not place.placed),
        total=len(places),
        page=page,
        pages=max(1, -(-len(places) // PAGE_SIZE)),
        unplaced_total=sum(not place.placed for place in places),
        # With scripts the list shows any of them, so one sample anywhere is said.
        sample=sample_sentence(place.sample for place in places),
    )


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/` and `/p/<id>`."""
    pages = Blueprint("finder", __name__)
    basemap, snapshot = settings.basemap, public_places(settings, store)
    known = gazetteer_files(settings.gazetteers)

    @pages.get("/")
    def find() -> Response:
        wanted = params.filters(request.args)
        asked = understood(wanted, known)
        shown = listing(_found(snapshot(), asked), params.page(request.args))
        bounds = district_bounds(wanted.district) if wanted.district else city_bounds()
        made = finder_map(basemap=basemap, bounds=bounds, root=request.script_root)
        return _page(
            "finder.html",
            map=made.render(words=words_of(request), root=request.script_root),
            listing=shown,
            placed=cards([(place, None) for place in shown.placed], basemap, first=wanted.kinds),
            unplaced=cards([(place, None) for place in shown.unplaced], basemap),
            wanted=wanted,
            station=asked.station,
            kinds=chips(wanted.kinds),
            districts=load_districts().names,
        )

    @pages.get("/p/<int:place_id>")
    def place(place_id: int) -> BaseResponse:
        found = place_now(store, snapshot(), place_id)
        if found.id != place_id:
            # Not for good: a merge can be undone, and then the link shows its own place again.
            return redirect(link_of(request)(f"/p/{found.id}"))
        return _page("place.html", place=found, wide=WIDE_ERROR_M, **_place_values(found))

    def _place_values(found: PublicPlace) -> dict[str, Any]:
        made = None
        if found.lon is not None and found.lat is not None:
            made = place_map(
                basemap=basemap,
                place_id=found.id,
                lon=found.lon,
                lat=found.lat,
                root=request.script_root,
            ).render(words=words_of(request), root=request.script_root)
        return {"map": made, "routes": document(found, basemap)["routes"]}

    return pages


def _found(places: Snapshot, asked: Search) -> list[PublicPlace]:
    """By district, or the nearest to the station first."""
    wanted, near = asked.wanted, asked.station
    found = places.find(wanted)
    if near is None:
        return sorted(found, key=lambda place: place.district)
    walks = places.nearest(near.lon, near.lat, wanted, limit=len(found))
    return [*(place for place, _ in walks), *(place for place in found if not place.placed)]


def chips(chosen: tuple[Kind, ...]) -> list[tuple[Kind, bool, str]]:
    """Kinds in registry order with the chosen ones in front: kind, chosen, kinds after a tap."""
    ordered = [*chosen, *(kind for kind in Kind if kind not in chosen)]
    return [(kind, kind in chosen, _toggled(chosen, kind)) for kind in ordered]


def _toggled(chosen: tuple[Kind, ...], kind: Kind) -> str:
    left = [each for each in chosen if each != kind]
    return ",".join(left if kind in chosen else [*left, kind])


def _page(template: str, **values: Any) -> Response:
    page = render(
        template,
        words=words_of(request),
        root=request.script_root,
        link=link_of(request),
        **values,
    )
    return Response(page, content_type="text/html; charset=utf-8")
