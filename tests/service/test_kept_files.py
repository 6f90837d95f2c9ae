"""Files anybody may ask for cannot be made to keep the processors busy."""

import pytest

from geodata.errors import TooManyAttemptsError
from service.kept_files import MOST_BYTES, KeptFiles


def test_only_so_many_are_made_in_a_minute() -> None:
    moment = [0.0]
    kept = KeptFiles(lambda: moment[0], a_minute=30, sentence="请过一分钟再试")
    assert [kept.get(number, lambda: b"x") for number in range(30)] == [b"x"] * 30
    with pytest.raises(TooManyAttemptsError, match="请过一分钟再试"):
        kept.get("another", lambda: b"y")
    assert kept.get(5, lambda: b"not made again") == b"x"
    moment[0] = 61.0
    assert kept.get("another", lambda: b"y") == b"y"


def test_what_was_asked_for_last_is_kept_as_far_as_memory_goes() -> None:
    kept = KeptFiles(a_minute=30, sentence="")
    half = bytes(MOST_BYTES // 2)
    for key in ("first", "second", "first", "third"):
        kept.get(key, lambda: half)
    assert kept.get("first", lambda: b"made again") == half
    assert kept.get("second", lambda: b"made again") == b"made again"
