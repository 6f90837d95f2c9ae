"""No pattern of the program takes long over a long text, however it was made to be hard.

Whoever sends a file, a form or an address chooses the text. A pattern that tries a text again
from each of its signs takes seconds over one cell; one that repeats a repeat takes for ever.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import geodata
import importers
import maps
import service
from geodata import facilities
from geodata.place import address
from importers.cells import dates
from importers.hours import words as hours
from importers.tables.sheet import LONGEST_CELL
from importers.tables.titles import _LONGEST as LONGEST_TITLE

ROOT = Path(__file__).parents[3]
METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
CALLS = frozenset(f"re.{method}" for method in METHODS)
# What a pattern of these modules meets has been cut to so many signs before.
CUT = {
    "geodata.place.grammar.text": LONGEST_CELL,
    "geodata.place.grammar": address._LONGEST,
    "geodata.place.online": address._LONGEST,
    "geodata.facilities._COUNTED": facilities._LONGEST,
    "importers.cells.dates": dates._LONGEST,
    "importers.hours.words": 4 * hours._LONGEST,
    "importers.tables.titles": LONGEST_TITLE,
    # What stands before the kind's own word, and no more.
    "importers.cells.kind_words._GRADE_BEFORE": 12,
}
# Seconds of the processor, hundreds of times what a single pass over such a text takes.
MOST_S = 1.0


@dataclass(frozen=True)
class Use:
    """A pattern, where it stands, and how it is applied there."""

    where: str
    pattern: re.Pattern[Any]
    methods: tuple[str, ...]

    @property
    def longest(self) -> int:
        found = [most for prefix, most in CUT.items() if self.where.startswith(prefix)]
        return found[0] if found else LONGEST_CELL


class TooSlowError(Exception):
    pass


def _too_slow(*_: object) -> None:
    raise TooSlowError


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stops what takes more of the processor; matching looks for signals as it goes."""
    before = signal.signal(signal.SIGVTALRM, _too_slow)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if ".migrations" not in found.name:
            yield importlib.import_module(found.name)


def held(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value, in tables of patterns too."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 3:
        yield from held(tuple(value.items()), depth + 1)
    elif isinstance(value, tuple | list | set | frozenset) and depth < 3:
        for one in value:
            yield from held(one, depth + 1)


@cache
def source(package: str) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((ROOT / package).rglob("*.py")))


def methods_of(module: ModuleType, name: str) -> tuple[str, ...]:
    """How a pattern of this name is applied; in every way where it goes by another name."""
    for text in (inspect.getsource(module), source(module.__name__.partition(".")[0])):
        if called := set(re.findall(rf"\b{name}\.({'|'.join(METHODS)})\b", text)):
            return tuple(sorted(called))
    return ("fullmatch", "search")


def named() -> Iterator[Use]:
    seen = set()
    for package in (geodata, importers, maps, service):
        for module in modules(package):
            for name, value in vars(module).items():
                for pattern in held(value):
                    if pattern not in seen:
                        seen.add(pattern)
                        where = f"{module.__name__}.{name}"
                        yield Use(where, pattern, methods_of(module, name))


def written() -> Iterator[Use]:
    """Patterns written where they are used: `re.sub(r"…", …)`."""
    for package in ("geodata", "importers", "maps", "service"):
        for path in sorted((ROOT / package).rglob("*.py")):
            where = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in CALLS:
                    first, method = node.args[0], ast.unparse(node.func)[3:]
                    if isinstance(first, ast.Constant):
                        yield Use(f"{where}:{node.lineno}", re.compile(first.value), (method,))


def of_scripts() -> Iterator[Use]:
    """Those of the pages' own scripts; the syntax they use is the same here."""
    for path in sorted((ROOT / "maps" / "static").glob("*.js")):
        text = path.read_text("utf-8")
        # A slash after these begins a pattern and divides nothing.
        for found in re.finditer(
            r"(?<=[(,=!&|:?])\s*/((?:[^/\\\n\[]|\\.|\[[^\]\n]*\])+)/[gimuy]*", text
        ):
            if not found[1].startswith("*"):
                yield Use(path.name, re.compile(found[1].replace("\\/", "/")), ("search",))


def applied(use: Use, method: str) -> Callable[[Any], object]:
    if method in {"sub", "subn"}:
        empty: Any = b"" if isinstance(use.pattern.pattern, bytes) else ""
        return lambda text: use.pattern.sub(empty, text)
    if method == "finditer":
        return use.pattern.findall
    found: Callable[[Any], object] = getattr(use.pattern, method)
    return found


def slow(use: Use, texts: Iterator[str]) -> str:
    """The first text it takes too long over; "" for none."""
    for text in texts:
        for method in use.methods:
            given: Any = text.encode() if isinstance(use.pattern.pattern, bytes) else text
            try:
                with within(MOST_S):
                    applied(use, method)(given)
            except TooSlowError:
                return f"{use.where}.{method} over {text[:30]!r}…{text[-5:]!r}"
    return ""


@pytest.mark.parametrize(
    ("collect", "least"),
    [(named, 200), (written, 30), (of_scripts, 8)],
    ids=["named", "written", "of_scripts"],
)
def test_no_pattern_takes_long_over_any_text_it_may_meet(
    collect: Callable[[], Iterator[Use]], least: int, hard_texts: Any
) -> None:
    uses = list(collect())
    found = [slow(use, hard_texts(use.pattern, use.longest)) for use in uses]
    assert ([one for one in found if one], len(uses) >= least) == ([], True)


@pytest.mark.parametrize(
    "written", [r"(?:a+)+$", r"(?:\d|\w)*!", r"\s+$", r".*=.*;.*$", r"(?:x|xy?)*z"]
)
def test_a_pattern_that_goes_wrong_is_found(written: str, hard_texts: Any) -> None:
    use = Use("here", re.compile(written), ("search",))
    assert slow(use, hard_texts(use.pattern, LONGEST_CELL)) != ""
