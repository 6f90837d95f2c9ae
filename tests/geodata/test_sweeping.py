"""The search for garbage rests while somebody reads, and goes on as it was before."""

import gc

import pytest

from geodata.sweeping import unswept


def test_it_rests_until_the_last_reader_ends() -> None:
    seen = [gc.isenabled()]
    with unswept():
        with unswept():
            seen.append(gc.isenabled())
        seen.append(gc.isenabled())
    assert [*seen, gc.isenabled()] == [True, False, False, True]


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with unswept():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_goes_on_after_a_reader_that_failed() -> None:
    with pytest.raises(KeyError), unswept():
        {}["nothing"]
    assert gc.isenabled()
