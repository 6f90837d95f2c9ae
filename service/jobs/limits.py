"""What a process that does a job may take: memory, time, and no more of the processor than left."""

import os
import signal
import sys
from pathlib import Path

MEGABYTE = 1_000_000
# The web answers first; a job takes what is left of the processor.
_NICER = 10
_TO_END_S = 5
# What it takes to say that there was not enough.
_TO_TELL = 32 * MEGABYTE
_STATM = Path("/proc/self/statm")


def be_quiet() -> None:
    """No core dump, and no signal but the parent's word."""
    # A terminal's Ctrl+C and a service manager's SIGTERM reach the whole group.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        # It would hold what was sent in, persons and all.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit(*, memory_mb: int, seconds: int) -> None:
    """From now on so much more memory and processor time, after everybody else.

    Windows has the parent's clock alone.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    os.nice(_NICER)
    _lower(resource.RLIMIT_AS, _address_space() + memory_mb * MEGABYTE, _TO_TELL)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds, _TO_END_S)


def make_room() -> None:
    """The work is over: a little memory more, to tell how it ended."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _address_space() -> int:
    """The bytes this process has mapped by now, most of which it does not use."""
    if not _STATM.exists():
        return 0
    return int(_STATM.read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _lower(which: int, soft: int, more: int) -> None:
    """Set a limit; a lower one that the system has set stays."""
    import resource  # noqa: PLC0415 - not on Windows

    hard = resource.getrlimit(which)[1]
    least = soft + more if hard == resource.RLIM_INFINITY else min(hard, soft + more)
    resource.setrlimit(which, (min(soft, least), least))
