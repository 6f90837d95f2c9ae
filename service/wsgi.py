"""The application for gunicorn and other WSGI servers: `service.wsgi:application`.

It is made when it is first asked for, once a process. A server that forks its workers makes it
before (`preload_app`): then one process upgrades the database, and all sign with the same key.
Long work is done by `zhitu work`, never here.
"""

import sys
from dataclasses import dataclass
from functools import cache

from flask import Flask

from geodata.errors import ZhituError
from geodata.store import Store
from service.app import create_app
from service.observing import logs
from service.settings import Settings
from service.workshop import walking


@dataclass(frozen=True, slots=True)
class Served:
    """The application with what it was made of."""

    application: Flask
    settings: Settings
    store: Store


@cache
def served() -> Served:
    """The application of this process. What is wrong ends the process with one sentence."""
    try:
        settings = Settings.from_environment()
        Store.open(settings.database, copies=settings.backups).close()
        store = Store.answering(settings.database, walking=walking(settings.network))
        made = Served(create_app(settings, store), settings, store)
    except ZhituError as error:
        sys.exit(f"zhitu: {error}")
    logs.begin()
    # Two processes must never write to one connection, nor its child be left one to write to.
    store.engine.dispose()
    return made


def begin_worker() -> None:
    """What a worker does once it was forked."""
    made = served()
    if made.settings.metrics_port:
        # It takes longer to load than a request: only who looks at metrics has it.
        from service.observing.metrics_server import MetricsServer  # noqa: PLC0415

        MetricsServer(made.settings, made.store).start()


def __getattr__(name: str) -> Flask:
    if name == "application":
        return served().application
    raise AttributeError(name)
