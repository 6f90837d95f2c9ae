"""`/desk/contacts`: the persons behind one record, for those it belongs to; every read is noted."""

from flask import Blueprint, Response, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts import contacts
from geodata.accounts.contacts import Owner, Written
from geodata.accounts.roles import Role
from geodata.errors import ParameterError
from geodata.store import Store
from service.desk.pages import desk_page
from service.guard import needs, person
from service.request import link_of
from service.settings import Settings


def blueprint(_settings: Settings, store: Store) -> Blueprint:
    """The page of one record's contacts, and adding, changing and deleting one."""
    pages = Blueprint("contacts", __name__, url_prefix="/desk/contacts")

    @pages.get("/<table>/<int:record_id>")
    @needs(Role.EDITOR)
    def look(table: str, record_id: int) -> Response:
        return _shown(store, table, record_id)

    @pages.post("/<table>/<int:record_id>")
    @needs(Role.EDITOR)
    def add(table: str, record_id: int) -> BaseResponse:
        with store.writing() as session:
            of = _owner(session, table, record_id)
            contacts.add(session, of, _written(), by=person())
        return _back(table, record_id)

    @pages.post("/<table>/<int:record_id>/<int:contact_id>")
    @needs(Role.EDITOR)
    def change(table: str, record_id: int, contact_id: int) -> BaseResponse:
        with store.writing() as session:
            of = _owner(session, table, record_id)
            contacts.change(session, of, contact_id, _written(), by=person())
        return _back(table, record_id)

    @pages.post("/<table>/<int:record_id>/<int:contact_id>/remove")
    @needs(Role.EDITOR)
    def remove(table: str, record_id: int, contact_id: int) -> BaseResponse:
        with store.writing() as session:
            of = _owner(session, table, record_id)
            contacts.remove(session, of, contact_id, by=person())
        return _back(table, record_id)

    return pages


def _shown(store: Store, table: str, record_id: int) -> Response:
    # A transaction that writes, for the read itself is written down.
    with store.writing() as session:
        of = _owner(session, table, record_id)
        found = [
            (row.id, Written(row.name, row.mobile, row.email, row.role))
            for row in contacts.read(session, of, by=person())
        ]
    link = link_of(request)
    return desk_page(
        "desk/contacts.html",
        here="contacts",
        owner=of,
        contacts=found,
        action=link(f"/desk/contacts/{table}/{record_id}"),
        address=lambda *parts: link("/".join(("/desk/contacts", table, str(record_id), *parts))),
    )


def _owner(session: Session, table: str, record_id: int) -> Owner:
    of = contacts.owner(session, table, record_id)
    of.must_be_reached(person())
    return of


def _written() -> Written:
    given = {name: request.form.get(name, "").strip() for name in Written.__slots__}
    if not all(text.isprintable() for text in given.values()):
        raise ParameterError("每一项只写一行，不要有看不见的字符。")
    return Written(**given)


def _back(table: str, record_id: int) -> BaseResponse:
    return redirect(link_of(request)(f"/desk/contacts/{table}/{record_id}"), 303)
