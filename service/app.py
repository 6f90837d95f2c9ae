"""The service: a request's way from its address to a page."""

from collections.abc import Callable

from flask import Blueprint, Flask

from geodata.store import Store
from service import (
    api,
    auth,
    caching,
    compression,
    errors,
    feedback,
    finder,
    language,
    observing,
    pin,
    place_page,
    planner,
    privacy,
    security,
    site_map,
)
from service.assets import assets
from service.calls import blueprint as calls
from service.desk import (
    account,
    audit,
    contacts,
    duplicates,
    embed_sites,
    erasure,
    exports,
    home,
    imports,
    listings,
    people,
    point,
    points,
    programmes,
    reports,
    review,
    scenarios,
)
from service.desk import feedback as desk_feedback
from service.embeds import builder as embed_builder
from service.embeds import check as embed_check
from service.embeds import oembed as embed_oembed
from service.embeds import page as embed
from service.embeds import picture as embed_picture
from service.embeds import still as embed_still
from service.numbers import RecordNumber
from service.ogc import blueprint as ogc
from service.openapi import blueprint as openapi
from service.settings import Settings
from service.siting import page as siting
from service.tiles import blueprint as tiles

# One subject a line: public pages, planner's pages, interfaces.
BLUEPRINTS: tuple[Callable[[Settings, Store], Blueprint], ...] = (
    finder.blueprint,
    place_page.blueprint,
    feedback.blueprint,
    privacy.blueprint,
    site_map.blueprint,
    embed.blueprint,
    embed_still.blueprint,
    embed_picture.blueprint,
    embed_oembed.blueprint,
    embed_builder.blueprint,
    embed_check.blueprint,
    pin.blueprint,
    points.blueprint,
    point.blueprint,
    planner.blueprint,
    desk_feedback.blueprint,
    siting.blueprint,
    home.blueprint,
    exports.blueprint,
    listings.blueprint,
    imports.blueprint,
    programmes.blueprint,
    reports.blueprint,
    scenarios.blueprint,
    review.blueprint,
    duplicates.blueprint,
    api.blueprint,
    ogc.blueprint,
    openapi.blueprint,
    tiles.blueprint,
    calls.blueprint,
    account.blueprint,
    people.blueprint,
    contacts.blueprint,
    embed_sites.blueprint,
    erasure.blueprint,
    audit.blueprint,
)


def create_app(settings: Settings, store: Store) -> Flask:
    """All pages and JSON over one store."""
    app = Flask("zhitu", static_folder=None, template_folder=None)
    # Chinese stays readable in JSON, which is also a third the size.
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.converters["int"] = RecordNumber
    observing.install(app, settings, store)
    errors.install(app)
    language.install(app)
    compression.install(app)
    security.install(app, settings)
    auth.install(app, settings, store)
    caching.install(app, store)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint(settings, store))
    app.register_blueprint(assets)
    return app
