"""A planner of a service on this machine, signed in over HTTP."""

import http.client
from contextlib import closing
from urllib.parse import urlencode

PASSWORD = "示例-drill-password"
SETTINGS = {"ZHITU_PLANNER_PASSWORD": PASSWORD, "ZHITU_SECRET_KEY": "0123456789abcdef" * 2}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SIGNING_IN = urlencode({"password": PASSWORD})


def cookie(port: int) -> dict[str, str]:
    """The header of who has just signed in."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", "/sign-in", SIGNING_IN, FORM)
        # The session's comes first; the other tells the browser apart and opens nothing.
        told = connection.getresponse().getheader("Set-Cookie") or ""
        return {"Cookie": told.partition(";")[0]}
