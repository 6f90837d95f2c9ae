"""Every sample, taken in twice: all of it is stored, and the second time nothing changes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.declared import Declared, Placed, Stored
from geodata.model import Reason, Unlocated
from geodata.store import Store
from importers.ingest import ingest
from script.sample_forms import SAMPLES


def nowhere(declared: Declared) -> Placed:
    outcome = Unlocated(Reason.NOT_FOUND)
    return Placed(declared, None, outcome, declared.district, declared.flags)


@pytest.mark.parametrize("code", SAMPLES)
def test_a_sample_is_stored_once(
    written: Callable[..., Path], fresh_store: Callable[[], Store], code: str
) -> None:
    path, store = written(SAMPLES[code].lines(), "xlsx"), fresh_store()
    rows = len(SAMPLES[code].rows)
    first = ingest(path, area=store.staging, locate=nowhere)
    again = ingest(path, area=store.staging, locate=nowhere)
    assert (first.stored, again.stored) == (Stored(new=rows), Stored(same=rows))
    assert (first.refused_rows, first.faults) == ((), ())
