"""`/desk/people`: the accounts; administrators only, and never by a token."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts import book, passwords
from geodata.accounts.book import Reach
from geodata.accounts.roles import ROLE_LABELS, Role
from geodata.place.district import load_districts
from geodata.store import Store
from geodata.tables import Account
from maps.words import Words
from service.desk.pages import desk_page
from service.guard import by_hand, needs, person
from service.request import link_of, words_of
from service.settings import Settings


def blueprint(_settings: Settings, store: Store) -> Blueprint:
    """The list with a form for a new account, and a page for each."""
    pages = Blueprint("people", __name__, url_prefix="/desk/people")
    pages.before_request(_no_token)

    @pages.get("")
    @needs(Role.ADMIN)
    def look() -> Response:
        return _list(store)

    @pages.post("")
    @needs(Role.ADMIN)
    def add() -> Response:
        password = passwords.made_up()
        with store.writing() as session:
            made = book.add(
                session,
                request.form.get("login", ""),
                _reach(),
                password=password,
                by=person().login,
            )
            login = made.login
        return _one(store, login, password)

    @pages.get("/<login>")
    @needs(Role.ADMIN)
    def one(login: str) -> Response:
        return _one(store, login)

    @pages.post("/<login>")
    @needs(Role.ADMIN)
    def change(login: str) -> BaseResponse:
        with store.writing() as session:
            book.set_reach(session, login, _reach(), by=person().login)
        return _back(login)

    _entry(pages, store)
    return pages


def _entry(pages: Blueprint, store: Store) -> None:
    """A new password for somebody, shutting him out, letting him in."""

    @pages.post("/<login>/password")
    @needs(Role.ADMIN)
    def password(login: str) -> Response:
        given = passwords.made_up()
        with store.writing() as session:
            book.set_password(session, login, given, by=person().login)
        return _one(store, login, given)

    @pages.post("/<login>/on")
    @needs(Role.ADMIN)
    def on(login: str) -> BaseResponse:
        return _switched(store, login, on=True)

    @pages.post("/<login>/off")
    @needs(Role.ADMIN)
    def off(login: str) -> BaseResponse:
        return _switched(store, login, on=False)


def role_names(words: Words, most: Role = Role.ADMIN) -> list[tuple[str, str]]:
    """The roles up to one, each with its name."""
    return [(str(role), words.both(*ROLE_LABELS[role])) for role in Role if most.may(role)]


def _no_token() -> None:
    by_hand()


def _list(store: Store) -> Response:
    with store.reading() as session:
        rows = [_row(account) for account in book.everyone(session)]
    return desk_page(
        "desk/people.html",
        here="people",
        accounts=rows,
        roles=role_names(words_of(request)),
        districts=load_districts().names,
    )


def _one(store: Store, login: str, password: str = "") -> Response:
    with store.reading() as session:
        row = _row(book.find(session, login))
    return desk_page(
        "desk/people_one.html",
        here="people",
        account=row,
        password=password,
        is_self=login == person().login,
        roles=role_names(words_of(request)),
        districts=load_districts().names,
    )


def _row(account: Account) -> dict[str, object]:
    words = words_of(request)
    seen = account.signed_in_at
    return {
        "login": account.login,
        "role": account.role,
        "role_name": words.both(*ROLE_LABELS[Role(account.role)]),
        "districts": account.districts,
        "unions": account.unions,
        "active": account.active,
        "by_office": not account.password_hash,
        "seen": words.moment(seen) if seen else "",
    }


def _reach() -> Reach:
    form = request.form
    unions = form.get("unions", "").replace("；", "\n").replace(";", "\n").splitlines()
    return Reach.read(form.get("role", ""), form.getlist("district"), unions)


def _switched(store: Store, login: str, *, on: bool) -> BaseResponse:
    with store.writing() as session:
        book.switch(session, login, on=on, by=person().login)
    return _back(login)


def _back(login: str) -> BaseResponse:
    return redirect(link_of(request)(f"/desk/people/{login}"), 303)
