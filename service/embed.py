"""The page other sites put in a frame: a compact list beside a map."""

from flask import Blueprint, Response, request

from geodata.store import Store
from maps.embed import embed_map
from maps.features import cards
from maps.outline import city_bounds, district_bounds
from maps.page import render
from service import params
from service.finder import listing
from service.public import public_places
from service.request import link_of, words_of
from service.settings import Settings


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/embed?kind=&district=&lang=`."""
    pages = Blueprint("embed", __name__)
    basemap, snapshot = settings.basemap, public_places(settings, store)

    @pages.get("/embed")
    def embed() -> Response:
        wanted = params.filters(request.args)
        found = snapshot().find(wanted)
        shown = listing(sorted(found, key=lambda place: place.district), 1)
        bounds = district_bounds(wanted.district) if wanted.district else city_bounds()
        words, root = words_of(request), request.script_root
        page = render(
            "embed.html",
            words=words,
            root=root,
            link=link_of(request),
            map=embed_map(basemap=basemap, bounds=bounds, root=root).render(words=words, root=root),
            listing=shown,
            placed=cards([(place, None) for place in shown.placed], basemap, first=wanted.kinds),
            unplaced=cards([(place, None) for place in shown.unplaced], basemap),
            wanted=wanted,
        )
        return Response(page, content_type="text/html; charset=utf-8")

    return pages
