"""The headers of every answer: nothing from elsewhere runs, nothing frames us unasked."""

from flask import Flask, Response, request

from service.settings import Settings


def install(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer."""

    @app.after_request
    def _headers(response: Response) -> Response:
        framing = "'self'" if request.endpoint == "embed.embed" else "'none'"
        sites = settings.embed_sites if request.endpoint == "embed.embed" else ()
        headers = {
            "Content-Security-Policy": policy(settings, " ".join((framing, *sites))),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": _referrer(settings),
            "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        response.headers.update(headers)
        if settings.https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response


def policy(settings: Settings, framing: str) -> str:
    """The content security policy; tile hosts are named only where a basemap has tiles."""
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
            f"frame-ancestors {framing}",
        )
    )


def _referrer(settings: Settings) -> str:
    # Tile servers know their customers by the page's origin; without tiles nobody need know it.
    return "strict-origin-when-cross-origin" if settings.basemap.tiles else "same-origin"
