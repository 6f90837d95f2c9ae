"""What visitors send and see of a place: mistakes reported, photos."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.tries import network_of
from geodata.feedback.photos import photo
from geodata.feedback.reports import report, sender_of
from geodata.moments import utc_now
from geodata.store import Store
from service.free_text import typed_line
from service.public import place_now, public_places
from service.request import link_of
from service.settings import Settings


def blueprint(
    settings: Settings, store: Store, clock: Callable[[], datetime] = utc_now
) -> Blueprint:
    """`/p/<id>/report` and `/photos/<id>`."""
    pages = Blueprint("feedback", __name__)
    snapshot = public_places(settings, store)

    @pages.post("/p/<int:place_id>/report")
    def tell(place_id: int) -> BaseResponse:
        found, at = place_now(store, snapshot(), place_id), clock()
        with store.writing() as session:
            report(
                session,
                found.id,
                what=request.form.get("what", ""),
                # Who writes his mobile into the box has not asked us to keep it.
                text=typed_line(request.form, "text"),
                sender=sender_of(settings.secret_key, network_of(request.remote_addr or ""), at),
                at=at,
            )
        return redirect(link_of(request)(f"/p/{found.id}", reported=1) + "#report", 303)

    @pages.get("/photos/<int:photo_id>")
    def picture(photo_id: int) -> BaseResponse:
        with store.reading() as session:
            found = photo(session, photo_id)
            # A photo goes with its place: that of a delisted one is nobody's any more.
            place_now(store, snapshot(), found.place_id)
            response = Response(found.content, content_type=found.media_type)
        response.headers["Content-Disposition"] = "inline"
        response.headers["Cache-Control"] = "public, max-age=600"
        response.add_etag()
        return response.make_conditional(request)

    return pages
