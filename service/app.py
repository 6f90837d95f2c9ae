"""The service: a request's way from its address to a page."""

from collections.abc import Callable

from flask import Blueprint, Flask

from geodata.store import Store
from service import api, auth, embed, errors, finder, language, pin, planner, security, siting
from service.assets import assets
from service.desk import programmes
from service.settings import Settings

# One subject a line: public pages, planner's pages, interfaces.
BLUEPRINTS: tuple[Callable[[Settings, Store], Blueprint], ...] = (
    finder.blueprint,
    embed.blueprint,
    pin.blueprint,
    planner.blueprint,
    siting.blueprint,
    programmes.blueprint,
    api.blueprint,
)


def create_app(settings: Settings, store: Store) -> Flask:
    """All pages and JSON over one store."""
    app = Flask("zhitu", static_folder=None, template_folder=None)
    # Chinese stays readable in JSON, which is also a third the size.
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    errors.install(app)
    language.install(app)
    security.install(app, settings)
    auth.install(app, settings, store)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint(settings, store))
    app.register_blueprint(assets)
    return app
