"""How a facility is shown: an icon beside its name."""

from geodata.facilities import FACILITIES, OTHER_ICON, facility_of
from geodata.offered import ALWAYS
from maps.words import Words

# What those out on the street ask for first; the others stand in the panel of filters.
QUICK = (
    *("hot_meal", "charging", "toilet", "shower", "nursing", "battery_swap", ALWAYS, "parking"),
)
_BY_CODE = {facility.code: facility for facility in FACILITIES}


def filter_name(code: str, words: Words) -> str:
    """What a filter for a facility is called."""
    if code == ALWAYS:
        return words("filter_always")
    return words.both(_BY_CODE[code].label, _BY_CODE[code].label_en)


def filter_icon(code: str) -> str:
    """The name of its line icon."""
    return "clock" if code == ALWAYS else _BY_CODE[code].icon


def facility_english(facility: str) -> str:
    """A facility in English; as written where the vocabulary does not know it by its name."""
    found = facility_of(facility)
    return found.label_en if found and found.label == facility else facility


def facility_icon(facility: str) -> str:
    """The name of the line icon for a facility."""
    found = facility_of(facility)
    return found.icon if found else OTHER_ICON
