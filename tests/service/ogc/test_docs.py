"""docs/api.md says what is there, and its examples run."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from service.ogc.collections import COLLECTIONS
from service.ogc.crs import SYSTEMS

DOCS = Path(__file__).parents[3] / "docs"
EXAMPLES = DOCS / "examples" / "api"


def run(*command: str) -> list[str]:
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return ran.stdout.splitlines()


def needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"install {program}")
    return found


def rows_of(heading: str) -> str:
    page = (DOCS / "api.md").read_text()
    return re.split(r"^## ", page.partition(f"## {heading}")[2], maxsplit=1, flags=re.MULTILINE)[0]


def test_the_page_lists_every_collection_and_who_reads_it() -> None:
    rows = [row.split("|") for row in rows_of("集合").splitlines() if row.startswith("| `")]
    said = {
        name: "公开" in who for _, names, _, who, _ in rows for name in re.findall("`(.+?)`", names)
    }
    assert said == {one.id: one.role is None for one in COLLECTIONS}


def test_the_page_lists_every_system() -> None:
    assert re.findall(r"^\| `([^`]+)` \|", rows_of("参数"), flags=re.MULTILINE) == list(SYSTEMS)


def test_the_example_for_curl_runs(url: str) -> None:
    needs("curl")
    assert run("sh", str(EXAMPLES / "points.sh"), url, "1") == ["户外驿站0", "户外驿站5"]


def test_the_example_for_python_runs(url: str, tmp_path: Path) -> None:
    example = (sys.executable, str(EXAMPLES / "points.py"), url, str(tmp_path / "rooms.geojson"))
    assert (run(*example), run(*example)) == (["new"], ["unchanged"])


def test_the_example_for_javascript_runs(url: str) -> None:
    node = needs("node")
    found = run(node, str(EXAMPLES / "points.mjs"), url, "121.515", "31.23")
    assert found == ["服务中心1 0 m", "服务总站1 95 m", "服务站1 190 m"]


def test_the_example_for_qgis_is_python() -> None:
    source = (EXAMPLES / "points_qgis.py").read_text()
    assert compile(source, "points_qgis.py", "exec").co_name == "<module>"
