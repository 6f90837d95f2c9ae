"""The headers of every answer: nothing from elsewhere runs, nothing frames us unasked."""

from flask import Flask, Response, g, request

from service.settings import Settings
from service.site_address import known_by

# What links in embedded maps open. In a sandboxed frame a page that isolates itself from its
# opener is a network error there; these show everyone the same, so there is nothing to isolate.
_OPENED_FROM_FRAMES = frozenset({"finder.find", "place.look", "embed_check.ask"})
_ONWARD = frozenset({301, 302, 303, 307, 308})


def install(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer; believe no host but the configured one."""
    if settings.site_url:
        app.wsgi_app = known_by(app.wsgi_app, settings.site_url)  # type: ignore[assignment,method-assign]

    @app.after_request
    def _headers(response: Response) -> Response:
        # Only the views of embedded maps ever set these: see service/embeds/frames.py.
        framing, frames = g.get("framing", "'none'"), g.get("frames", "")
        headers = {
            "Content-Security-Policy": policy(settings, framing, frames=frames),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": _referrer(settings),
            "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
            "Cross-Origin-Opener-Policy": _opener(request.endpoint or ""),
        }
        if framing == "'none'":
            # For browsers from before frame-ancestors.
            headers["X-Frame-Options"] = "DENY"
        response.headers.update(headers)
        _stay(response)
        if settings.https:
            # Nothing is said of subdomains: they are others' to speak for.
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response


def _stay(response: Response) -> None:
    """Lead on by the path alone: the host of a redirect is one that the request named."""
    to = response.headers.get("Location", "")
    if response.status_code in _ONWARD and to.startswith(request.host_url):
        response.headers["Location"] = "/" + to.removeprefix(request.host_url).lstrip("/")


def policy(settings: Settings, framing: str, *, frames: str = "") -> str:
    """The content security policy; tile hosts are named only where a basemap has tiles.

    `framing` are those who may frame the page, `frames` what it may frame itself.
    """
    images = " ".join(("'self'", "data:", *settings.basemap.hosts))
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src {images}",
            "connect-src 'self'",
            "font-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            *((f"frame-src {frames}",) if frames else ()),
            f"frame-ancestors {framing}",
        )
    )


def _opener(endpoint: str) -> str:
    return "unsafe-none" if endpoint in _OPENED_FROM_FRAMES else "same-origin"


def _referrer(settings: Settings) -> str:
    # Tile servers know their customers by the page's origin; without tiles nobody need know it.
    return "strict-origin-when-cross-origin" if settings.basemap.tiles else "same-origin"
