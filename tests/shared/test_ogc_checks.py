"""The checks written from the abstract tests of OGC API – Features, on every public collection."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from werkzeug.serving import make_server

from geodata.declared import (
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Kind, SiteKind, Status, Tier
from geodata.model import Level, Position
from geodata.store import Store
from service.app import create_app
from service.settings import Settings

pytestmark = pytest.mark.shared


def _placed(number: int, kind: Kind) -> Placed:
    service = DeclaredService(kind=kind, name="", status=Status.PLAQUED, tier=Tier.OTHER)
    source = Source("示例.xlsx", "表1", number, {}, "stations")
    place = DeclaredPlace(f"站{number}", f"人民大道{number}号", "黄浦区", "", (service,), source)
    lon = 121.461 + 0.0015 * (number % 40)
    return Placed(place, None, Position(lon, 31.23, Level.NUMBER, 90.0, "测试"), "黄浦区")


def _site() -> Placed:
    source = Source("示例.xlsx", "表2", 1, {}, "demand_sites")
    site = DeclaredSite("园区", SiteKind.PARK, "科苑路1号", "黄浦区", "", source, workers=3000)
    return Placed(site, None, Position(121.47, 31.23, Level.NUMBER, 90.0, "测试"), "黄浦区")


@pytest.fixture
def url(store: Store) -> Iterator[str]:
    points = [_placed(number, list(Kind)[number % 11]) for number in range(132)]
    found = (*points, _site())
    store.publish(ImportedFile("示例.xlsx", "0" * 64, found, len(found), 0, ("stations",)))
    server = make_server("127.0.0.1", 0, create_app(Settings(), store), threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/ogc"
    server.shutdown()
    server.server_close()


def test_every_check_passes_on_every_public_collection(url: str, shared: Path) -> None:
    script = str(shared / "checks" / "ogc_features.py")
    ran = subprocess.run(
        (sys.executable, script, url), capture_output=True, text=True, check=False, timeout=300
    )
    lines = ran.stdout.splitlines()
    failed = [line for line in lines if line.startswith("FAIL")]
    assert (failed, ran.stderr, ran.returncode) == ([], "", 0)
    assert len([line for line in lines if line.startswith("PASS")]) == 1139
