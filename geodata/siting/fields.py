"""Keys of a question file, each read once; what is wrong is said with the key and what it takes."""

import math
from collections.abc import Mapping
from typing import Any, TypeVar

from geodata.errors import ParameterError
from geodata.place.district import canonical_district

_MOST_TEXT = 200
_E = TypeVar("_E", bound=str)


class Fields:
    """One table of a question file. `close` refuses the keys that nobody asked for."""

    def __init__(self, values: Mapping[str, Any], path: str = "") -> None:
        self._values = values
        self._path = path
        self._known: list[str] = []

    def key(self, name: str) -> str:
        """A key as it is written in messages: `new.count`."""
        return f"{self._path}.{name}" if self._path else name

    def wrong(self, name: str, takes: str) -> ParameterError:
        """What to raise when a key holds something else than it takes."""
        return ParameterError(f"{self.key(name)} 要{takes}，收到：{str(self._values[name])[:40]}")

    def has(self, name: str) -> bool:
        self._known.append(name)
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        if not self.has(name):
            return default
        value = self._values[name]
        if not isinstance(value, str) or len(value) > _MOST_TEXT:
            raise self.wrong(name, f"文字（{_MOST_TEXT} 字以内）")
        return value.strip()

    def yes(self, name: str, *, default: bool = False) -> bool:
        if not self.has(name):
            return default
        value = self._values[name]
        if not isinstance(value, bool):
            raise self.wrong(name, " true 或 false")
        return value

    def number(self, name: str, default: float, *, least: float, most: float) -> float:
        if not self.has(name):
            return default
        value = self._values[name]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or not least <= value <= most:
            raise self.wrong(name, f" {least:g} 到 {most:g} 之间的数")
        return float(value)

    def whole(self, name: str, default: int, *, least: int = 0, most: int = 100_000) -> int:
        value = self.number(name, default, least=least, most=most)
        if value % 1:
            raise self.wrong(name, "整数")
        return int(value)

    def choice(self, name: str, default: _E, allowed: type[_E]) -> _E:
        if not self.has(name):
            return default
        value = self._values[name]
        known = [str(one) for one in allowed]  # type: ignore[attr-defined]
        if value not in known:
            raise self.wrong(name, f"这些之一：{'、'.join(known)}")
        return allowed(value)

    def list(self, name: str) -> list[Any]:
        if not self.has(name):
            return []
        value = self._values[name]
        if not isinstance(value, list):
            raise self.wrong(name, '一个列表，如 ["甲", "乙"]')
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.list(name)
        if not all(isinstance(one, str) for one in values):
            raise self.wrong(name, '文字的列表，如 ["甲", "乙"]')
        return tuple(values)

    def table(self, name: str) -> "Fields | None":
        if not self.has(name):
            return None
        value = self._values[name]
        if not isinstance(value, Mapping):
            raise self.wrong(name, f"一张表，写成 [{self.key(name)}]")
        return Fields(value, self.key(name))

    def tables(self, name: str) -> tuple["Fields", ...]:
        values = self.list(name)
        if not all(isinstance(one, Mapping) for one in values):
            raise self.wrong(name, f"几张表，写成 [[{self.key(name)}]]")
        return tuple(Fields(one, f"{self.key(name)}[{n}]") for n, one in enumerate(values, 1))

    def numbers(self, name: str, *, most: float) -> dict[str, float]:
        """A table of numbers, whatever its keys."""
        found = self.table(name)
        if found is None:
            return {}
        return {key: found.number(key, 0.0, least=0.0, most=most) for key in found._values}

    def by_district(self, name: str) -> dict[str, int]:
        """Whole numbers by district, whose names may be short."""
        found = self.table(name)
        if found is None:
            return {}
        counts = {}
        for key in found._values:
            district = canonical_district(key)
            if district is None:
                raise ParameterError(f"{found.key(key)}：没有这个区，要写区名，如 浦东新区")
            counts[district] = found.whole(key, 0)
        return counts

    def counts(self, name: str) -> dict[str, int]:
        found = self.table(name)
        return {} if found is None else {key: found.whole(key, 0) for key in found._values}

    def close(self) -> None:
        """Refuse keys that mean nothing here.

        Raises:
            ParameterError: a key is unknown, often misspelt.
        """
        for name in self._values:
            if name not in self._known:
                known = "、".join(dict.fromkeys(self._known))
                raise ParameterError(f"{self.key(name)}：没有这个键。这里可用：{known}")
