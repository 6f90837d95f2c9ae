"""`/embed/map.png`: the still picture of an embedded map, kept, and drawn only so often."""

from dataclasses import dataclass

from flask import Blueprint, Response, request

from geodata.snapshot import Snapshot
from geodata.store import Store
from maps.embed_picture import Picture, png, zoom_of
from maps.printed.drawing import CannotDrawError, filled
from maps.words import Words
from service import clock, errors
from service.embeds.asked import Embed, kept, read_embed
from service.embeds.places import bounds_of, chosen, search_of
from service.kept_files import KeptFiles
from service.params import whole
from service.public import public_places
from service.request import words_of
from service.settings import Settings
from service.workshop import gazetteer_files

WIDTH_PX, HEIGHT_PX = 800, 500
LEAST_PX, MOST_PX = 200, 1600
KEPT_S = 3600
MOST_APART = 300
DRAWN_A_MINUTE = 30
_CROWDED = "这会儿画图片的人太多，请过一分钟再试。"


@dataclass(frozen=True, slots=True)
class _Size:
    width: int
    height: int


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/embed/map.png?…&width=&height=`."""
    pages = Blueprint("embed_picture", __name__)
    snapshot = public_places(settings, store)
    pictures = KeptFiles(a_minute=DRAWN_A_MINUTE, sentence=_CROWDED)
    known = gazetteer_files(settings.gazetteers)

    @pages.get("/embed/map.png")
    def still() -> Response:
        asked, size, words = read_embed(request.args, store), _size(), words_of(request)
        places = snapshot()
        key = (
            places.version,
            clock.today(),
            asked.wanted.open_at,
            size,
            *kept(request.args).items(),
        )
        asker = request.remote_addr or ""
        try:
            drawn = pictures.get(
                key, lambda: png(picture(asked, size, places, words), words), asker=asker
            )
        except CannotDrawError as error:
            return errors.answer(501, str(error))
        response = Response(drawn, content_type="image/png")
        response.headers["Cache-Control"] = f"public, max-age={KEPT_S}"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    def picture(asked: Embed, size: _Size, places: Snapshot, words: Words) -> Picture:
        search = search_of(asked, known, places)
        found = chosen(places, search)
        bounds = filled(bounds_of(asked, found), size.width, size.height)
        placed = tuple(place for place in found if place.placed)
        # Nobody can look closer at a picture, so circles are for crowds only.
        crowd = None
        if len(placed) > MOST_APART:
            crowd = places.clusters(bounds, zoom_of(bounds, size.width), search.wanted)
        return Picture(
            bounds,
            size.width,
            size.height,
            crowd.points if crowd else placed,
            crowd.circles if crowd else (),
            asked.wanted.kinds,
            settings.draws_outlines,
            _foot(words, settings.basemap.approval),
        )

    return pages


def _foot(words: Words, approval: str) -> str:
    credit = words("approval", number=approval) if approval else words("sketch")
    return " · ".join(
        (words("brand"), credit, words("embed_as_of", date=words.date(clock.today())))
    )


def _size() -> _Size:
    return _Size(_pixels("width", WIDTH_PX), _pixels("height", HEIGHT_PX))


def _pixels(name: str, usual: int) -> int:
    text = request.args.get(name) or str(usual)
    return whole(name, text, LEAST_PX, MOST_PX, unit="（像素）")
