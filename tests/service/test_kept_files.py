"""Files anybody may ask for cannot be made to keep the processors busy."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from geodata.errors import SettingsError, TooManyAttemptsError
from service.kept_files import MOST_BYTES, WINDOW_S, KeptFiles

HERE, THERE, ELSEWHERE = "192.0.2.1", "192.0.2.2", "2001:db8::1"


def asked(kept: KeptFiles, asker: str, keys: range) -> Iterator[str]:
    for key in keys:
        try:
            yield kept.get(key, lambda: b"made", asker=asker).decode()
        except TooManyAttemptsError as error:
            yield str(error)


def test_one_asker_has_half_of_what_all_may_have_made_in_a_minute() -> None:
    moment = [0.0]
    kept = KeptFiles(lambda: moment[0], a_minute=6, sentence="请过一分钟再试")
    assert list(asked(kept, HERE, range(4))) == ["made", "made", "made", "请过一分钟再试"]
    assert list(asked(kept, THERE, range(3, 6))) == ["made"] * 3
    assert list(asked(kept, ELSEWHERE, range(7))) == ["made"] * 6 + ["请过一分钟再试"]
    moment[0] = WINDOW_S + 1
    assert list(asked(kept, HERE, range(6, 8))) == ["made"] * 2


def test_the_addresses_of_one_customer_are_one_asker() -> None:
    kept = KeptFiles(a_minute=4, sentence="请过一分钟再试")
    said = [next(asked(kept, f"2001:db8:0:7::{n}", range(n, n + 1))) for n in range(3)]
    assert said == ["made", "made", "请过一分钟再试"]


def test_what_was_asked_for_last_is_kept_as_far_as_memory_goes() -> None:
    kept = KeptFiles(a_minute=30, sentence="")
    half = bytes(MOST_BYTES // 2)
    for key in ("first", "second", "first", "third"):
        kept.get(key, lambda: half, asker=HERE)
    assert kept.get("first", lambda: b"made again", asker=HERE) == half
    assert kept.get("second", lambda: b"made again", asker=HERE) == b"made again"


def test_a_file_too_large_to_keep_drives_no_other_out() -> None:
    kept = KeptFiles(a_minute=30, sentence="")
    kept.get("small", lambda: b"kept", asker=HERE)
    assert len(kept.get("large", lambda: bytes(MOST_BYTES), asker=HERE)) == MOST_BYTES
    assert kept.get("small", lambda: b"made again", asker=HERE) == b"kept"
    assert kept.get("large", lambda: b"made again", asker=HERE) == b"made again"


def test_all_who_wait_for_a_file_get_the_one_that_is_being_made() -> None:
    kept = KeptFiles(a_minute=2, sentence="请过一分钟再试")
    begun, go_on = Event(), Event()

    def slowly() -> bytes:
        begun.set()
        assert go_on.wait(60)
        return b"once"

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(kept.get, "same", slowly, asker=HERE)
        assert begun.wait(60)
        # Each would be refused if it counted, and say so if it were made again.
        others = [pool.submit(kept.get, "same", lambda: b"again", asker=HERE) for _ in range(3)]
        go_on.set()
        assert {one.result(60) for one in (first, *others)} == {b"once"}


def test_a_file_that_could_not_be_made_is_tried_again() -> None:
    kept = KeptFiles(a_minute=30, sentence="")

    def fails() -> bytes:
        raise SettingsError("没有装")

    with pytest.raises(SettingsError, match="没有装"):
        kept.get("same", fails, asker=HERE)
    assert kept.get("same", lambda: b"made", asker=HERE) == b"made"
