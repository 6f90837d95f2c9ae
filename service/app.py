"""The service: a request's way from its address to a page."""

from flask import Flask

from geodata.store import Store
from service import api, auth, embed, errors, finder, language, pin, planner, security, siting
from service.assets import assets
from service.settings import Settings


def create_app(settings: Settings, store: Store) -> Flask:
    """All pages and JSON over one store."""
    app = Flask("zhitu", static_folder=None, template_folder=None)
    # Chinese stays readable in JSON, which is also a third the size.
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    errors.install(app)
    language.install(app)
    security.install(app, settings)
    auth.install(app, settings)
    for blueprint in (
        finder.blueprint,
        embed.blueprint,
        planner.blueprint,
        siting.blueprint,
        api.blueprint,
        pin.blueprint,
    ):
        app.register_blueprint(blueprint(settings, store))
    app.register_blueprint(assets)
    return app
