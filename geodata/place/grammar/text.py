"""Written text made even: width of letters, stray spaces, brackets and dashes."""

import re
import unicodedata
from functools import lru_cache

from geodata.place.grammar.words import HAN

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f]")
_LATIN_SPACE = re.compile(r"\s+")
_CHINESE = rf"[{HAN}、。·]"
_STRAY_SPACE = re.compile(
    rf"(?<={_CHINESE}) | (?={_CHINESE})|(?<=\d) (?=[/-]\s?\d)|(?<=\d[/-]) (?=\d)"
)
_DASH = re.compile(r"(?<=[\dA-Za-z号])\s?[‐‑‒–—―−~〜]+\s?(?=[\dA-Za-z])")
_RANGE_WORD = re.compile(r"(?<=[\d号])[至到](?=\d)")
_BRACKETS = str.maketrans("【】〔〕[]{}〈〉《》「」『』", "()()()()()()()()")


@lru_cache(maxsize=16384)
def normalise(text: str) -> str:
    """Full width to half width, one kind of bracket, no stray spaces.

    Spaces and line breaks go where Chinese stands on either side; one is kept between Latin words
    and between two numbers, which would otherwise become one.
    """
    even = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_BRACKETS)
    even = _LATIN_SPACE.sub(" ", even).strip()
    even = _STRAY_SPACE.sub("", even)
    return _RANGE_WORD.sub("-", _DASH.sub("-", even))
