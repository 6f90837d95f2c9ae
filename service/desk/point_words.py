"""Values of a service point in the words of a page."""

from typing import Any

from geodata.hours import Hours, from_json
from geodata.hours_text import in_words
from maps.words import Words
from service.desk.point_fields import BY_NAME, shown


def hours_said(words: Words, text: str, hours: Hours | None) -> str:
    """How a text of hours was understood; "" where there is none."""
    if not text.strip():
        return ""
    if hours is None:
        return words("point_hours_unread")
    return in_words(hours, str(words.language))


def value_said(words: Words, field: str, value: Any) -> str:
    """One stored value as a person reads it; what is unknown says so."""
    if field == "status":
        return words.status(value)
    if field == "hours":
        hours = from_json(value)
        return words("point_hours_none") if hours is None else in_words(hours, str(words.language))
    if field == "works" and value:
        return words(f"points_works_{value}")
    if isinstance(value, bool):
        return words("point_yes" if value else "point_no")
    return shown(value) or words("unknown")


def field_label(words: Words, field: str) -> str:
    """What a field is called."""
    return words(BY_NAME[field].label if field in BY_NAME else f"point_{field}")
