"""Addresses in doubt, one at a time: look, choose, drag, correct, ask the office, undo."""

from functools import cache
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.roles import Role
from geodata.model import Datum
from geodata.place.district import load_districts
from geodata.place.gazetteer import Gazetteer
from geodata.place.locate import Locator
from geodata.review.datums import datum_questions
from geodata.review.queue import queue
from geodata.store import Store
from maps.outline import city_bounds, district_bounds
from maps.review import mark, review_map
from service.desk import review_page
from service.desk.pages import desk_page
from service.desk.review_decide import MAX_ADDRESS, Decider
from service.errors import wants_json
from service.free_text import typed_line
from service.guard import needs, person
from service.params import whole
from service.request import fresh_page, site_of, words_of
from service.settings import Settings
from service.site_address import must_be_known
from service.workshop import gazetteer_files

_MOST_PAGES = 10_000
# What a page tells after a redirect; any other word in the address is ignored.
_SAID = frozenset({"pick", "move", "correct", "not_a_place", "undo", "datum"})


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/desk/review` and what lies below it."""
    pages = Blueprint("review", __name__, url_prefix="/desk/review")

    @cache
    def locator() -> Locator:
        files = gazetteer_files(settings.gazetteers)
        return Locator(Gazetteer.load(files), load_districts(), {})

    desk = Desk(settings, store, Decider(store, locator))

    @pages.get("")
    @needs(Role.EDITOR)
    def look() -> Response:
        return desk.queue()

    @pages.get("/<ref>")
    @needs(Role.EDITOR)
    def one(ref: str) -> Response:
        return desk.page(ref)

    @pages.get("/<ref>/part")
    @needs(Role.EDITOR)
    def part(ref: str) -> Response:
        return desk.part(ref)

    @pages.post("/<ref>/ask")
    @needs(Role.EDITOR)
    def ask(ref: str) -> Response:
        return desk.ask(ref)

    _decisions(pages, desk.decider)
    return pages


def _decisions(pages: Blueprint, decider: Decider) -> None:
    @pages.post("/<ref>/pick")
    @needs(Role.REVIEWER)
    def pick(ref: str) -> BaseResponse:
        return decider.pick(ref)

    @pages.post("/<ref>/move")
    @needs(Role.REVIEWER)
    def move(ref: str) -> BaseResponse:
        return decider.move(ref)

    @pages.post("/<ref>/correct")
    @needs(Role.REVIEWER)
    def correct(ref: str) -> BaseResponse:
        return decider.correct(ref)

    @pages.post("/<ref>/not-a-place")
    @needs(Role.REVIEWER)
    def not_a_place(ref: str) -> BaseResponse:
        return decider.not_a_place(ref)

    @pages.post("/<ref>/undo")
    @needs(Role.REVIEWER)
    def undo(ref: str) -> BaseResponse:
        return decider.undo(ref)

    @pages.post("/datum/<int:run>")
    @needs(Role.REVIEWER)
    def datum(run: int) -> BaseResponse:
        return decider.datum(run)


class Desk:
    """The pages a reviewer looks at."""

    def __init__(self, settings: Settings, store: Store, decider: Decider) -> None:
        self.settings, self.store, self.decider = settings, store, decider

    def queue(self) -> Response:
        """All that waits, with its filters and the questions about whole files."""
        words, who, wanted = words_of(request), person(), review_page.narrowed(request.args)
        with self.store.reading() as session:
            items = queue(session, by=who)
            questions = datum_questions(session, by=who)
        values = review_page.queue_values(items, wanted, _page(request.args.get("page", "")), words)
        return desk_page(
            "desk/review.html",
            here="review",
            questions=questions,
            said=self._said(),
            filters=review_page.kept_filters(request.args),
            **values,
        )

    def page(self, ref: str, asked_link: str = "") -> Response:
        """One address, with the queue beside it."""
        words, wanted = words_of(request), review_page.narrowed(request.args)
        with self.store.reading() as session:
            items = review_page.queued(session, wanted, person())
        beside = review_page.neighbours(items, ref)
        values = self._values(ref, asked_link)
        return desk_page(
            "desk/review_one.html",
            here="review",
            map=self._map(values["item"].district),
            said=self._said(),
            rows=[review_page.line(each, words) for each in beside.items],
            left=beside.left,
            before=beside.before,
            after=beside.after,
            **values,
        )

    def part(self, ref: str) -> Response:
        """The panel of one address alone, which the script puts in the place of the last one."""
        values = self._values(ref)
        return fresh_page("desk/review_part.html", person=person(), after="", **values)

    def ask(self, ref: str) -> Response:
        """The one-time link, shown once: on the page, or to the script."""
        must_be_known(self.settings)
        link = site_of(request, self.settings.site_url) + self.decider.ask(ref)
        if not wants_json():
            return self.page(ref, link)
        response: Response = jsonify({"link": link})
        response.headers["Cache-Control"] = "no-store"
        return response

    def _values(self, ref: str, asked_link: str = "") -> dict[str, Any]:
        words, basemap = words_of(request), self.settings.basemap
        with self.store.reading() as session:
            values = review_page.address_values(
                session, ref, by=person(), basemap=basemap, words=words
            )
            text = typed_line(request.args, "address")[:MAX_ADDRESS]
            if text:
                key, locator = values["item"].canonical, self.decider.locator()
                looked, found = review_page.looked_values(
                    session, key, text, locator=locator, words=words
                )
                values["looked"] = looked
                values["drawing"]["marks"] += [mark(0, found, basemap)] if found else []
        return values | {
            "asked_link": asked_link,
            "filters": review_page.kept_filters(request.args),
            "datum": basemap.datum,
            "datums": list(Datum),
        }

    def _map(self, district: str) -> Any:
        known, root = district in load_districts().names, request.script_root
        made = review_map(
            basemap=self.settings.basemap,
            bounds=district_bounds(district) if known else city_bounds(),
            outline_url=f"{root}/planner/outline.json",
            root=root,
        )
        return made.render(words=words_of(request), root=root)

    def _said(self) -> dict[str, str] | None:
        """What was done last, as the address says, and which address it was about."""
        action, last = request.args.get("said", ""), request.args.get("last", "")
        if action not in _SAID:
            return None
        return {
            "text": words_of(request)(f"review_done_{action}"),
            "last": last if last.isalnum() and action != "undo" else "",
        }


def _page(text: str) -> int:
    if not text:
        return 1
    return whole("page", text, 1, _MOST_PAGES)
