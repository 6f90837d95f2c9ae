"""File names and arguments in UTF-8, also where the machine's locale knows only ASCII."""

import os
import sys

_ASKED = "站点"


def in_utf8() -> None:
    """Begin again in Python's UTF-8 mode where the locale (LANG=C) has no Chinese.

    Otherwise each Chinese file name and argument would be a text that no database takes.
    """
    if sys.flags.utf8_mode or _knows_chinese(sys.getfilesystemencoding()):
        return
    # The same program with the same arguments, none of them from a request.
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 # nosec B606


def _knows_chinese(encoding: str) -> bool:
    try:
        _ASKED.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
