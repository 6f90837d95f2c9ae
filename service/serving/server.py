"""The server behind `zhitu serve`."""

import logging
from typing import Any

import waitress

from geodata.errors import SettingsError
from geodata.store import Store
from service.app import create_app
from service.auth import FORM_LIMIT
from service.serving.descriptors import most_connections
from service.settings import Settings
from service.uploads import request_limit

# What the largest answer of the API takes, several times over.
RESPONSE_LIMIT = 64 * 1024 * 1024


def make_server(settings: Settings, store: Store, sockets: dict[int, Any] | None = None) -> Any:
    """A server bound to its address, its connections kept in `sockets`; see `Serving`.

    Raises:
        SettingsError: the address cannot be bound.
    """
    # It would write a line for every request that waits until another is answered.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        return waitress.create_server(
            create_app(settings, store),
            map=sockets,
            host=settings.host,
            port=settings.port,
            ident=None,
            # A whole city as GeoJSON stays in memory; Waitress would put it on disk first.
            outbuf_overflow=RESPONSE_LIMIT,
            # What is larger would be written to disk before the application sees it, which
            # itself takes no more than a form but where files are sent in.
            max_request_body_size=request_limit(settings) + FORM_LIMIT,
            # Links and form checks of the pages are then those that visitors see.
            url_scheme="https" if settings.https else "http",
            # A browser's own headers are a tenth of it; the cookies of a whole office as much.
            max_request_header_size=32 * 1024,
            connection_limit=most_connections(),
            asyncore_use_poll=True,
            # Who says nothing for so long is let go, and asks anew without noticing.
            channel_timeout=60,
            cleanup_interval=5,
            **_proxy(settings),
        )
    except OSError as error:
        raise SettingsError(
            f"{settings.host}:{settings.port} 用不了（{error.strerror}）：请用 --port 换一个端口。"
        ) from error


def _proxy(settings: Settings) -> dict[str, Any]:
    """Behind an HTTPS proxy on this machine wrong passwords count by the proxy's own client."""
    if settings.proxy_hops:
        # The application itself reads the header, to the hop.
        return {"clear_untrusted_proxy_headers": False}
    if not settings.https:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": "127.0.0.1",
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for"},
        "clear_untrusted_proxy_headers": True,
    }
