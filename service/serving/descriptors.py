"""How many connections a process can hold."""

import sys

# What files, the database and jobs take beside connections.
_OTHERS = 200
_WANTED = 4096
# Python's select() takes 512 sockets there, and there is nothing else.
_ON_WINDOWS = 400


def most_connections() -> int:
    """As many as the system can be brought to allow; raises the soft limit for it."""
    if sys.platform == "win32":
        return _ON_WINDOWS
    import resource  # noqa: PLC0415 - only Unix has it

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED + _OTHERS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    there = wanted if soft == resource.RLIM_INFINITY else soft
    return max(50, min(_WANTED, there - _OTHERS))
