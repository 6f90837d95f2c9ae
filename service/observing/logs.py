"""The one place that sets up logging: everything that is written goes out as `JsonLines`."""

import logging
import sys
import threading
import warnings
from typing import TextIO

from service.observing.lines import OURS, JsonLines, described, short

log = logging.getLogger(OURS)
_about: dict[str, object] = {}


class _Lines(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at the moment."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        # Python's own would print the record with all it was given.
        del record


_handler = _Lines()
_handler.setFormatter(JsonLines())


def begin() -> None:
    """Make this process write nothing but our lines; every entry that serves calls it first.

    Handlers that libraries or their servers have put up are taken off, and what nobody caught,
    in a thread or anywhere, is told without its text.
    """
    logging.root.handlers[:] = [_handler]
    for name in logging.root.manager.loggerDict:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    log.setLevel(logging.INFO)
    sys.excepthook = lambda _kind, error, _trace: tell_uncaught(error)
    sys.unraisablehook = lambda told: tell_uncaught(told.exc_value)
    threading.excepthook = lambda told: tell_uncaught(told.exc_value)
    warnings.showwarning = _tell_warning


def begin_here() -> None:
    """For an application made without `begin`: its own lines go out all the same."""
    log.setLevel(logging.INFO)
    if _handler not in logging.root.handlers and _handler not in log.handlers:
        log.addHandler(_handler)


def tell(msg: str, level: int = logging.INFO, **fields: object) -> None:
    """One line: a constant and fields that hold nothing of a visitor."""
    log.log(level, msg, extra={"fields": _about | fields})


def about(**fields: object) -> None:
    """What every line of this process is about from here on."""
    _about.update(fields)


def tell_fault(error: BaseException, number: str, **fields: object) -> None:
    """A fault of our own, under the number that the user was shown."""
    # Not as exc_info: a handler that somebody else put up would print its text.
    tell("fault", logging.ERROR, number=number, **fields, **described(error))


def tell_uncaught(error: BaseException | None) -> None:
    """What nobody caught; Ctrl+C is no fault."""
    if error is not None and not isinstance(error, KeyboardInterrupt | SystemExit):
        tell("uncaught", logging.CRITICAL, **described(error))


def _tell_warning(  # noqa: PLR0917 - the signature is Python's
    message: Warning | str,  # noqa: ARG001 - what it says may quote a cell
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    tell("warning", logging.WARNING, category=category.__name__, at=f"{short(filename)}:{lineno}")
