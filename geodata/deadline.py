"""How long a search may go on."""

import time


class Deadline:
    """Begins to run when it is made."""

    def __init__(self, seconds: float) -> None:
        self._began = time.monotonic()
        self._seconds = seconds

    @property
    def spent_s(self) -> float:
        return time.monotonic() - self._began

    @property
    def left_s(self) -> float:
        """Seconds left; not above 0 once it is over."""
        return self._seconds - self.spent_s
