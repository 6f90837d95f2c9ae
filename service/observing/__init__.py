"""What can be seen of the service from outside its pages: logs, health, metrics."""

from flask import Flask

from geodata.store import Store
from service.observing import access, health, logs
from service.settings import Settings


def install(app: Flask, settings: Settings, store: Store) -> None:
    """Number, log and count every request, and tell whoever watches; before all else."""
    logs.begin_here()
    access.install(app, settings)
    app.register_blueprint(health.blueprint(settings, store))
