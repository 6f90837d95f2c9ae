"""The type of a page: regular and bold, how wide a character is, and which the font lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from maps.printed.drawing import FONTS, CannotDrawError, font
from maps.printed.wrap import wrapped

MM_A_POINT = 25.4 / 72.0
# What printers set where a type case lacks the character.
MISSING = "〓"
_NEEDED = "职工服务站点覆盖率"


@dataclass(frozen=True, eq=False)
class Type:
    """A family in two weights; the arguments are what Matplotlib finds them by."""

    regular: Any
    bold: Any

    @classmethod
    def of(cls, families: Sequence[str] = FONTS) -> "Type":
        """The first family that is there.

        Raises:
            CannotDrawError: there is none, or it has no Chinese.
        """
        found = cls(font(families), font(families, bold=True))
        if found.plain(_NEEDED) != _NEEDED:
            raise CannotDrawError("这台服务器的字体没有汉字：请管理员装 fonts-noto-cjk。")
        return found

    def face(self, *, bold: bool) -> Any:
        return self.bold if bold else self.regular

    def plain(self, text: str) -> str:
        """The text in one line, with a mark for every character the font lacks."""
        known = _characters(self.regular.get_file())
        one_line = " ".join(text.split())
        return "".join(sign if ord(sign) in known else MISSING for sign in one_line)

    def width_mm(self, text: str, *, size: float) -> float:
        """How wide one line of a text is."""
        path = self.regular.get_file()
        return sum(_advance(path, sign) for sign in self.plain(text)) * size * MM_A_POINT

    def lines(self, text: str, width_mm: float, *, size: float, bold: bool = False) -> list[str]:
        """The lines of a text of `size` points within a width."""
        path = self.face(bold=bold).get_file()
        em = size * MM_A_POINT
        return wrapped(self.plain(text), width_mm / em, lambda sign: _advance(path, sign))


@lru_cache(maxsize=4)
def _characters(path: Any) -> frozenset[int]:
    return frozenset(_opened(path).get_charmap())


@lru_cache(maxsize=20_000)
def _advance(path: Any, sign: str) -> float:
    """The width of a character in em."""
    from matplotlib.ft2font import LoadFlags  # noqa: PLC0415 - an extra

    face = _opened(path)
    glyph = face.load_char(ord(sign), flags=LoadFlags.NO_SCALE)
    return float(glyph.horiAdvance) / float(face.units_per_EM)


def _opened(path: Any) -> Any:
    from matplotlib.font_manager import get_font  # noqa: PLC0415 - an extra

    return get_font(path)
