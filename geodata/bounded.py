"""A connection to PostgreSQL that ends itself when the server falls silent."""

import time
from collections.abc import Callable
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.abc import RV, PQGen

# A server that lives ends a statement in time; who hears nothing so much longer hears no more.
GRACE = 1.25


class Bounded(Connection[Any]):
    """One that is closed, and so counts as lost, when nothing came for much over `answer_s`.

    A server that is frozen, or waits for a disk that hangs, keeps its connections open, and its
    kernel acknowledges what is sent: nothing but the clock tells. What arrives in parts may take
    as long as it takes.
    """

    # Seconds; 0 waits for ever.
    answer_s: int = 0
    # Told when (monotonic) the server was last heard of.
    on_silence: Callable[[float], None] | None = None

    def wait(self, gen: PQGen[RV], *args: Any, **named: Any) -> RV:
        """As every other, but never past the silence it may keep.

        Raises:
            OperationalError: the server said nothing; the connection is closed.
        """
        return super().wait(self._listening(gen), *args, **named)

    def _listening(self, gen: PQGen[RV]) -> PQGen[RV]:
        heard = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                # Nothing happened is said every tenth of a second.
                looked = time.monotonic()
                happened = yield wanted
                if happened:
                    heard = time.monotonic()
                # Only a look begun late enough tells: this process may have stood still itself.
                elif self.answer_s and looked > heard + self.answer_s * GRACE:
                    self._give_up(heard)
                wanted = gen.send(happened)
        except StopIteration as end:
            result: RV = end.value
            return result

    def _give_up(self, heard: float) -> None:
        self.close()
        if self.on_silence:
            self.on_silence(heard)
        raise OperationalError(f"the server said nothing for {time.monotonic() - heard:.1f} s")
