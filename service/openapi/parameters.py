"""Parameters: one declaration reads a value out of a request and describes it."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from geodata.errors import ParameterError

Value = TypeVar("Value")
Query = Mapping[str, str]
Schema = Mapping[str, Any]

_WHOLE = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
# A whole number with more digits is as good as this.
_ENDLESS = 10**18


@dataclass(frozen=True, eq=False)
class Parameter(Generic[Value]):
    """`parse` turns the text into the value, or raises a `ParameterError` that says what it takes.

    `where` is query, path or header; `default` is the value when the parameter is absent. A list
    is one text with commas (style form, explode false).
    """

    name: str
    where: str
    schema: Schema
    description: str
    parse: Callable[[str], Value]
    default: Value
    required: bool = False

    def of(self, query: Query) -> Value:
        """The value a request gives.

        Raises:
            ParameterError: it is missing or not what the parameter takes; `parameter` names it.
        """
        text = query.get(self.name)
        if text is None and self.required:
            raise ParameterError(f"要给 {self.name}", parameter=self.name)
        try:
            return self.default if text is None else self.parse(text)
        except ParameterError as error:
            error.parameter = self.name
            raise


def only(parameters: Iterable[Parameter[Any]], query: Collection[str]) -> None:
    """Refuse a parameter that nobody declared.

    Raises:
        ParameterError: there is one; `parameter` names it.
    """
    if not query:
        return
    known = {one.name for one in parameters if one.where == "query"}
    for name in query:
        if name not in known:
            taken = f"可用：{'、'.join(sorted(known))}" if known else "这里不要参数"
            raise ParameterError(f"没有叫 {name[:60]} 的参数，{taken}", parameter=name[:60])


def whole(
    name: str,
    description: str,
    *,
    low: int,
    high: int | None = None,
    default: int,
    where: str = "query",
) -> Parameter[int]:
    """A whole number; without `high` any, however large."""
    span = f"{low} 以上的整数" if high is None else f"{low} 到 {high} 之间的整数"

    def parse(text: str) -> int:
        value = min(int(text[:20]), _ENDLESS) if _WHOLE.fullmatch(text) else low - 1
        if value < low or (high is not None and value > high):
            raise ParameterError(f"{name} 要 {span}")
        return value

    top = {} if high is None else {"maximum": high}
    schema = {"type": "integer", "minimum": low, **top, "default": default}
    return Parameter(name, where, schema, description, parse, default)


def number(
    name: str,
    description: str,
    *,
    low: float,
    high: float,
    default: float = math.nan,
    where: str = "query",
) -> Parameter[float]:
    """A number; one without a default has to be given."""

    def parse(text: str) -> float:
        value = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not low <= value <= high:
            raise ParameterError(f"{name} 要 {low:g} 到 {high:g} 之间的数")
        return value

    needed = math.isnan(default)
    given = {} if needed else {"default": default}
    schema = {"type": "number", "minimum": low, "maximum": high, **given}
    return Parameter(name, where, schema, description, parse, default, required=needed)


def text(
    name: str,
    description: str,
    *,
    longest: int,
    pattern: str = "",
    where: str = "query",
    required: bool = False,
) -> Parameter[str]:
    """Any text, or one that a pattern fits; "" is no text."""
    fits = re.compile(pattern) if pattern else None

    def parse(given: str) -> str:
        if not 0 < len(given) <= longest or (fits and not fits.search(given)):
            raise ParameterError(
                f"{name} 要 1 到 {longest} 个字" + ("，写法见文档" if fits else "")
            )
        return given

    like = {"pattern": pattern} if pattern else {}
    schema = {"type": "string", "minLength": 1, "maxLength": longest, **like}
    return Parameter(name, where, schema, description, parse, "", required=required)


def choice(
    name: str,
    description: str,
    allowed: Collection[str],
    *,
    default: str = "",
    where: str = "query",
) -> Parameter[str]:
    """One of some words; one in the path is always given."""

    def parse(given: str) -> str:
        if given not in allowed:
            raise ParameterError(f"{name} 只能是 {'、'.join(allowed)}")
        return given

    known = {"default": default} if default else {}
    schema = {"type": "string", "enum": list(allowed), **known}
    needed = where == "path"
    return Parameter(name, where, schema, description, parse, default, required=needed)


def several(name: str, description: str, allowed: Collection[str]) -> Parameter[tuple[str, ...]]:
    """Some of the words, with commas between them, each once."""

    def parse(given: str) -> tuple[str, ...]:
        words = given.split(",")
        for word in words:
            if word not in allowed:
                raise ParameterError(f"{name} 里没有 {word[:60]}，可用：{'、'.join(allowed)}")
        return tuple(dict.fromkeys(words))

    schema = {
        "type": "array",
        "minItems": 1,
        "items": {"type": "string", "enum": list(allowed)},
    }
    return Parameter(name, "query", schema, description, parse, ())


def switch(name: str, description: str) -> Parameter[bool]:
    """1 or 0, off by default."""

    def parse(given: str) -> bool:
        if given not in {"0", "1"}:
            raise ParameterError(f"{name} 只能是 0、1")
        return given == "1"

    schema = {"type": "integer", "enum": [0, 1], "default": 0}
    return Parameter(name, "query", schema, description, parse, default=False)


def decimal(part: str) -> float:
    """A number as JSON writes it; NaN for anything else."""
    return float(part) if _NUMBER.fullmatch(part) else math.nan
