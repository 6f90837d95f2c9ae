"""The sign-in page, and signing out."""

import re

from flask import Blueprint, Response, redirect, request
from sqlalchemy import exists, select
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.book import BUILT_IN
from geodata.store import Store
from geodata.tables import Account
from service.request import fresh_page, words_of
from service.settings import Settings
from service.signing_in.gate import Gate
from service.signing_in.local_path import local_path

_LONGEST_LOGIN = 64


def blueprint(settings: Settings, store: Store, gate: Gate) -> Blueprint:
    """`/sign-in` and `/sign-out`."""
    pages = Blueprint("auth", __name__)

    @pages.get("/sign-in")
    def sign_in() -> Response:
        return page(settings, store, "", 200)

    @pages.post("/sign-in")
    def try_password() -> BaseResponse:
        # Who knows only the password of the settings leaves the login empty.
        login = _typed_login() or BUILT_IN
        password, sender = request.form.get("password", ""), request.remote_addr or ""
        if not (gate.right_password(login, password, sender) and gate.let_in(login)):
            return page(settings, store, words_of(request)("wrong_password"), 401)
        return redirect(request.script_root + local_path(request.form.get("next", "")), 303)

    @pages.post("/sign-out")
    def sign_out() -> BaseResponse:
        gate.sign_out()
        return redirect(request.script_root + "/", 303)

    return pages


def page(settings: Settings, store: Store, fault: str, status: int) -> Response:
    """The sign-in page, with the sentence of what went wrong."""
    return fresh_page(
        "sign_in.html",
        status=status,
        by_password=bool(settings.planner_password) or _has_accounts(store),
        office=settings.oidc.name if settings.oidc else "",
        fault=fault,
        username=_typed_login(),
        next=local_path(request.values.get("next", "")),
    )


def _typed_login() -> str:
    # Signs no login has: some of them no database takes.
    typed = re.sub(r"[^ -~]", "?", request.form.get("username", "").strip().lower())
    return typed[:_LONGEST_LOGIN]


def _has_accounts(store: Store) -> bool:
    with store.reading() as session:
        return bool(session.scalar(select(exists().where(Account.password_hash != ""))))
