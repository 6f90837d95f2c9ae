"""`/api/v1`: every call, with the headers they share."""

from flask import Blueprint, Response

from geodata.store import Store
from service.calls import addresses, analysis, places, siting
from service.open_answers import open_to_scripts
from service.public import public_places
from service.settings import Settings


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """The calls of version 1."""
    api = Blueprint("calls", __name__, url_prefix="/api/v1")
    places.add(api, public_places(settings, store))
    addresses.add(api, settings, store)
    analysis.add(api, store)
    siting.add(api, store)
    api.after_request(_open)
    return api


def _open(response: Response) -> Response:
    # Only what is tagged is public; the guard's answers and those by role are nobody else's.
    return open_to_scripts(response) if "ETag" in response.headers else response
