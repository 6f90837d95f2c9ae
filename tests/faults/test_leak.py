"""No request leaves anything behind: memory is the same after thousands of unlike ones."""

import gc
import random
import sys
from itertools import islice, pairwise
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bench.api_city import store_city
from bench.clumsy import Ask, asks
from geodata.store import Store
from geodata.version import grow_version
from service.app import create_app
from service.settings import Settings

PASSWORD = "一个口令"
# What is kept by a text a visitor chose is bounded by entries: more texts than that come first.
_TEXTS = 4_200
_A_ROUND, _ROUNDS = 700, 5


@pytest.fixture
def city(tmp_path: Path) -> Store:
    store_city(tmp_path / "city.sqlite", 400)
    return Store.open(f"sqlite:///{tmp_path / 'city.sqlite'}")


def send(client: FlaskClient, planner: FlaskClient, ask: Ask) -> int:
    sender = planner if ask.signed_in else client
    answer = sender.open(ask.path, method=ask.method, data=ask.body, headers=ask.headers)
    return answer.status_code


def blocks() -> int:
    gc.collect()
    return sys.getallocatedblocks()


def test_memory_is_flat_over_thousands_of_unlike_requests(city: Store) -> None:
    app = create_app(Settings(planner_password=PASSWORD), city)
    client, planner = app.test_client(), app.test_client()
    assert planner.post("/sign-in", data={"password": PASSWORD}).status_code == 303
    for text in range(_TEXTS):
        assert client.get(f"/?district=x{text}").status_code == 400
    unlike, statuses, held = asks(random.Random(1)), set(), []
    for _ in range(_ROUNDS):
        statuses |= {send(client, planner, ask) for ask in islice(unlike, _A_ROUND)}
        # What is kept of one version of the data goes with it.
        with city.writing() as session:
            grow_version(session)
        for path in ("/", "/ogc/collections/service_points/items", "/planner/coverage.json"):
            assert planner.get(path).status_code == 200
        held.append(blocks())
    assert statuses == {200, 302, 400, 404}
    # A block is what one small object takes. Caches that fill once and other threads make single
    # rounds grow, and the first one loads the program; what every request left would grow them all.
    grown = [after - before for before, after in pairwise(held)]
    assert min(grown) < _A_ROUND / 2, grown
    city.close()
