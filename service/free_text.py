"""What somebody typed into a box: without persons, and without signs that no database takes."""

import re
from collections.abc import Mapping

from importers.private import masked

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def written(form: Mapping[str, str], name: str) -> str:
    """What was typed into a field, without the signs no database takes or that turn a line."""
    return _CONTROL.sub(" ", form.get(name, "")).strip()


def one_line(text: str) -> str:
    """A text in one line, without persons."""
    return masked(" ".join(text.split()))


def typed_line(form: Mapping[str, str], name: str) -> str:
    """Both: what was typed into a field, as it may be kept and shown."""
    return one_line(written(form, name))
