"""Colours of an embedded map: a few named accents or a hex colour, checked for contrast."""

import re
from dataclasses import dataclass

ACCENTS = {"teal": "#0B5D66", "red": "#9C2A20", "navy": "#1F2F5C", "grey": "#465160"}
DEFAULT_ACCENT = "teal"
MODES = ("light", "dark")
# WCAG 2.2 AA for text; white stands on the accent, and the accent on white.
ENOUGH = 4.5
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_DARK_SURFACE = (27, 36, 48)
_STEPS = 20
Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Theme:
    """The accent as `#RRGGBB` and whether lists and panels are dark; the map stays light."""

    accent: str = ACCENTS[DEFAULT_ACCENT]
    dark: bool = False

    @property
    def usual(self) -> bool:
        """Whether it is what the page's own style sheet says."""
        return self == Theme()


def theme(accent: str, mode: str) -> Theme:
    """The theme of two parameters; what is unknown or too pale is the usual one."""
    return Theme(readable_accent(accent) or ACCENTS[DEFAULT_ACCENT], mode == "dark")


def readable_accent(text: str) -> str:
    """A named accent or hex colour as `#RRGGBB`; empty where white text on it is hard to read."""
    found = _HEX.fullmatch(ACCENTS.get(text, text))
    if found is None:
        return ""
    colour = f"#{found[1].upper()}"
    return colour if contrast(_rgb(colour), _WHITE) >= ENOUGH else ""


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast of two colours by the formula of WCAG 2: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def style_sheet(shown: Theme) -> str:
    """The custom properties of a theme, as a style sheet of its own: no page has inline styles."""
    accent = _rgb(shown.accent)
    deep = _mixed(accent, _BLACK, 0.25)
    if not shown.dark:
        return _properties(accent, weak=_weakest(accent), deep=deep, on=_WHITE)
    # On the dark surface the accent is lightened until it can be read, and its text turns dark.
    steps = (_mixed(accent, _WHITE, step / _STEPS) for step in range(_STEPS + 1))
    light = next(one for one in steps if contrast(one, _DARK_SURFACE) >= ENOUGH)
    return _properties(
        light,
        weak=_mixed(_DARK_SURFACE, _WHITE, 0.06),
        deep=_mixed(light, _WHITE, 0.25),
        on=_DARK_SURFACE,
    )


def _weakest(accent: Rgb) -> Rgb:
    """A tint behind text of the accent: as strong as can be while the text is readable."""
    tints = (_mixed(_WHITE, accent, share / 100) for share in (8, 6, 4, 2, 0))
    return next((tint for tint in tints if contrast(tint, accent) >= ENOUGH), _WHITE)


def _properties(accent: Rgb, *, weak: Rgb, deep: Rgb, on: Rgb) -> str:
    return (
        f":root{{--primary:{_hex(accent)};--primary-weak:{_hex(weak)};"
        f"--primary-deep:{_hex(deep)};--on-primary:{_hex(on)}}}\n"
    )


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(colour: Rgb) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)
