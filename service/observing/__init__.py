"""What can be seen of the service from outside its pages: logs, health, metrics."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from geodata.store import Store
from service.observing import access, health, logs
from service.settings import Settings


def install(app: Flask, settings: Settings, store: Store) -> None:
    """Number, log and count every request, and tell whoever watches; before all else."""
    logs.begin_here()
    access.install(app, settings)
    app.register_blueprint(health.blueprint(settings, store))


@contextmanager
def watched(settings: Settings, store: Store) -> Iterator[None]:
    """Around a server in one process: its lines are ours, and its metrics have their port."""
    logs.begin()
    if not settings.metrics_port:
        yield
        return
    # It takes longer to load than a request: only who looks at metrics has it.
    from service.observing.metrics_server import MetricsServer  # noqa: PLC0415

    server = MetricsServer(settings, store).start()
    try:
        yield
    finally:
        server.stop()
