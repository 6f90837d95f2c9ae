"""Pages that claim something name the test that holds it; the test has to be there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_NAMED = re.compile(r"`((?:tests|bench|script|docs)/[\w./-]+)(?:::(\w+))?`")


def named(page: str) -> set[tuple[str, str]]:
    return set(_NAMED.findall((ROOT / "docs" / page).read_text(encoding="utf-8")))


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


@pytest.mark.parametrize("page", ["reliability.md", "threats.md"])
def test_what_a_page_names_is_there(page: str) -> None:
    assert named(page)
    missing = sorted(
        f"{path}::{test}" if test else path
        for path, test in named(page)
        if not (ROOT / path).exists() or (test and test not in functions(ROOT / path))
    )
    assert missing == []


def test_every_line_of_faults_names_its_test() -> None:
    page = (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if line.startswith("| ")]
    told = [line for line in lines if not line.startswith(("| 故障", "|---"))]
    assert told
    assert [line for line in told if not _NAMED.search(line.rpartition(" | ")[2])] == []
