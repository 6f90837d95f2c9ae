"""The page of one place, its QR code, and what became of one that is gone."""

import io
from dataclasses import asdict
from typing import Any

import segno
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.duplicates.standing import stands_in
from geodata.errors import NotFoundError
from geodata.feedback.details import Details, details
from geodata.feedback.reports import MISTAKES
from geodata.kinds import Kind
from geodata.lifecycle.gone import gone
from geodata.public_places import PublicPlace
from geodata.snapshot import Snapshot
from geodata.store import Store
from geodata.tables import Place
from geodata.wanted import Wanted
from maps.directions import directions
from maps.features import WIDE_ERROR_M, cards, service_document
from maps.linked_data import linked_data
from maps.place import place_map
from service.clock import now
from service.public import place_now, public_places
from service.request import html_page, link_of, site_of, words_of
from service.settings import Settings


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/p/<id>` and `/p/<id>/qr.svg`."""
    pages = Blueprint("place", __name__)
    snapshot = public_places(settings, store)

    @pages.get("/p/<int:place_id>")
    def look(place_id: int) -> BaseResponse:
        try:
            found = place_now(store, snapshot(), place_id)
        except NotFoundError:
            return _gone(settings, store, snapshot(), place_id)
        if found.id != place_id:
            # Not for good: a merge can be undone, and then the link shows its own place again.
            return redirect(link_of(request)(f"/p/{found.id}"))
        with store.reading() as session:
            more = details(session, place_id)
        return html_page(
            "place.html", place=found, icp=settings.icp, **_values(settings, found, more)
        )

    @pages.get("/p/<int:place_id>/qr.svg")
    def code(place_id: int) -> Response:
        found = place_now(store, snapshot(), place_id)
        address = f"{site_of(request, settings.site_url)}/p/{found.id}"
        drawn = io.BytesIO()
        segno.make(address, error="m").save(drawn, kind="svg", scale=6, border=4, xmldecl=False)
        return Response(drawn.getvalue(), content_type="image/svg+xml")

    return pages


def _values(settings: Settings, found: PublicPlace, more: Details) -> dict[str, Any]:
    """What the page shows of a place."""
    services = [service_document(service, now()) for service in found.services]
    routes: list[dict[str, Any]] = []
    if found.lon is not None and found.lat is not None:
        routes = [asdict(route) for route in directions(found.name, found.lon, found.lat)]
    link = f"{settings.site_url}{link_of(request)(f'/p/{found.id}')}"
    return {
        "map": _map(settings, found),
        "routes": routes,
        "services": services,
        "open_count": sum(service["times"][0][0] == "open" for service in services),
        "more": more,
        "mistakes": MISTAKES,
        "wide": WIDE_ERROR_M,
        "linked": linked_data(found, link if settings.site_url else "", photos=more.photos),
        "thanks": _thanks(),
    }


def _thanks() -> bool:
    return request.args.get("reported") == "1"


def _map(settings: Settings, found: PublicPlace) -> str | None:
    if found.lon is None or found.lat is None:
        return None
    made = place_map(
        basemap=settings.basemap,
        place_id=found.id,
        lon=found.lon,
        lat=found.lat,
        root=request.script_root,
    )
    return made.render(words=words_of(request), root=request.script_root)


def _gone(settings: Settings, store: Store, places: Snapshot, place_id: int) -> Response:
    """Says in words what became of a place that was public once, and where to go instead."""
    with store.reading() as session:
        place_id = stands_in(session, place_id) or place_id
        became, row = gone(session, place_id), session.get(Place, place_id)
        if became is None or row is None:
            raise NotFoundError(f"没有编号为 {place_id} 的站点，可能已经摘牌或搬走。")
        kinds = tuple(Kind(service.kind) for service in row.services)
    moved_to = became.moved_to
    return html_page(
        "gone.html",
        status=410,
        icp=settings.icp,
        name=row.name,
        became=became,
        moved_to=places.place(moved_to) if moved_to and places.has(moved_to) else None,
        nearest=_nearest(places, row, kinds, settings),
    )


def _nearest(
    places: Snapshot, row: Place, kinds: tuple[Kind, ...], settings: Settings
) -> dict[str, Any] | None:
    """The card of the nearest open place of the same kinds, else of any kind, else of any hours."""
    if row.lon is None or row.lat is None:
        return None
    when = now()
    for wanted in (
        Wanted(kinds=kinds, open_at=when),
        Wanted(open_at=when),
        Wanted(kinds=kinds),
        Wanted(),
    ):
        found = places.nearest(row.lon, row.lat, wanted, limit=1)
        if found:
            return cards(found, settings.basemap, first=wanted.kinds, when=when)[0]
    return None
