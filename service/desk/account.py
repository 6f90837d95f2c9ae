"""`/desk/account`: one's own account: password, tokens, signing out everywhere."""

from datetime import date, timedelta

from flask import Blueprint, Response, redirect, request, session
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts import book, tokens
from geodata.accounts.book import BUILT_IN
from geodata.accounts.roles import ROLE_LABELS, Role
from geodata.errors import ForbiddenError, ParameterError
from geodata.store import Store
from geodata.tables import ApiToken
from service.clock import today
from service.desk.pages import desk_page
from service.desk.people import role_names
from service.free_text import typed_line
from service.guard import by_hand, needs, person
from service.request import link_of, words_of
from service.settings import Settings
from service.signing_in.gate import Gate

_USUAL_DAYS = 90


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """The page, and what can be changed on it; never by a token."""
    pages = Blueprint("account", __name__, url_prefix="/desk/account")
    gate = Gate.of(settings, store)
    pages.before_request(_no_token)

    @pages.get("")
    @needs(Role.VIEWER)
    def look() -> Response:
        return _page(store)

    @pages.post("/password")
    @needs(Role.VIEWER)
    def password() -> BaseResponse:
        login = person().login
        if login == BUILT_IN:
            raise ForbiddenError(f"内置账号 {BUILT_IN} 的口令在设置 ZHITU_PLANNER_PASSWORD 里改。")
        if not gate.right_password(login, request.form.get("old", ""), request.remote_addr or ""):
            return _page(store, fault="old_password_wrong")
        if request.form.get("new", "") != request.form.get("again", ""):
            return _page(store, fault="passwords_differ")
        with store.writing() as kept:
            book.set_password(kept, login, request.form.get("new", ""), by=login)
        # The other sessions have ended; this one goes on.
        gate.let_in(login)
        return _back("password_changed")

    @pages.post("/sign-out")
    @needs(Role.VIEWER)
    def sign_out() -> BaseResponse:
        login = person().login
        with store.writing() as kept:
            book.end_sessions(kept, login, by=login)
        session.clear()
        return redirect(link_of(request)("/sign-in"), 303)

    _tokens(pages, store)
    return pages


def _tokens(pages: Blueprint, store: Store) -> None:
    @pages.post("/tokens")
    @needs(Role.VIEWER)
    def make_token() -> Response:
        role, expires_on = _asked()
        with store.writing() as kept:
            token = tokens.make(
                kept,
                person(),
                name=typed_line(request.form, "name"),
                role=role,
                expires_on=expires_on,
                today=today(),
            )
        return _page(store, token=token)

    @pages.post("/tokens/<int:token_id>/revoke")
    @needs(Role.VIEWER)
    def revoke(token_id: int) -> BaseResponse:
        with store.writing() as kept:
            tokens.revoke(kept, person().login, token_id)
        return _back("token_revoked")


def _no_token() -> None:
    by_hand()


def _asked() -> tuple[Role, date]:
    form = request.form
    if form.get("role", "") not in set(Role):
        raise ParameterError(f"role 只能是 {'、'.join(Role)}")
    try:
        return Role(form["role"]), date.fromisoformat(form.get("expires_on", ""))
    except ValueError as error:
        raise ParameterError("到期日要写成 2026-12-31。") from error


def _page(store: Store, *, fault: str = "", token: str = "") -> Response:
    words, who = words_of(request), person()
    with store.reading() as kept:
        held = [_row(row) for row in tokens.of(kept, who.login)]
    said = request.args.get("said", "")
    return desk_page(
        "desk/account.html",
        here="account",
        status=400 if fault else 200,
        fault=fault,
        said=said if said in {"password_changed", "token_revoked"} else "",
        token=token,
        tokens=held,
        built_in=who.login == BUILT_IN,
        role=words.both(*ROLE_LABELS[who.role]),
        roles=role_names(words, who.role),
        usual=str(today() + timedelta(days=_USUAL_DAYS)),
        first=str(today()),
        last=str(today() + timedelta(days=tokens.LONGEST_DAYS)),
    )


def _row(token: ApiToken) -> dict[str, object]:
    words = words_of(request)
    return {
        "id": token.id,
        "name": token.name,
        "role": words.both(*ROLE_LABELS[Role(token.role)]),
        "expires": words.date(token.expires_on),
        "over": token.expires_on < today(),
        "used": words.date(token.used_on) if token.used_on else "",
    }


def _back(said: str) -> BaseResponse:
    return redirect(link_of(request)("/desk/account", said=said), 303)
