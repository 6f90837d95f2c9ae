"""Reaching a PostgreSQL server that may be gone, slow to die, or one of several."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text

# Seconds until a server that does not answer counts as gone, host by host.
CONNECT_S = 3
# Seconds a request waits for a connection that others hold.
POOL_S = 5
# Seconds a reader waits for a lock: somebody works on the tables themselves. Writers say their own.
LOCK_S = 5
# Seconds a statement may take for who answers visitors, so that no thread is held for ever. What a
# command or a job asks takes as long as it takes.
ANSWER_S = 8
# The same for what is rightly slow: taking back a whole import, wiping.
LONG_S = 600
# Any number no other program locks on; it makes writers take turns as on SQLite.
WRITER_LOCK = 0x7A686974
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


def engine_for(url: URL, *, answer_s: int = 0, **options: Any) -> Engine:
    """An engine whose requests fail within seconds of a server's end; the URL's own words win.

    `answer_s` is how long a statement may take, 0 for ever.
    """
    # What does without PostgreSQL does without its driver.
    from geodata.bounded import Bounded  # noqa: PLC0415

    patience = {name: value for name, value in _DEFAULTS.items() if name not in url.query}
    engine = create_engine(
        url, pool_pre_ping=True, pool_timeout=POOL_S, connect_args=patience, **options
    )
    door = Door()

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Any, _record: Any, args: list[Any], named: dict[str, Any]) -> Any:
        with door.trying(dialect.loaded_dbapi.OperationalError):
            made = Bounded.connect(*args, **named)
        made.answer_s, made.on_silence = answer_s, door.shut
        return made

    @event.listens_for(engine, "connect")
    def _impatient(connection: Bounded, _record: Any) -> None:
        connection.execute(f"SET lock_timeout = '{LOCK_S}s'")
        if answer_s:
            connection.execute(f"SET statement_timeout = '{answer_s}s'")
        connection.commit()

    return engine


def take_turn(connection: Connection, *, wait_s: int | None) -> None:
    """Become the one who writes, once the writer before has ended; None waits for ever."""
    raw: Any = connection.connection.dbapi_connection
    usual_s = raw.answer_s
    connection.execute(text(f"SET LOCAL lock_timeout = '{wait_s or 0}s'"))
    if usual_s:
        # Who waits for his turn hears nothing either.
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        raw.answer_s = wait_s and usual_s + wait_s
    try:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
    finally:
        raw.answer_s = usual_s
    if usual_s:
        connection.execute(text(f"SET LOCAL statement_timeout = '{usual_s}s'"))


def allow_long(connection: Connection) -> None:
    """Let what this connection is asked take `LONG_S`; it is closed afterwards, and nobody's."""
    raw: Any = connection.connection.dbapi_connection
    if raw.answer_s:
        connection.detach()
        raw.answer_s = LONG_S
        connection.execute(text(f"SET statement_timeout = '{LONG_S}s'"))


class Door:
    """Lets one at a time try a server that was gone, so that it costs no more than one thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.is_shut = False
        self._tries = 0
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
            if self.is_shut and (self._tries or began < self._rests_until):
                raise refusal("the server was gone a moment ago")
            self._tries += 1
        try:
            yield
        except BaseException:
            self.shut(began)
            raise
        else:
            with self._lock:
                self.is_shut, self._reached_at = False, time.monotonic()
        finally:
            with self._lock:
                self._tries -= 1

    def shut(self, began: float) -> None:
        """The server was gone, as one found who began to wait for it then."""
        with self._lock:
            # Who began before another got through tells of what is past.
            if began >= self._reached_at:
                self.is_shut, self._rests_until = True, time.monotonic() + REST_S
