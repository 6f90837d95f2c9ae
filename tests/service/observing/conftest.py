"""A port nobody listens on, and a database that is waited for on a machine with much to do."""

import pytest

from bench import served
from service.observing import health

SOON_S = 60.0


@pytest.fixture
def free_port() -> int:
    return served.free_port()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is well is said to be, also where it takes longer than a second to look."""
    monkeypatch.setattr(health, "PATIENCE_S", SOON_S)
