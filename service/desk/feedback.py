"""The planners' queue of reported mistakes, and the photos of a place."""

from contextlib import closing
from datetime import date

from flask import Blueprint, Response, redirect, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.roles import Role
from geodata.errors import NoSuchRecordError, ParameterError
from geodata.feedback import photos
from geodata.feedback.details import photos_of
from geodata.feedback.pictures import MAX_BYTES, clean
from geodata.feedback.reports import reports, settle
from geodata.store import Store
from geodata.tables import Place
from service.desk.pages import desk_page
from service.free_text import typed_line
from service.guard import needs, person
from service.request import link_of
from service.settings import Settings

# The parts of a form around its file.
_AROUND = 16 * 1024


def blueprint(_settings: Settings, store: Store) -> Blueprint:
    """`/desk/feedback` and `/desk/photos/<place>`."""
    pages = Blueprint("desk_feedback", __name__)

    @pages.get("/desk/feedback")
    @needs(Role.EDITOR)
    def queue() -> Response:
        settled = request.args.get("state") == "settled"
        with store.reading() as session:
            found = reports(session, person(), settled=settled)
        return desk_page("desk/feedback.html", here="feedback", reports=found, settled=settled)

    @pages.post("/desk/feedback/<int:report_id>")
    @needs(Role.EDITOR)
    def close(report_id: int) -> BaseResponse:
        note = typed_line(request.form, "note")
        with store.writing() as session:
            status = request.form.get("status", "")
            settle(session, report_id, status=status, note=note, person=person())
        return redirect(link_of(request)("/desk/feedback"), 303)

    @pages.get("/desk/photos/<int:place_id>")
    @needs(Role.EDITOR)
    def album(place_id: int) -> Response:
        with store.reading() as session:
            place = session.get(Place, place_id)
            if place is None:
                raise NoSuchRecordError
            person().must_reach(place.district)
            held = photos_of(session, place_id)
        return desk_page("desk/photos.html", here="feedback", place=place, photos=held)

    @pages.get("/desk/photos/picture/<int:photo_id>")
    @needs(Role.EDITOR)
    def picture(photo_id: int) -> Response:
        with store.reading() as session:
            found = photos.of_reach(session, photo_id, person=person())
            return Response(found.content, content_type=found.media_type)

    @pages.post("/desk/photos/<int:place_id>")
    @needs(Role.EDITOR)
    def add(place_id: int) -> BaseResponse:
        request.max_content_length = MAX_BYTES + _AROUND
        sent = request.files.get("photo")
        picture = clean(_bytes(sent) if sent else b"")
        with store.writing() as session:
            day = _day(request.form.get("taken_on", ""))
            photos.add(session, place_id, picture, taken_on=day, person=person())
        return redirect(link_of(request)(f"/desk/photos/{place_id}"), 303)

    @pages.post("/desk/photos/remove/<int:photo_id>")
    @needs(Role.EDITOR)
    def remove(photo_id: int) -> BaseResponse:
        with store.writing() as session:
            place_id = photos.remove(session, photo_id, person=person())
        return redirect(link_of(request)(f"/desk/photos/{place_id}"), 303)

    return pages


def _bytes(sent: FileStorage) -> bytes:
    # Large ones lie in a temporary file.
    with closing(sent):
        data: bytes = sent.read()
    return data


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ParameterError("拍摄日期要写成 2026-03-31。") from error
