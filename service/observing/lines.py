"""One JSON object a line: what a log may say, and nothing that came from outside.

Lines of our own are constants with chosen fields. What a library says is its template with
nothing but small whole numbers filled in: its texts may quote a header, an address, a cell.
An exception is its type and its frames, never its text, which may quote the same.
"""

import json
import logging
import re
import signal
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any

OURS = "zhitu"
_ROOT = Path(__file__).parents[2]
_LIBRARIES = re.compile(r"^.*(?:site|dist)-packages/|^.*/lib/python3[^/]*/")
_SLOT = re.compile(r"%(?:\((\w+)\))?[-#0 +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[a-zA-Z]")
_HIDDEN = "…"
# A process id has seven digits at most, a telephone number more.
_LARGEST = 10**7
# As Python names them, and as gunicorn does.
_NAMES = [name for name in signal.Signals.__members__ if name.startswith("SIG")]
_SIGNALS = frozenset((*_NAMES, *(name.removeprefix("SIG").lower() for name in _NAMES)))
_MOST_FRAMES, _MOST_CAUSES = 40, 10
_LONGEST = 200


class JsonLines(logging.Formatter):
    """Everything as JSON in ASCII: no control character, no line break, no direction mark."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        told: dict[str, Any] = {
            "ts": at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z",
            "level": record.levelname,
        }
        fields = getattr(record, "fields", None)
        if record.name.partition(".")[0] == OURS and isinstance(fields, Mapping):
            return _json(told | {"msg": record.msg, **fields})
        told |= {"msg": said(record), "logger": record.name, "at": _where(record)}
        if record.exc_info and record.exc_info[1] is not None:
            told |= described(record.exc_info[1])
        return _json(told)


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, default=lambda _value: _HIDDEN)


def said(record: logging.LogRecord) -> str:
    """What a library says: its template. Without one its text may be made of anything."""
    if not record.args or not isinstance(record.msg, str):
        return ""
    given = record.args
    if isinstance(given, Mapping):
        return _SLOT.sub(lambda slot: _safe(given.get(slot[1])), record.msg)[:_LONGEST]
    left = iter(given)
    return _SLOT.sub(lambda _slot: _safe(next(left, None)), record.msg)[:_LONGEST]


def described(error: BaseException) -> dict[str, Any]:
    """The type and frames of an error, and the types of those it came from; never its text."""
    told: dict[str, Any] = {"error": _name(error), "frames": _frames(error.__traceback__)}
    causes = [_name(cause) for cause in islice(_causes(error), _MOST_CAUSES)]
    return told | ({"causes": causes} if causes else {})


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause = error.__cause__ or error.__context__
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _safe(value: object) -> str:
    small = isinstance(value, int) and abs(value) < _LARGEST
    named = isinstance(value, str) and value in _SIGNALS
    return str(value) if small or named else _HIDDEN


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _frames(trace: TracebackType | None) -> list[str]:
    # Without the lines of the source: whoever is short of memory or descriptors reads no files.
    frames = deque(walk_tb(trace), _MOST_FRAMES)
    return [f"{short(at.f_code.co_filename)}:{line} {at.f_code.co_name}" for at, line in frames]


def _where(record: logging.LogRecord) -> str:
    return f"{short(record.pathname)}:{record.lineno} {record.funcName}"


def short(file: str) -> str:
    """A file of the program or of a library, without where on the machine that lies."""
    path = Path(file)
    if path.is_relative_to(_ROOT):
        file = str(path.relative_to(_ROOT))
    return _LIBRARIES.sub("", file.replace("\\", "/"))
