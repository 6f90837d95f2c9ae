"""Whose name this service goes by: the configured one, whatever the request calls it.

Every absolute address that leaves (links to send on, linked data, the office's way back) is made
from the host of the request. Who sends a host of his own would have his site written there.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from geodata.errors import SettingsError
from service.settings import Settings


def known_by(app: WSGIApplication, site_url: str) -> WSGIApplication:
    """The application as if every request had asked for the configured address."""
    ours = urlsplit(site_url)

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["HTTP_HOST"], environ["wsgi.url_scheme"] = ours.netloc, ours.scheme
        return app(environ, start_response)

    return answered


def must_be_known(settings: Settings) -> None:
    """Refuse to write down an address that others will open, where a stranger may have named it.

    Raises:
        SettingsError: the service is open to the public and has not been told its own address.
    """
    if settings.production and not settings.site_url:
        raise SettingsError(
            "没有设 ZHITU_SITE_URL：链接会照请求里的主机名写，可能通到别人那里，所以没有做。"
            "请管理员设好本服务对外的网址再试。"
        )
