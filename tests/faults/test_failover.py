"""The primary dies and its standby takes over while the service runs."""

from collections.abc import Callable
from typing import NoReturn

import pytest

from bench.failover import drill
from bench.postgres_programs import is_installed

# A server that is gone is tried again every fifth of a second; the rest is for a busy machine.
_AT_MOST_S = 30.0


@pytest.mark.postgis
def test_a_standby_that_takes_over_is_found_without_a_restart_and_has_every_write(
    lacking: Callable[[str, str], NoReturn],
) -> None:
    if not is_installed():
        lacking("postgis", "install postgresql-15 and postgresql-15-postgis-3")
    seen = drill(1.0)
    assert (seen.statuses, seen.lost) == ({200, 303, 503}, 0)
    assert seen.acknowledged > 0
    assert seen.served_s < _AT_MOST_S
