"""What every page needs from its request: language, and links that keep the query."""

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Request

from maps.words import CHINESE, ENGLISH, Words

Link = Callable[..., str]


def words_of(request: Request) -> Words:
    """English when asked by `?lang=en`, else Chinese."""
    return ENGLISH if request.args.get("lang") == "en" else CHINESE


def link_of(request: Request) -> Link:
    """A builder of links to this page: keyword arguments change the query, None drops a part."""

    def link(path: str | None = None, **changes: object) -> str:
        kept = request.args.to_dict() if path is None else _language(request)
        kept |= {name: str(value) for name, value in changes.items() if value is not None}
        dropped = {name for name, value in changes.items() if value is None}
        query = urlencode({name: value for name, value in kept.items() if name not in dropped})
        address = request.script_root + (request.path if path is None else path)
        return f"{address}?{query}" if query else address

    return link


def _language(request: Request) -> dict[str, str]:
    return {"lang": "en"} if request.args.get("lang") == "en" else {}
