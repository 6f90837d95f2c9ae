"""Findings by the thousand: counted whole, the first of each kind kept.

A file of a million rows may be wrong a million times; nobody reads more than the first, and a
report that held them all would be larger than the file.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

MOST_OF_A_GROUP = 60
MOST_GROUPS = 100


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """Findings that say the same: how many, and the first of them.

    `order` says when each of the first was found, among those of all groups.
    """

    count: int
    order: tuple[int, ...]
    first: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Groups(Generic[T]):
    """Findings of one sort; `beyond` counts those of further groups that were not kept."""

    groups: tuple[Group[T], ...] = ()
    beyond: int = 0

    @property
    def count(self) -> int:
        """How many there are in all."""
        return sum(group.count for group in self.groups) + self.beyond

    @property
    def first(self) -> tuple[T, ...]:
        """Those that were kept, in the order they were found."""
        ordered = [
            pair for group in self.groups for pair in zip(group.order, group.first, strict=True)
        ]
        return tuple(one for _, one in sorted(ordered, key=lambda pair: pair[0]))


@dataclass(slots=True)
class _Growing(Generic[T]):
    count: int = 0
    order: list[int] = field(default_factory=list)
    first: list[T] = field(default_factory=list)


class Gathering(Generic[T]):
    """Takes findings one by one; each is made only if it is kept."""

    def __init__(self, most: int = MOST_OF_A_GROUP) -> None:
        self._most = most
        self._groups: dict[Hashable, _Growing[T]] = {}
        self._beyond = 0
        self._met = 0

    def add(self, key: Hashable, make: Callable[[], T]) -> None:
        """Count one finding of a group."""
        group = self._groups.get(key)
        if group is None:
            if len(self._groups) == MOST_GROUPS:
                self._beyond += 1
                return
            group = self._groups[key] = _Growing()
        group.count += 1
        self._met += 1
        if len(group.first) < self._most:
            group.order.append(self._met)
            group.first.append(make())

    @property
    def groups(self) -> Groups[T]:
        """All that was gathered so far."""
        return Groups(
            tuple(
                Group(one.count, tuple(one.order), tuple(one.first))
                for one in self._groups.values()
            ),
            self._beyond,
        )
