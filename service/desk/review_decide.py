"""What a person says about an address, put into effect: checks, one transaction, the answer."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, jsonify, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts import audit
from geodata.errors import ConflictError, ForbiddenError, NotFoundError, ParameterError
from geodata.model import Datum, Level
from geodata.moments import utc_now
from geodata.place.locate import Locator
from geodata.review import actions, links
from geodata.review.datums import datum_questions
from geodata.review.queue import address
from geodata.review.reach import owner
from geodata.review.relocate import Repair, relocate
from geodata.review.stored import rows_at
from geodata.store import Store
from geodata.tables import Decision
from maps.review_words import metres
from service.desk.review_page import kept_filters, reached, seen
from service.errors import wants_json
from service.free_text import typed_line
from service.guard import person
from service.params import degrees
from service.request import link_of, words_of

MAX_ADDRESS = 200

Act = Callable[[Session, str], int]


@dataclass(frozen=True, slots=True)
class Decider:
    """Puts decisions into effect; `locator` is loaded when it is first needed."""

    store: Store
    locator: Callable[[], Locator]

    def pick(self, ref: str) -> BaseResponse:
        """Form: n, the number of the candidate."""
        n = _whole(request.form.get("n", ""))
        by = person().login
        return self._settle(
            ref, "pick", lambda s, key: actions.pick(s, key, n, by=by, locator=self.locator())
        )

    def move(self, ref: str) -> BaseResponse:
        """Form: lon, lat and the datum they are in."""
        lon, lat = degrees(request.form)
        datum, by = _datum(request.form.get("datum", "")), person().login

        def act(session: Session, key: str) -> int:
            return actions.move(session, key, lon, lat, datum=datum, by=by, locator=self.locator())

        return self._settle(ref, "move", act)

    def correct(self, ref: str) -> BaseResponse:
        """Form: address, what should have been written."""
        text = typed_line(request.form, "address")[:MAX_ADDRESS]
        by = person().login
        return self._settle(
            ref,
            "correct",
            lambda s, key: actions.correct(s, key, text, by=by, locator=self.locator()),
        )

    def not_a_place(self, ref: str) -> BaseResponse:
        """There is nothing to put on a map."""
        by = person().login
        return self._settle(
            ref,
            "not_a_place",
            lambda s, key: actions.not_a_place(s, key, by=by, locator=self.locator()),
        )

    def undo(self, ref: str) -> BaseResponse:
        """Forget what was decided; the page of the address is next."""
        with self.store.writing() as session:
            key, _ = reached(session, ref, person())
            actions.undo(session, key, by=person().login, locator=self.locator())
            said = _sentence(session, key, "undo")
        return _answer("undo", ref, said, to=f"/desk/review/{ref}")

    def ask(self, ref: str) -> str:
        """A one-time link for somebody on the spot; its token stands nowhere else."""
        with self.store.writing() as session:
            key, rows = reached(session, ref, person())
            token = links.make_link(session, key, now=utc_now())
            audit.record(
                session,
                by=person().login,
                action="review.ask",
                table="pin_link",
                district=owner(rows[0]),
                detail={"address": key},
            )
        return f"/pin/{token}"

    def datum(self, run: int) -> BaseResponse:
        """Form: datum, what the coordinates of a file are in."""
        datum, who = _datum(request.form.get("datum", "")), person()
        with self.store.reading() as session:
            asked = [one for one in datum_questions(session, by=who) if one.run == run]
        if not asked:
            raise NotFoundError("这个文件的坐标系没有疑问，或者已经有人答过了。")
        if not asked[0].answerable:
            raise ForbiddenError("这个文件里有别的区局的记录，要由全市的审核账号来答。")
        relocate(self.store, self.locator(), repair=Repair(run, datum, who.login))
        return _answer("datum", "", words_of(request)("review_said_datum"), to="/desk/review")

    def _settle(self, ref: str, action: str, act: Act) -> BaseResponse:
        with self.store.writing() as session:
            key, _ = reached(session, ref, person())
            _as_shown(session, key)
            act(session, key)
            said = _sentence(session, key, action)
        after = request.form.get("next", "")
        to = f"/desk/review/{after}" if after.isalnum() and after != ref else "/desk/review"
        return _answer(action, ref, said, to=to)


def _as_shown(session: Session, key: str) -> None:
    """Refuse a decision about candidates, or an earlier decision, that the page did not show."""
    if request.form.get("seen", "") != seen(address(session, key), session.get(Decision, key)):
        raise ConflictError(
            "这个地址刚才有了变化（别人已经定了，或者候选变了）：请重新看一眼再定。"
        )


def _sentence(session: Session, key: str, action: str) -> str:
    """What came of it: where the records of the address stand now."""
    words, row = words_of(request), rows_at(session, key)[0]
    said = words(f"review_said_{action}", address=row.address)
    if action == "correct" and row.level and row.error_m is not None:
        level = words(f"review_level_{Level(row.level)}")
        return said + words("review_now_at", level=level, error=metres(row.error_m, words))
    return said + (words("review_now_nowhere") if action == "correct" else "")


def _answer(action: str, ref: str, said: str, *, to: str) -> BaseResponse:
    if wants_json():
        response: Response = jsonify({"said": said, "ref": ref})
        response.headers["Cache-Control"] = "no-store"
        return response
    kept = kept_filters(request.args)
    return redirect(link_of(request)(to, **kept, said=action, last=ref or None), 303)


def _datum(text: str) -> Datum:
    if text not in set(Datum):
        raise ParameterError(f"datum 只能是 {'、'.join(Datum)}")
    return Datum(text)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 3):
        raise ParameterError("n 要一个候选的号码")
    return int(text)
