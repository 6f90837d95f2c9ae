"""Reaching a PostgreSQL server that may be gone, slow to die, or one of several."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url

# Seconds until a server that does not answer counts as gone, host by host.
CONNECT_S = 3
# Seconds a request waits for a connection that others hold.
POOL_S = 5
# Seconds a reader waits for a lock: somebody works on the tables themselves. Writers say their own.
LOCK_S = 5
# While a server is gone one request in so many seconds finds out, the others are told at once.
REST_S = 0.2
_DEFAULTS: dict[str, str | int] = {
    "connect_timeout": CONNECT_S,
    # Milliseconds: a machine that lost its power closes no connection.
    "tcp_user_timeout": 5000,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


def read_url(text: str) -> URL:
    """A database's URL; libpq's `//one:5432,other:5433/name` too, which SQLAlchemy cannot read."""
    scheme, mark, rest = text.partition("://")
    authority, slash, path = rest.partition("/")
    user, at, hosts = authority.rpartition("@")
    if not (mark and "," in hosts):
        return make_url(text)
    bare = make_url(f"{scheme}://{user}{at}{slash}{path}")
    return bare.update_query_dict({"host": tuple(hosts.split(","))}, append=True)


def engine_for(url: URL, **options: Any) -> Engine:
    """An engine whose requests fail within seconds of a server's end; the URL's own words win."""
    patience = {name: value for name, value in _DEFAULTS.items() if name not in url.query}
    engine = create_engine(
        url, pool_pre_ping=True, pool_timeout=POOL_S, connect_args=patience, **options
    )
    door = _Door()

    @event.listens_for(engine, "connect")
    def _impatient(connection: Any, _record: Any) -> None:
        connection.execute(f"SET lock_timeout = '{LOCK_S}s'")
        connection.commit()

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Any, _record: Any, args: list[Any], named: dict[str, Any]) -> Any:
        with door.trying(dialect.loaded_dbapi.OperationalError):
            return dialect.connect(*args, **named)

    return engine


class _Door:
    """Lets one at a time try a server that was gone, so that it costs no more than one thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._gone = False
        self._trying = False
        self._rests_until = 0.0
        self._reached_at = 0.0

    @contextmanager
    def trying(self, refusal: type[Exception]) -> Iterator[None]:
        """Around one try to connect.

        Raises:
            refusal: the server was gone a moment ago, or another is finding out.
        """
        began = time.monotonic()
        with self._lock:
            if self._gone and (self._trying or began < self._rests_until):
                raise refusal("the server was gone a moment ago")
            self._trying = True
        reached = False
        try:
            yield
            reached = True
        finally:
            with self._lock:
                self._trying, now = False, time.monotonic()
                if reached:
                    self._gone, self._reached_at = False, now
                elif began >= self._reached_at:
                    # Who began before another got through tells of what is past.
                    self._gone, self._rests_until = True, now + REST_S
