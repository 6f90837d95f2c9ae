"""Figures of few sites: on no page, tile or document that needs no sign-in."""

from collections.abc import Callable, Iterator

import mapbox_vector_tile
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.routing import Rule

from geodata.store import Store
from geodata.tables import DemandSite
from geodata.version import grow_version
from service.auth import PUBLIC_ENDPOINTS

FIGURES = ("share", "gaps", "unknown", "uncounted")
AREAS = "/ogc/collections/{}/items?limit=300"


def figures(client: FlaskClient, collection: str) -> dict[str, tuple[object, ...]]:
    """The figures of each area that has a site."""
    found = client.get(AREAS.format(collection)).get_json()["features"]
    return {
        one["properties"]["name"]: tuple(one["properties"][name] for name in FIGURES)
        for one in found
        if one["properties"]["sites"]
    }


def test_few_sites_have_no_figures_until_one_signs_in(
    planner: FlaskClient, ogc: FlaskClient, viewer: FlaskClient
) -> None:
    few = planner.application.test_client()
    assert figures(few, "districts") == dict.fromkeys(("浦东新区", "金山区"), (None,) * 4)
    assert figures(planner, "district_areas") == {
        "浦东新区": (1.0, 0, 0, 0),
        "金山区": (0.0, 1, 0, 0),
    }
    # Enough sites: the same to all.
    assert figures(ogc, "districts") == figures(viewer, "district_areas")


def test_the_tiles_of_all_repeat_the_public_figures_only(client: FlaskClient) -> None:
    tile = client.get("/tiles/coverage/7/107/52.mvt").get_data()
    (layer,) = mapbox_vector_tile.decode(tile).values()
    kept = {one["properties"]["name"]: set(one["properties"]) for one in layer["features"]}
    assert kept["金山区"] == {"name", "code", "sites"}
    assert set(FIGURES) - kept["黄浦区"] == {"share"}


@pytest.fixture
def counted(city: Store) -> tuple[str, ...]:
    """Numbers of workers, and their sum, that nothing else is."""
    with city.writing() as session:
        for number, workers in ((1, 48611), (2, 73783)):
            session.execute(
                update(DemandSite).where(DemandSite.id == number).values(workers=workers)
            )
        grow_version(session)
    return ("48611", "73783", "122394", "48,611", "73,783", "122,394")


def test_no_public_route_tells_how_many_work_anywhere(
    counted: tuple[str, ...],
    client: FlaskClient,
    planner: FlaskClient,
    paths_of: Callable[[Rule], Iterator[str]],
) -> None:
    app: Flask = planner.application
    told, walked = [], 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PUBLIC_ENDPOINTS and "GET" in (rule.methods or ()):
            for path in paths_of(rule):
                shown = app.test_client().get(path).get_data().decode(errors="replace")
                told += [path for number in counted if number in shown]
                walked += 1
    assert (told, walked > 60) == ([], True)
    # The same figures reach a planner, so that the walk could have found them.
    assert counted[0] in planner.get("/planner/coverage.json").text
