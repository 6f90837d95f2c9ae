"""The server behind `zhitu serve`."""

import logging
from typing import Any

import waitress

from geodata.errors import SettingsError
from geodata.store import Store
from service.app import create_app
from service.auth import FORM_LIMIT
from service.settings import Settings
from service.uploads import request_limit

# What the largest answer of the API takes, several times over.
RESPONSE_LIMIT = 64 * 1024 * 1024


def make_server(settings: Settings, store: Store) -> Any:
    """A server bound to its address; `run()` serves until it is stopped.

    Raises:
        SettingsError: the address cannot be bound.
    """
    # It would write a line for every request that waits until another is answered.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        return waitress.create_server(
            create_app(settings, store),
            host=settings.host,
            port=settings.port,
            ident=None,
            # A whole city as GeoJSON stays in memory; Waitress would put it on disk first.
            outbuf_overflow=RESPONSE_LIMIT,
            # What is larger would be written to disk before the application sees it, which
            # itself takes no more than a form but where files are sent in.
            max_request_body_size=request_limit(settings) + FORM_LIMIT,
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
