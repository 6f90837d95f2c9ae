"""What a file is called, whatever machine named it."""

import os


def readable(name: str) -> str:
    """A name as text: a file that Windows named and a zip brought over has it in GBK.

    Such a name reaches Python as half a text that no database takes.
    """
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode(errors="replace")
