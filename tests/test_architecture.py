"""The house rules that no reader should have to check by eye."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "geodata": set(),
    "importers": {"geodata"},
    "maps": {"geodata"},
    "service": {"geodata", "importers", "maps"},
}


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_import_only_downwards(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(package)
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if name.split(".")[0] in MAY_IMPORT.keys() - MAY_IMPORT[package] - {package}
    ]
    assert wrong == []


def test_only_settings_reads_the_environment() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for package in MAY_IMPORT
        for path in sources(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"}
    }
    assert readers == {"service/settings/given.py", "service/settings/settings.py"}


def test_arithmetic_knows_no_database_and_no_clock() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources("geodata/coverage")
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if name.split(".")[0] in {"sqlalchemy", "datetime", "time", "flask"}
    ]
    assert wrong == []


def test_every_file_fits_its_name() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for package in MAY_IMPORT
        for path in sources(package)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_nothing_at_the_top_level_hides_a_well_known_package() -> None:
    assert not (ROOT / "coverage").exists()
    assert list((ROOT / "tests").rglob("__init__.py")) == []
