"""The same places without a frame: a plain list, a still picture, a QR code, and the script."""

from io import BytesIO

import segno
from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import ParameterError
from geodata.public_places import PublicPlace
from geodata.store import Store
from maps import assets as files
from maps.features import hours
from maps.page import render
from service import clock
from service.embeds.asked import kept, read_embed
from service.embeds.lines import Lines, Size, title_of
from service.embeds.places import chosen, search_of
from service.public import public_places
from service.request import site_of, words_of
from service.settings import Settings
from service.workshop import gazetteer_files

# A page of links longer than this is no list any more; the map shows the rest.
MOST_LISTED = 200
SCRIPT = "embed_v1.js"
HOUR_S = 3600
_QR_SCALE = 6


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/embed/list.html`, `/embed/qr.svg`, `/embed.js` and `/embed/v1.js`."""
    pages = Blueprint("embed_still", __name__)
    snapshot = public_places(settings, store)
    known = gazetteer_files(settings.gazetteers)

    def lines() -> Lines:
        asked = kept(request.args)
        title = title_of(read_embed(asked, store), words_of(request))
        return Lines(site_of(request, settings.site_url), asked, title, Size())

    @pages.get("/embed/list.html")
    def plain_list() -> Response:
        places = snapshot()
        search = search_of(read_embed(request.args, store), known, places)
        return Response(
            list_of(lines(), chosen(places, search)), content_type="text/html; charset=utf-8"
        )

    @pages.get("/embed/qr.svg")
    def code() -> Response:
        drawn = BytesIO()
        try:
            made = segno.make(lines().finder, error="m", micro=False)
        except segno.DataOverflowError as error:
            raise ParameterError("筛选写得太长，二维码里放不下。") from error
        made.save(drawn, kind="svg", scale=_QR_SCALE, light="#fff", svgclass=None, lineclass=None)
        return Response(drawn.getvalue(), content_type="image/svg+xml; charset=utf-8")

    @pages.get("/embed.js")
    @pages.get("/embed/v1.js")
    def script() -> BaseResponse:
        response = Response(files.asset(SCRIPT), content_type="text/javascript; charset=utf-8")
        response.headers["Cache-Control"] = f"public, max-age={HOUR_S}"
        # Pages that let in only what agrees to it may have this one.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.add_etag()
        return response.make_conditional(request)

    return pages


def list_of(lines: Lines, places: list[PublicPlace]) -> str:
    """The places as a fragment of HTML that any editor of a site takes: links and a date."""
    listed = [(place, hours(place)) for place in places[:MOST_LISTED]]
    return render(
        "embed_list.html",
        words=words_of(request),
        lines=lines,
        query=words_of(request).language.query,
        listed=listed,
        rest=len(places) - len(listed),
        today=clock.today(),
    )
