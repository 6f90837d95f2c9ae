"""What Prometheus is told, read back with its own parser."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from geodata.accounts.audit import record
from geodata.database import engine_for
from geodata.moments import utc_now
from geodata.place.online.book import Book
from geodata.place.online.clock import Clock
from geodata.place.online.provider import Limits
from geodata.place.online.registry import Configured
from geodata.store import Store
from geodata.tables import Backup, ImportRun, SignInTry
from service.observing import metrics
from service.observing.figures import Figures
from service.observing.metrics_server import MetricsServer
from service.settings import Settings

ROOT = Path(__file__).parents[3]
SOON_S = 60.0
Figure = dict[tuple[str, ...], float]
COUNT = """
from service.observing import metrics
for _ in range({times}):
    metrics.count_request("/", "GET", 200, 0.02)
"""


def read(text: str) -> dict[str, Figure]:
    """Every figure by its name and the values of its labels, in the order of their names."""
    found: dict[str, Figure] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = tuple(value for _, value in sorted(sample.labels.items()))
            found.setdefault(sample.name, {})[labels] = sample.value
    return found


def figures(store: Store, *geocoders: Configured) -> dict[str, Figure]:
    return read(metrics.exposed(Figures(store, geocoders)).decode())


def requests(store: Store) -> Figure:
    return figures(store).get("zhitu_requests_total", {})


def test_requests_are_counted_by_route_method_and_status(
    make_app: Callable[..., Flask], city: Store
) -> None:
    client = make_app(ZHITU_METRICS_PORT="9").test_client()
    before = requests(city)
    for path in ("/p/1", "/p/2", "/p/99", "/13812345678", "/p/13812345678901234567890"):
        client.get(path)
    client.open("/", method="SECRET")
    after = requests(city)
    grown = {key: count - before.get(key, 0) for key, count in after.items()}
    assert {key: count for key, count in grown.items() if count} == {
        ("GET", "/p/<int:place_id>", "200"): 2,
        ("GET", "/p/<int:place_id>", "404"): 1,
        ("GET", "none", "404"): 2,
        ("other", "none", "405"): 1,
    }


def test_seconds_are_counted_by_route(make_app: Callable[..., Flask], city: Store) -> None:
    client = make_app(ZHITU_METRICS_PORT="9").test_client()
    name, labels = "zhitu_request_seconds_count", ("/p/<int:place_id>",)
    before = figures(city).get(name, {}).get(labels, 0)
    client.get("/p/1")
    assert figures(city)[name][labels] == before + 1


def test_nothing_is_counted_where_nobody_looks(make_app: Callable[..., Flask], city: Store) -> None:
    before = requests(city)
    make_app().test_client().get("/p/1")
    assert requests(city) == before


def test_the_city_is_told_in_figures(city: Store) -> None:
    found = figures(city)
    assert found["zhitu_database_up"] == {(): 1}
    assert found["zhitu_import_rows_total"] == {
        ("new",): 6,
        ("changed",): 0,
        ("same",): 0,
        ("refused",): 0,
    }
    assert found["zhitu_service_points"] == {
        ("health_point", "plaqued"): 1,
        ("outdoor_station", "plaqued"): 1,
        ("reading_room", "plaqued"): 2,
        ("rest_room", "plaqued"): 1,
    }
    assert found["zhitu_data_version"] == {(): 1}
    states = ("waiting", "running", "done", "failed", "cancelled")
    assert found["zhitu_jobs"] == {(state,): 0 for state in states}


def test_the_ledger_of_geocoders_is_told_and_what_is_left_of_the_day(any_store: Store) -> None:
    book = Book(any_store.engine, Clock())
    sends = book.sending("amap", ["一", "二", "三"])
    book.failed(sends[:1], "rate")
    limited = Configured("amap", "http://127.0.0.1", limits=Limits(daily=10))
    free = Configured("photon", "http://127.0.0.1")
    found = figures(any_store, limited, free)
    assert found["zhitu_geocoder_calls_total"] == {("rate", "amap"): 1, ("sent", "amap"): 2}
    assert found["zhitu_geocoder_quota_left"] == {("amap",): 7}


def test_the_age_of_the_data_starts_with_the_last_change_and_not_with_a_look(
    any_store: Store,
) -> None:
    assert isnan(figures(any_store)["zhitu_data_age_seconds"][()])
    now = utc_now()
    with any_store.writing() as session:
        run = {"rows_read": 1, "rows_refused": 0, "forms": [], "new": 1, "changed": 0, "same": 0}
        at = now - timedelta(hours=2)
        session.add(ImportRun(file="a", sha256="", at=at, **run))
        record(session, by="admin", action="contact.read", table="contact")
    assert round(figures(any_store)["zhitu_data_age_seconds"][()] / 60) == 120
    with any_store.writing() as session:
        record(session, by="admin", action="point.edit", table="service_point", record_id=1)
    assert round(figures(any_store)["zhitu_data_age_seconds"][()] / 60) == 0


def test_the_last_backup_and_wrong_passwords_are_told(any_store: Store) -> None:
    assert figures(any_store)["zhitu_last_backup_timestamp_seconds"] == {(): 0}
    at = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
    now = utc_now()
    with any_store.writing() as session:
        session.add(
            Backup(
                at=at.replace(tzinfo=None), file="z", bytes=1, sha256="", seconds=1.0, program=""
            )
        )
        session.add_all([SignInTry(who=who, at=now) for who in ("both", "address", "account")])
        session.add(SignInTry(who="old", at=now - timedelta(hours=1)))
    found = figures(any_store)
    assert found["zhitu_last_backup_timestamp_seconds"] == {(): at.timestamp()}
    assert found["zhitu_sign_in_failures"] == {(): 1}


def test_without_a_database_that_is_what_is_told() -> None:
    away = Store(engine_for("postgresql://127.0.0.1:1/zhitu"))
    found = figures(away)
    assert found.pop("zhitu_database_up") == {(): 0}
    assert [name for name in found if "request" not in name] == []


def test_several_workers_are_counted_together(tmp_path: Path, store: Store) -> None:
    environ = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "PATH": ""}
    for times in (2, 3):
        run = [sys.executable, "-c", COUNT.format(times=times)]
        subprocess.run(run, check=True, env=environ, cwd=ROOT)
    told = """
