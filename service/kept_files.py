"""Public files that are dear to make: kept, and made only so often."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from threading import Lock

from geodata.errors import TooManyAttemptsError

MOST_BYTES = 32 * 1024 * 1024


class KeptFiles:
    """The files asked for last, and how many were made in the last minute by this process."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, *, a_minute: int, sentence: str
    ) -> None:
        self._clock = clock
        self._a_minute = a_minute
        self._sentence = sentence
        self._files: OrderedDict[Hashable, bytes] = OrderedDict()
        self._made: deque[float] = deque()
        self._changing = Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The file of a key, made where it is not there yet.

        Raises:
            TooManyAttemptsError: too many were made just now.
        """
        with self._changing:
            if key in self._files:
                self._files.move_to_end(key)
                return self._files[key]
            self._count()
        made = make()
        with self._changing:
            self._files[key] = made
            while sum(map(len, self._files.values())) > MOST_BYTES:
                self._files.popitem(last=False)
        return made

    def _count(self) -> None:
        now = self._clock()
        while self._made and self._made[0] < now - 60:
            self._made.popleft()
        if len(self._made) >= self._a_minute:
            raise TooManyAttemptsError(self._sentence)
        self._made.append(now)
