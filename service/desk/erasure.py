"""`/desk/erase`: what is kept of one person, deleting it, and the receipt; administrators only."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.roles import Role
from geodata.erasure.erase import erase as erase_person
from geodata.erasure.erase import find as find_person
from geodata.erasure.erase import wipe
from geodata.erasure.proof import proof, proofs, proofs_for
from geodata.erasure.sought import Identity
from geodata.errors import ParameterError
from geodata.store import Store
from service.desk.pages import desk_page
from service.free_text import written
from service.guard import by_hand, needs, person
from service.request import link_of
from service.settings import Settings

_LONGEST = 200


def blueprint(_settings: Settings, store: Store) -> Blueprint:
    """Finding first, then deleting, then a receipt without anything personal."""
    pages = Blueprint("erasure", __name__, url_prefix="/desk/erase")

    @pages.get("")
    @needs(Role.ADMIN)
    def look() -> Response:
        return _page(store, "")

    @pages.post("/find")
    @needs(Role.ADMIN)
    def find() -> Response:
        by_hand()
        try:
            identity = _asked()
        except ParameterError as error:
            return _page(store, str(error))
        with store.reading() as session:
            counts = find_person(session, identity)
            before = proofs_for(session, identity.numbers)
        return _page(store, "", identity=identity, counts=counts, before=before)

    @pages.post("")
    @needs(Role.ADMIN)
    def erase() -> BaseResponse:
        by_hand()
        identity = _asked()
        done = erase_person(store.engine, identity, by=person().login)
        path = f"/desk/erase/{done.number}"
        busy = {} if wipe(store.engine) else {"busy": "1"}
        return redirect(link_of(request)(path, **busy), 303)

    @pages.get("/<number>")
    @needs(Role.ADMIN)
    def receipt(number: str) -> Response:
        with store.reading() as session:
            done = proof(session, number)
        busy = request.args.get("busy") == "1"
        return desk_page("desk/erase_receipt.html", here="erase", done=done, busy=busy)

    return pages


def _asked() -> Identity:
    text = written(request.form, "person")
    if len(text) > _LONGEST:
        raise ParameterError(f"最多 {_LONGEST} 个字。")
    return Identity.of(text.split())


def _page(store: Store, fault: str, **found: object) -> Response:
    with store.reading() as session:
        done = proofs(session)
    return desk_page(
        "desk/erase.html",
        here="erase",
        status=400 if fault else 200,
        fault=fault,
        proofs=done,
        **{"identity": None, "counts": {}, "before": [], **found},
    )
