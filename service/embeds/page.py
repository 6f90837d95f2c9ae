"""The page other sites put in a frame: a compact list beside a map."""

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from geodata.errors import ParameterError
from geodata.public_places import PublicPlace
from geodata.snapshot import Snapshot
from geodata.store import Store
from geodata.wanted import Wanted
from maps.assets import sprites
from maps.embed import embed_map
from maps.embed_theme import style_sheet, theme
from service.clock import now
from service.embeds import frames as embed_frames
from service.embeds.asked import Embed, kept, read_embed, scripts_query
from service.embeds.cards import cards_of
from service.embeds.places import bounds_of, chosen, search_of
from service.public import public_places
from service.request import fresh_page, html_page, site_of, words_of
from service.settings import Settings
from service.workshop import gazetteer_files

DAY_S = 86_400


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/embed` (parameters: service/embeds/asked.py) and its colours."""
    pages = Blueprint("embed", __name__)
    basemap, snapshot = settings.basemap, public_places(settings, store)
    known = gazetteer_files(settings.gazetteers)

    @pages.get("/embed")
    def embed() -> Response:
        sites = embed_frames.allowed(settings, store)
        around = embed_frames.stranger(request, sites)
        if around:
            embed_frames.let_anyone_frame()
            return _note(403, "embed_not_listed", site=str(around))
        embed_frames.let_frame(sites)
        try:
            asked = read_embed(request.args, store)
        except ParameterError as error:
            return _note(400, "embed_unreadable", fault=str(error))
        return _kept_apart(_page(asked))

    @pages.get("/embed/theme.css")
    def colours() -> Response:
        asked = theme(request.args.get("accent", ""), request.args.get("mode", ""))
        kept_for = {"Cache-Control": f"public, max-age={DAY_S}"}
        return Response(
            style_sheet(asked), headers=kept_for, content_type="text/css; charset=utf-8"
        )

    def _page(asked: Embed) -> Response:
        places, words, root = snapshot(), words_of(request), request.script_root
        search = search_of(asked, known, places)
        found = chosen(places, search) if search.station else _open_first(places, search.wanted)
        shown, bounds = cards_of(found, search.wanted, basemap), bounds_of(asked, found)
        made = embed_map(basemap=basemap, bounds=bounds, locate=asked.locate, root=root)
        own = kept(request.args)
        return html_page(
            "embed.html",
            # Chromium holds back the load of the page around a frame that is not shown yet, if
            # the frame draws a symbol from another file.
            inline=True,
            sprites=sprites(),
            map=made.render(words=words, root=root, inline=True),
            listing=shown,
            placed=shown.placed,
            unplaced=shown.unplaced,
            asked=asked,
            sent=scripts_query(asked, request.args),
            more=_more(own),
            site=site_of(request, settings.site_url),
            own=urlencode(own),
        )

    return pages


def _open_first(places: Snapshot, wanted: Wanted) -> list[PublicPlace]:
    """All that fit in the order of the finder, so that no page of cards leaves out who is open."""
    listed = places.listed(wanted, wanted.open_at or now())
    return listed.part(0, len(listed))


def _more(own: dict[str, str]) -> dict[str, str]:
    """The filters the finder knows too, for the link to it."""
    return {
        name: own[name] for name in ("kind", "district", "town", "q", "with", "open") if name in own
    }


def _note(status: int, sentence: str, *, site: str = "", fault: str = "") -> Response:
    """What a frame shows instead of a map; never kept, for the list may change any minute."""
    return _kept_apart(
        fresh_page("embed_note.html", status=status, sentence=sentence, site=site, fault=fault)
    )


def _kept_apart(response: Response) -> Response:
    # The same address is answered differently in a frame of a site that is not on the list.
    response.vary.update(("Referer", "Sec-Fetch-Dest"))
    return response
