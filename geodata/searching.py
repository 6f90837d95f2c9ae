"""Finding a text in what places are called: as written, or by the first letters of its pinyin.

Letters are looked up a character at a time, whichever way it is read: 重庆 is found by cq and zq.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import distribution
from pathlib import Path
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
# One letter finds half the city, and nobody types twenty.
LETTERS = re.compile(r"[a-z]{2,12}")
_SEPARATOR = "\n"


@dataclass(frozen=True, eq=False)
class Searched:
    """One text a place, case folded."""

    texts: tuple[str, ...]

    def having(self, text: str, among: Ints) -> Ints:
        """Those of the numbered places that have every word of a text, in their order."""
        for part in text.casefold().split():
            among = self._with(part, among)
        return among

    def _with(self, part: str, among: Ints) -> Ints:
        texts = self.texts
        found = np.array([part in texts[n] for n in among.tolist()], dtype=np.bool_)
        if LETTERS.fullmatch(part):
            found |= self._spelt(part)[among]
        return among[found]

    def _spelt(self, letters: str) -> NDArray[np.bool_]:
        """Which places have characters in a row that may be read with these first letters."""
        bits, starts = self._bits
        at = np.flatnonzero(bits[: max(0, len(bits) - len(letters) + 1)] & _bit(letters[0]))
        for offset, letter in enumerate(letters[1:], start=1):
            at = at[(bits[at + offset] & _bit(letter)) != 0]
        found = np.zeros(len(self.texts), dtype=np.bool_)
        found[np.searchsorted(starts, at, side="right") - 1] = True
        return found

    @cached_property
    def _bits(self) -> tuple[NDArray[np.uint32], Ints]:
        """The first letters of every character of all places, and where each place begins."""
        lengths = np.array([0, *(len(text) + 1 for text in self.texts)], np.intp)
        whole = _SEPARATOR.join((*self.texts, ""))
        codes = np.frombuffer(whole.encode("utf-32-le"), np.uint32)
        distinct, inverse = np.unique(codes, return_inverse=True)
        letters = np.array([_letters(chr(code)) for code in distinct.tolist()], np.uint32)
        return letters[inverse], np.cumsum(lengths)[:-1]


def has_letters(text: str, name: str) -> bool:
    """Whether a name begins with characters that may be read with these first letters."""
    part = text.strip().casefold()
    if not LETTERS.fullmatch(part) or len(part) > len(name):
        return False
    return all(_letters(sign) & _bit(letter) for sign, letter in zip(name, part, strict=False))


def _bit(letter: str) -> int:
    return 1 << (ord(letter) - ord("a"))


@cache
def _letters(character: str) -> int:
    """The first letters a character may have, as bits; a letter stands for itself."""
    return _bits_of(reading[:1] for reading in _readings(character))


def _readings(character: str) -> Iterable[str]:
    if character.isascii():
        return [character.casefold()]
    readings = _dictionary().get(str(ord(character)), "")
    # The letter comes before its tone.
    return normalize("NFD", readings).split(",")


@cache
def _dictionary() -> dict[str, str]:
    """How characters are read, by their number, with tones, such as "zhòng,chóng"."""
    # Its file alone: the library would bring its phrases too, 46 MB in every process.
    file = distribution("pypinyin").locate_file("pypinyin/pinyin_dict.json")
    found: dict[str, str] = json.loads(Path(str(file)).read_bytes())
    return found


def _bits_of(letters: Iterable[str]) -> int:
    bits = 0
    for letter in letters:
        if "a" <= letter <= "z":
            bits |= _bit(letter)
    return bits
