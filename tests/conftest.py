"""What every test may use: a database of each kind, and the acceptance data where it is present.

A layer that the machine lacks is skipped and says what to install; with ZHITU_REQUIRE naming it
("postgis browser shared", as CI does) the same lack is a failure.
"""

import gc
import os
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

from bench.cluster import cluster
from bench.postgres_programs import is_installed
from geodata.store import Store

ROOT = Path(__file__).parents[1]
# A run is judged by the code alone: how long an example takes says nothing on a machine that others
# share, and which are drawn is the same until the code changes. `--hypothesis-profile=search` draws
# others, twenty times as many.
settings.register_profile(
    "zhitu", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "search", settings.get_profile("zhitu"), derandomize=False, max_examples=2_000
)
settings.load_profile("zhitu")
# A fifth of the time went into looking through all that stays for garbage. What nobody closed is
# still told of, at the end of the run.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
_ABSENT = re.compile(r"(\w+) layer skipped: (.*)")


def absent(layer: str, why: str) -> NoReturn:
    """Skip for want of a layer, or fail where that layer was required."""
    if layer in os.environ.get("ZHITU_REQUIRE", "").split():
        pytest.fail(f"{layer} was required: {why}")
    pytest.skip(f"{layer} layer skipped: {why}")


@pytest.fixture(scope="session")
def lacking() -> Callable[[str, str], NoReturn]:
    """For fixtures elsewhere that find their layer absent: `lacking(layer, why)`."""
    return absent


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly which layers did not run and what would make them."""
    skipped = terminalreporter.stats.get("skipped", [])
    # Tests may run in several processes: what was skipped, and why, comes with their reports.
    said = (_ABSENT.search(str(report.longrepr)) for report in skipped)
    for layer, why in sorted({(found[1], found[2].rstrip("')")) for found in said if found}):
        terminalreporter.write_line(f"LAYER NOT RUN 这一层没有测: {layer}: {why}", yellow=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of acceptance data; tests that need it are skipped in a clone without it."""
    folder = Path(os.environ.get("ZHITU_SHARED", ROOT.parent / "shared"))
    if not (folder / "vectors").is_dir():
        absent("shared", f"no acceptance data at {folder}; set ZHITU_SHARED to its folder")
    return folder


@pytest.fixture(scope="session")
def postgis_url() -> Iterator[str]:
    """A cluster of our own on loopback, gone after the run."""
    if not is_installed():
        absent(
            "postgis", "install postgresql-15 and postgresql-15-postgis-3; as root, a user postgres"
        )
    # What a test writes need not outlive it: nothing waits for the disk, nothing is written twice.
    quick = {"fsync": "off", "full_page_writes": "off"}
    with cluster(**quick, wal_level="minimal", max_wal_senders="0") as made:
        yield made.url


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file with the current schema, made once: all steps of it take a while."""
    path = tmp_path_factory.mktemp("made") / "zhitu.sqlite"
    Store.open(f"sqlite:///{path}").close()
    return path


def _created(server: str, name: str, like: str = "template1") -> str:
    _run_on(server, f'CREATE DATABASE "{name}" TEMPLATE "{like}" STRATEGY FILE_COPY')
    return server.rsplit("/", 1)[0] + f"/{name}"


def _run_on(server: str, statement: str) -> None:
    import psycopg  # noqa: PLC0415 - only this layer has the driver

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def made_database(postgis_url: str) -> str:
    """The same in the cluster: the name of a database to copy."""
    Store.open(_created(postgis_url, "made")).close()
    return "made"


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """`new_database("sqlite")` or `("postgis")`: the URL of another empty database.

    With `made=True` it has the current schema already.
    """
    numbers = count()
    names: list[str] = []

    def new(kind: str, *, made: bool = False) -> str:
        stem, given = f"zhitu{next(numbers) or ''}", request.getfixturevalue
        if kind == "sqlite":
            path = tmp_path / f"{stem}.sqlite"
            if made:
                shutil.copy(given("made_file"), path)
            return f"sqlite:///{path}"
        name = f"t{os.getpid()}_{stem}_{tmp_path.name}".replace("-", "_").lower()[:60]
        names.append(name)
        return _created(given("postgis_url"), name, given("made_database") if made else "template1")

    yield new
    for name in names:  # hundreds of them would keep the disk busy
        _run_on(request.getfixturevalue("postgis_url"), f'DROP DATABASE "{name}" WITH (FORCE)')


_EACH_KIND = ["sqlite", pytest.param("postgis", marks=pytest.mark.postgis)]


@pytest.fixture(params=_EACH_KIND)
def database_url(request: pytest.FixtureRequest, new_database: Callable[..., str]) -> str:
    """An empty database, once of each kind."""
    return new_database(request.param)


@pytest.fixture
def store(new_database: Callable[..., str]) -> Iterator[Store]:
    """An empty store on SQLite."""
    opened = Store.open(new_database("sqlite", made=True))
    yield opened
    opened.close()


@pytest.fixture(params=_EACH_KIND)
def any_store(request: pytest.FixtureRequest, new_database: Callable[..., str]) -> Iterator[Store]:
    """An empty store, once on SQLite and once on PostGIS."""
    opened = Store.open(new_database(request.param, made=True))
    yield opened
    opened.close()
