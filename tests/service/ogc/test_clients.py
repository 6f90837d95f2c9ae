"""Clients that others wrote read the API and count what SQL counts."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geodata.store import Store

BOX = (121.4, 31.2, 121.5, 31.3)
# GDAL asks while it holds the lock of its interpreter, so it gets one of its own.
WITH_GDAL = """
import json, sys
import pyogrio
found = pyogrio.raw.read(sys.argv[1], layer=sys.argv[2], bbox=tuple(json.loads(sys.argv[3])))
whole = pyogrio.read_info(sys.argv[1], layer=sys.argv[2])
print(json.dumps([len(found[2]), whole["features"], whole["fields"].tolist()[:2]]))
"""
WITH_QGIS = (
    "import qgis.core; assert 'OAPIF' in qgis.core.QgsProviderRegistry.instance().providerList()"
)


def counted(store: Store, where: str) -> int:
    question = (
        "SELECT count(*) FROM service_point JOIN place ON place.id = place_id"
        f" WHERE kind = 'rest_room' AND {where}"
    )
    with store.engine.connect() as connection:
        return int(connection.exec_driver_sql(question).scalar_one())


@pytest.fixture
def in_the_box(layers: Store) -> int:
    west, south, east, north = BOX
    return counted(layers, f"lon BETWEEN {west} AND {east} AND lat BETWEEN {south} AND {north}")


def test_gdal_counts_what_sql_counts(url: str, layers: Store, in_the_box: int) -> None:
    pyogrio = pytest.importorskip("pyogrio", reason="pip install 'zhitu[gis]'")
    if "OAPIF" not in pyogrio.list_drivers():
        pytest.skip("this GDAL was built without OAPIF")
    asked = (f"OAPIF:{url}", "rest_room", json.dumps(BOX))
    ran = subprocess.run(
        (sys.executable, "-c", WITH_GDAL, *asked), capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout) == [in_the_box, counted(layers, "1 = 1"), ["name", "kind"]]


def test_owslib_counts_what_sql_counts(url: str, layers: Store) -> None:
    features = pytest.importorskip("owslib.ogcapi.features").Features(url)
    found = features.collection_items("rest_room", limit=2, bbox=list(BOX))
    unplaced = counted(layers, "lon IS NULL")
    assert (found["numberMatched"], found["numberReturned"]) == (1 + unplaced, 2)
    assert features.feature_collections()[:2] == ["service_points", "places"]
    assert features.collection("rest_room")["title"] == "职工工间休息室"
    assert list(features.collection_queryables("rest_room")["properties"]) == [
        *("district", "town", "q", "with", "open")
    ]


@pytest.mark.shared
def test_ogc_client_reads_it(url: str, shared: Path, tmp_path: Path) -> None:
    modules = Path(os.environ.get("ZHITU_NODE_MODULES", "node_modules"))
    if shutil.which("node") is None or not (modules / "@camptocamp" / "ogc-client").is_dir():
        pytest.skip("npm install @camptocamp/ogc-client, its folder in ZHITU_NODE_MODULES")
    (tmp_path / "node_modules").symlink_to(modules.resolve())
    script = tmp_path / "ogc_client.mjs"
    script.write_text((shared / "checks" / "ogc_client.mjs").read_text())
    ran = subprocess.run(
        ("node", str(script), url, "rest_room"), capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[0].startswith("features? true")
    assert "2 工间休息室0" in ran.stdout


@pytest.mark.shared
def test_qgis_reads_it(url: str, shared: Path, tmp_path: Path, in_the_box: int) -> None:
    python = "/usr/bin/python3"
    environ = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    there = subprocess.run((python, "-c", WITH_QGIS), capture_output=True, check=False, env=environ)
    if there.returncode != 0:
        pytest.skip("install qgis and python3-qgis")
    script = str(shared / "checks" / "qgis_oapif.py")
    # QGIS 3.22 may crash on its way out; what it has read is printed by then.
    ran = subprocess.run(
        (python, script, url, "rest_room"), capture_output=True, text=True, check=False, env=environ
    )
    assert f"features {in_the_box} " in ran.stdout
