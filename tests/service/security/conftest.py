"""Long texts made to be hard for a pattern: its own repeats, over and over, and then no end."""

import random
import re
from collections.abc import Callable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_LOOKS = (codes.ASSERT, codes.ASSERT_NOT)
_OF_CLASS = {
    codes.CATEGORY_DIGIT: "17",
    codes.CATEGORY_SPACE: " \t",
    codes.CATEGORY_WORD: "aZ9_路",
}
_ANYTHING = "a路1 ~中("
_LONG_REPEAT = 8
# A repeat in the middle of a text is the worse the less what follows fits.
_ENDS = ("", "\x00")
_MOST = 10
Tree = list[tuple[Any, Any]]
Hard = Callable[[re.Pattern[Any], int], Iterator[str]]


@pytest.fixture(scope="session")
def hard_texts() -> Hard:
    """Texts of a length that a pattern finds hard; always the same for the same pattern."""
    return _texts


def _texts(pattern: re.Pattern[Any], length: int) -> Iterator[str]:
    chance = random.Random(1)
    written = pattern.pattern.decode() if isinstance(pattern.pattern, bytes) else pattern.pattern
    tree = list(_parser.parse(written, pattern.flags & re.VERBOSE))
    units = {(before, piece) for before, piece in _repeated(tree, "", chance) if piece}
    whole = [_fitting(tree, chance) for _ in range(3)]
    units |= {("", part) for text in whole for part in (text, text[:-1], *text) if part}
    chosen = sorted(units)
    chance.shuffle(chosen)
    for before, piece in chosen[:_MOST]:
        text = (before + piece * (length // len(piece) + 1))[:length]
        yield from (text + end for end in _ENDS)


def _repeated(tree: Tree, before: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Each part that may come many times, with what stands before it."""
    for code, value in tree:
        if code in _REPEATS:
            _least, most, inner = value
            if most >= _LONG_REPEAT:
                pieces = [_fitting(inner, chance) for _ in range(3)]
                yield from ((before, piece) for piece in pieces)
                yield from (("", before + piece) for piece in pieces)
        for inner in _inside(code, value):
            yield from _repeated(inner, before, chance)
        before += _fitting([(code, value)], chance)


def _inside(code: Any, value: Any) -> list[Tree]:
    if code in _REPEATS:
        return [value[2]]
    if code is codes.SUBPATTERN:
        return [value[-1]]
    if code is codes.BRANCH:
        return list(value[1])
    return [value[1]] if code in _LOOKS else []


def _fitting(tree: Tree, chance: random.Random) -> str:
    """A text that fits, looking neither ahead nor back."""
    return "".join(_one(code, value, chance) for code, value in tree)


def _one(code: Any, value: Any, chance: random.Random) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code in {codes.NOT_LITERAL, codes.ANY}:
        return "y" if value == ord("x") else "x"
    if code is codes.IN:
        return chance.choice(_signs(value))
    if code in _REPEATS:
        least, most, inner = value
        return "".join(_fitting(inner, chance) for _ in range(min(max(least, most and 1), 6)))
    if code in _LOOKS:
        return ""
    inside = _inside(code, value)
    return _fitting(chance.choice(inside), chance) if inside else ""


def _signs(parts: Tree) -> str:
    """Some signs of a class; of one that leaves signs out, some that it does not."""
    found = "".join(sorted({sign for code, value in parts for sign in _of(code, value)}))
    if parts[0][0] is codes.NEGATE:
        return "".join(sign for sign in _ANYTHING if sign not in found) or "x"
    return found or "x"


def _of(code: Any, value: Any) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.RANGE:
        return chr(value[0]) + chr(value[1])
    return _OF_CLASS.get(value, "~") if code is codes.CATEGORY else ""
