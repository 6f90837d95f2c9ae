"""The one-time link: a person on the spot pins one address, once."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request

from geodata.errors import NotFoundError, ParameterError
from geodata.model import Datum, Position
from geodata.moments import utc_now
from geodata.place.district import load_districts
from geodata.place.gazetteer import Gazetteer
from geodata.place.locate import Locator
from geodata.review import actions, links
from geodata.review.links import Asked
from geodata.store import Store
from maps.base import Basemap
from maps.outline import city_bounds, district_bounds
from maps.pin import pin_map
from service.free_text import typed_line
from service.request import fresh_page, words_of
from service.settings import Settings
from service.signing_in.attempts import Attempts

# Fixes up to here are taken as they are; beyond, and once the pin was moved, a person confirms.
CLOSE_M = 50.0
WRONG_TOKENS = 20
MAX_NOTE = 120
# A phone's accuracy holds two times in three, an error_m nine times in ten.
_NINE_IN_TEN = 1.5
_DOOR_M = 15.0
_DRAGGED_M = 50.0
_NO_FIX_M = 100.0


@dataclass(frozen=True, slots=True)
class Pinned:
    """What the form holds: a position on the basemap, as a phone found it or a finger moved it."""

    lon: str = ""
    lat: str = ""
    accuracy: str = ""
    dragged: str = ""
    sure: str = ""
    note: str = ""

    @classmethod
    def of(cls, form: Mapping[str, str]) -> "Pinned":
        texts = {name: form.get(name, "").strip()[:200] for name in cls.__slots__}
        return cls(**texts | {"note": typed_line(form, "note")[:MAX_NOTE]})

    @property
    def accuracy_m(self) -> float | None:
        """The phone's own word, None where it had no fix."""
        value = _number(self.accuracy)
        return value if value is not None and value > 0.0 else None

    @property
    def is_plain(self) -> bool:
        """Whether it needs no second look: a close fix that nobody moved."""
        return not self.dragged and self.accuracy_m is not None and self.accuracy_m <= CLOSE_M

    @property
    def error_m(self) -> float:
        """Where the door is within, nine times in ten."""
        if self.accuracy_m is None:
            return _NO_FIX_M
        least = _DRAGGED_M if self.dragged else _DOOR_M
        return max(least, math.ceil(_NINE_IN_TEN * self.accuracy_m))

    @property
    def fault(self) -> str:
        """The sentence that says what is missing; "" for nothing."""
        if _number(self.lon) is None or _number(self.lat) is None:
            return "pin_fault_where"
        return "" if self.is_plain or self.sure else "pin_fault_sure"

    def position(self, basemap: Basemap, locator: Locator) -> Position:
        """In WGS-84. ParameterError outside the city."""
        lon, lat = float(self.lon), float(self.lat)
        if not (-180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0):
            raise ParameterError(f"{lon:g}, {lat:g} 不是经纬度。")
        x, y = basemap.take(lon, lat)
        return actions.pinned(x, y, datum=Datum.WGS84, error_m=self.error_m, locator=locator)


def blueprint(
    settings: Settings, store: Store, clock: Callable[[], datetime] = utc_now
) -> Blueprint:
    """`/pin/<token>`."""
    pages = Blueprint("pin", __name__)
    attempts = Attempts(most=WRONG_TOKENS, sentence="试了太多个不对的链接，请过 15 分钟再试。")
    # A decision needs no gazetteer: it is the position.
    locator = Locator(Gazetteer(()), load_districts(), {})

    def asked(token: str) -> Asked:
        sender = request.remote_addr or ""
        attempts.check(sender)
        try:
            with store.reading() as session:
                return links.asked_by(session, token, now=clock())
        except NotFoundError:
            attempts.failed(sender)
            raise

    @pages.get("/pin/<token>")
    def look(token: str) -> Response:
        return _page(settings, asked(token), Pinned(), "", 200)

    @pages.post("/pin/<token>")
    def send(token: str) -> Response:
        about, given = asked(token), Pinned.of(request.form)
        if given.fault:
            return _page(settings, about, given, given.fault, 400)
        try:
            position = given.position(settings.basemap, locator)
        except ParameterError:
            return _page(settings, about, given, "pin_fault_outside", 400)
        with store.writing() as session:
            canonical = links.use(session, token, now=clock())
            actions.pin(session, canonical, position, by="", note=given.note, locator=locator)
        return fresh_page("pin_done.html", asked=about, metres=round(position.error_m))

    return pages


def _page(settings: Settings, about: Asked, given: Pinned, fault: str, status: int) -> Response:
    known = about.district in load_districts().names
    spot = (about.lon, about.lat) if about.lon is not None and about.lat is not None else None
    made = pin_map(
        basemap=settings.basemap,
        spot=spot,
        bounds=district_bounds(about.district) if known else city_bounds(),
        root=request.script_root,
    ).render(words=words_of(request), root=request.script_root)
    return fresh_page("pin.html", status=status, asked=about, given=given, fault=fault, map=made)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
