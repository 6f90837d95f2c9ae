"""Wrong tries of one process, by where they came from: for links that are guessed at."""

import time
from collections import deque
from collections.abc import Callable

from geodata.accounts.tries import network_of
from geodata.errors import TooManyAttemptsError

WINDOW_S = 15 * 60.0
# Beyond that the oldest are forgotten first: nobody may fill the memory with addresses.
_MOST_SENDERS = 10_000


class Attempts:
    """Wrong tries of the last quarter of an hour, by the address they came from."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, *, most: int, sentence: str
    ) -> None:
        self._clock = clock
        self._most = most
        self._sentence = sentence
        self._wrong: dict[str, deque[float]] = {}

    def check(self, sender: str) -> None:
        """Refuse a further try while too many have failed."""
        self._forget_old()
        if len(self._wrong.get(network_of(sender), ())) >= self._most:
            raise TooManyAttemptsError(self._sentence)

    def failed(self, sender: str) -> None:
        """Note a wrong try."""
        self._wrong.setdefault(network_of(sender), deque()).append(self._clock())
        if len(self._wrong) > _MOST_SENDERS:
            del self._wrong[next(iter(self._wrong))]

    def _forget_old(self) -> None:
        oldest = self._clock() - WINDOW_S
        for sender, times in list(self._wrong.items()):
            while times and times[0] < oldest:
                times.popleft()
            if not times:
                del self._wrong[sender]
