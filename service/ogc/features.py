"""The features of one collection as of one data version: found by arrays, written as bytes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from json import JSONEncoder
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.searching import Searched
from geodata.wanted import EVERYTHING, Wanted
from service.ogc.crs import Crs
from service.ogc.geometry import Box, Geometry
from service.ogc.lives import Days, Lives
from service.ogc.moments import Span

Ints = NDArray[np.intp]
Id = int | str
encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a collection; `equal` are properties with the value they must have."""

    wanted: Wanted = EVERYTHING
    box: Box | None = None
    span: Span | None = None
    equal: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, eq=False)
class Features:
    """All features in a stable order.

    `fitting` answers the filters that places are searched by everywhere; collections of other
    things have none and are searched by their own properties. `days` are the spans a feature
    stood, for collections that have a time.
    """

    ids: Sequence[Id]
    properties: Sequence[Mapping[str, Any]]
    geometry: Geometry
    fitting: Callable[[Wanted], Ints] | None = None
    days: Sequence[Sequence[Days]] | None = None

    def find(self, wish: Wish) -> Ints:
        """The numbers of those that fit everything, ascending."""
        found = self._searched_for(wish.wanted)
        for name, value in wish.equal:
            found = found[self._column(name)[found] == value]
        if wish.span is not None and self.days is not None:
            found = found[self._lives.meeting(wish.span)[found]]
        if wish.box is not None:
            found = found[self.geometry.meets(wish.box)[found]]
        return found

    def number(self, feature: str) -> int | None:
        """Where a feature stands."""
        return self._numbers.get(feature)

    def written(self, numbers: Ints, crs: Crs) -> bytes:
        """Features as GeoJSON, with commas between them; all of them are kept as they are."""
        if len(numbers) < len(self.ids):
            return self._joined(numbers, crs)
        if crs.uri not in self._whole:
            self._whole[crs.uri] = self._joined(numbers, crs)
        return self._whole[crs.uri]

    def _joined(self, numbers: Ints, crs: Crs) -> bytes:
        shapes = self.geometry.written(crs)
        parts = chain.from_iterable((self._head(n), shapes[n], b"},") for n in numbers.tolist())
        return b"".join(parts)[:-1]

    def _head(self, number: int) -> bytes:
        # Kept one by one: a map asks for a hundred at a time, and right after a change.
        found = self._heads[number]
        if found is None:
            found = self._heads[number] = _head(self.ids[number], self.properties[number])
        return found

    def selected(self, numbers: Ints, crs: Crs, names: Sequence[str]) -> bytes:
        """The same with some of their properties only."""
        shapes = self.geometry.written(crs)
        return b",".join(
            _head(self.ids[n], {name: self.properties[n][name] for name in names})
            + shapes[n]
            + b"}"
            for n in numbers.tolist()
        )

    @cached_property
    def everything(self) -> Ints:
        """All numbers."""
        return np.arange(len(self.ids))

    @cached_property
    def _whole(self) -> dict[str, bytes]:
        return {}

    @cached_property
    def _heads(self) -> list[bytes | None]:
        return [None] * len(self.ids)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {str(feature): number for number, feature in enumerate(self.ids)}

    @cached_property
    def _lives(self) -> Lives:
        return Lives.of(self.days or ())

    @cached_property
    def _columns(self) -> dict[str, NDArray[np.object_]]:
        return {}

    @cached_property
    def _texts(self) -> Searched:
        return Searched(tuple(str(one["name"]).casefold() for one in self.properties))

    def _searched_for(self, wanted: Wanted) -> Ints:
        if wanted == EVERYTHING:
            return self.everything
        if self.fitting is not None:
            return self.fitting(wanted)
        return self._texts.having(wanted.text, self.everything)

    def _column(self, name: str) -> NDArray[np.object_]:
        """One property of all features; made when first asked for."""
        if name not in self._columns:
            column = np.empty(len(self.ids), dtype=object)
            column[:] = [one[name] for one in self.properties]
            self._columns[name] = column
        return self._columns[name]


def _head(feature: Id, properties: Mapping[str, Any]) -> bytes:
    return (
        f'{{"type":"Feature","id":{encode(feature)},"properties":{encode(properties)},"geometry":'
    ).encode()
