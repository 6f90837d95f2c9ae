"""What every test may use: the acceptance data beside the checkout, where it is present."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of acceptance data; tests that need it are skipped in a clone without it."""
    root = Path(__file__).parents[1]
    folder = Path(os.environ.get("ZHITU_SHARED", root.parent / "shared"))
    if not (folder / "vectors").is_dir():
        pytest.skip(f"no acceptance data at {folder}: set ZHITU_SHARED to its folder")
    return folder
