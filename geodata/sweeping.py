"""Python's search for garbage, put off while a city is read.

Hundreds of thousands of values come into being that all stay; looking through them again and
again as they grow takes as long as reading them.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _PutOff:
    """How many are reading; the last to end lets the search go on."""

    def __init__(self) -> None:
        self._lock, self._readers, self._was_on = Lock(), 0, False

    def begin(self) -> None:
        with self._lock:
            if not self._readers:
                self._was_on = gc.isenabled()
                gc.disable()
            self._readers += 1

    def end(self) -> None:
        with self._lock:
            self._readers -= 1
            if not self._readers and self._was_on:
                gc.enable()


_PUT_OFF = _PutOff()


@contextmanager
def unswept() -> Iterator[None]:
    """No search for garbage in this process until what is inside has been done."""
    _PUT_OFF.begin()
    try:
        yield
    finally:
        _PUT_OFF.end()