from geodata.store import Store
from service.observing import metrics
from service.observing.figures import Figures
store = Store.open("sqlite:///:memory:")
print(metrics.exposed(Figures(store, ())).decode())
"""
    run = [sys.executable, "-c", told]
    found = subprocess.run(run, check=True, env=environ, cwd=ROOT, capture_output=True, text=True)
    sums = read(found.stdout)
    assert sums["zhitu_requests_total"] == {("GET", "/", "200"): 5}
    assert sums["zhitu_request_seconds_count"] == {("/",): 5}
    assert sums["zhitu_database_up"] == {(): 1}


@contextmanager
def serving(store: Store, port: int) -> Iterator[MetricsServer]:
    server = MetricsServer(Settings(metrics_port=port), store).start()
    try:
        yield server
    finally:
        server.stop()


def ask(port: int, path: str = "/metrics", method: str = "GET") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=SOON_S)
    connection.request(method, path)
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told


def until_told(port: int) -> dict[str, Any]:
    until = time.monotonic() + SOON_S
    while time.monotonic() < until:
        try:
            return read(ask(port)[1])
        except (ConnectionRefusedError, ConnectionResetError):
            # Whoever stands in line when one gives the port back is asked to come again.
            time.sleep(0.05)
    raise AssertionError("nobody serves")


def test_the_private_port_answers_one_address_only(
    store: Store, free_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(store, free_port):
        assert until_told(free_port)["zhitu_database_up"] == {(): 1}
        statuses = [
            ask(free_port, "/")[0],
            ask(free_port, "/metrics?q=13812345678")[0],
            ask(free_port, "/metrics", "POST")[0],
            ask(free_port, "/metrics", "HEAD")[0],
        ]
    assert statuses == [404, 404, 501, 501]
    assert capsys.readouterr().err == ""


def test_when_the_worker_that_has_the_port_ends_another_takes_it(
    store: Store, free_port: int
) -> None:
    with serving(store, free_port) as first:
        until_told(free_port)
        with serving(store, free_port):
            first.stop()
            assert until_told(free_port)["zhitu_database_up"] == {(): 1}


def test_whoever_stops_at_once_is_not_kept_waiting(store: Store, free_port: int) -> None:
    settings = Settings(metrics_port=free_port)
    for _ in range(30):
        MetricsServer(settings, store).start().stop()
    with pytest.raises(ConnectionRefusedError):
        ask(free_port, "/metrics")


@pytest.mark.parametrize(
    ("host", "warned"),
    [
        ("127.0.0.1", 0),
        ("::1", 0),
        ("localhost", 0),
        ("10.0.0.5", 0),
        ("0.0.0.0", 1),
        ("8.8.8.8", 1),
        ("metrics.example.org", 1),
    ],
)
def test_a_port_that_strangers_may_reach_is_said_at_the_start(host: str, warned: int) -> None:
    told = list(Settings(metrics_host=host, metrics_port=9100).exposed())
    assert len([line for line in told if "ZHITU_METRICS_HOST" in line]) == len(told) == warned
    assert list(Settings(metrics_host=host).exposed()) == []


def test_the_document_names_every_figure_and_no_other(city: Store) -> None:
    told = {
        family.name + ("_total" if family.type == "counter" else "")
        for family in text_string_to_metric_families(metrics.exposed(Figures(city, ())).decode())
    }
    document = (ROOT / "docs" / "observing.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(zhitu_\w+)`", document, re.MULTILINE))
    assert named == told
