"""What authlib asks of the office's server, over `geodata.outside`: no proxy, no redirect."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from authlib.integrations.flask_client import FlaskOAuth2App
from authlib.integrations.requests_client import OAuth2Session
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from geodata.outside.exchange import Sent, exchange
from geodata.outside.hosts import Hosts


def client_to(hosts: Hosts, *, timeout_s: float) -> Callable[..., FlaskOAuth2App]:
    """What authlib makes its client with; it reaches what `hosts` admits."""

    class Reaching(FlaskOAuth2App):  # type: ignore[misc]  # authlib has no types
        client_cls = staticmethod(partial(_session, hosts, timeout_s))

    return Reaching


def _session(hosts: Hosts, timeout_s: float, **options: Any) -> OAuth2Session:
    made = OAuth2Session(**options)
    # Neither a proxy nor a .netrc of the machine comes in between.
    made.trust_env = False
    made.max_redirects = 0
    for scheme in ("https://", "http://"):
        made.mount(scheme, _Adapter(hosts, timeout_s))
    return made


class _Adapter(BaseAdapter):
    """Sends a request of `requests` through `exchange`."""

    def __init__(self, hosts: Hosts, timeout_s: float) -> None:
        super().__init__()
        self._hosts, self._timeout_s = hosts, timeout_s

    def send(self, request: PreparedRequest, *_args: Any, **_options: Any) -> Response:
        body = request.body
        if not isinstance(body, str | bytes | None):
            raise TypeError("authlib sends forms, and those are texts")
        headers = {name: str(value) for name, value in request.headers.items()}
        sent = Sent(
            str(request.method),
            str(request.url),
            headers | {"Accept-Encoding": "identity"},
            body.encode() if isinstance(body, str) else body,
        )
        answer = exchange(sent, self._hosts, timeout_s=self._timeout_s)
        made = Response()
        made.status_code = answer.status
        made.headers = CaseInsensitiveDict(answer.headers)
        made.url = str(request.url)
        made.request = request
        made.raw = BytesIO(answer.body)
        made.encoding = "utf-8"
        return made

    def close(self) -> None:
        """Nothing is kept open."""
