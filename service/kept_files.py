"""Public files that are dear to make: kept, made once for all who wait, and only so often."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock

from geodata.accounts.tries import network_of
from geodata.errors import TooManyAttemptsError

MOST_BYTES = 32 * 1024 * 1024
WINDOW_S = 60.0


class KeptFiles:
    """The files asked for last, and how many were made in the last minute by this process.

    Half of what all may have made may be one asker's, so that nobody alone keeps the others out.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, *, a_minute: int, sentence: str
    ) -> None:
        self._clock = clock
        self._a_minute = a_minute
        self._sentence = sentence
        self._files: OrderedDict[Hashable, bytes] = OrderedDict()
        self._making: dict[Hashable, Future[bytes]] = {}
        self._made: deque[tuple[float, str]] = deque()
        self._changing = Lock()

    def get(self, key: Hashable, make: Callable[[], bytes], *, asker: str) -> bytes:
        """The file of a key, made where it is not there yet; `asker` is a network address.

        Raises:
            TooManyAttemptsError: too many were made just now.
        """
        with self._changing:
            if key in self._files:
                self._files.move_to_end(key)
                return self._files[key]
            waiting = self._making.get(key)
            if waiting is None:
                self._count(network_of(asker))
                making = self._making[key] = Future()
        return waiting.result() if waiting else self._make(key, make, making)

    def _make(self, key: Hashable, make: Callable[[], bytes], making: Future[bytes]) -> bytes:
        try:
            made = make()
        except BaseException as error:
            # Whoever waits for it must not wait for ever.
            making.set_exception(error)
            raise
        else:
            making.set_result(made)
            self._keep(key, made)
            return made
        finally:
            with self._changing:
                del self._making[key]

    def _keep(self, key: Hashable, made: bytes) -> None:
        """Keep a file, and let those go that were not asked for longest."""
        if len(made) > MOST_BYTES // 2:
            return
        with self._changing:
            self._files[key] = made
            while sum(map(len, self._files.values())) > MOST_BYTES:
                self._files.popitem(last=False)

    def _count(self, asker: str) -> None:
        now = self._clock()
        while self._made and self._made[0][0] < now - WINDOW_S:
            self._made.popleft()
        his = sum(who == asker for _, who in self._made)
        if len(self._made) >= self._a_minute or his >= self._a_minute // 2:
            raise TooManyAttemptsError(self._sentence)
        self._made.append((now, asker))
