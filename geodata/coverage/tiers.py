"""1+44+N+X: what must exist by the register, and what of it is missing, by name."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from geodata.kinds import Kind

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Completeness(Generic[Name]):
    """What of the required exists; `surplus` counts what exists beyond one of each required.

    No surplus pays for a lack.
    """

    required: int
    present: tuple[Name, ...]
    missing: tuple[Name, ...]
    surplus: int

    @property
    def count(self) -> int:
        """All that exists, required or not."""
        return len(self.present) + self.surplus

    @property
    def share(self) -> float | None:
        """Share of the required that exists; None without a register, which is no 0 %."""
        return len(self.present) / self.required if self.required else None


def completeness(required: Iterable[Name], existing: Sequence[Name]) -> Completeness[Name]:
    """The required against what exists, in the order of the register; a repeated name is one."""
    names = tuple(dict.fromkeys(required))
    there = set(existing)
    present = tuple(name for name in names if name in there)
    return Completeness(
        required=len(names),
        present=present,
        missing=tuple(name for name in names if name not in there),
        surplus=len(existing) - len(present),
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """How many doors there are, and behind how many of them each function is."""

    places: int
    functions: dict[Kind, int]


def counted(places: Iterable[Collection[Kind]]) -> Counted:
    """Count places by the kinds behind their doors.

    A fused site counts once as a place and once in each function; two rooms of a kind behind one
    door are that function once. A door without any kind is no place.
    """
    doors = [set(kinds) for kinds in places if kinds]
    found = Counter(kind for kinds in doors for kind in kinds)
    return Counted(len(doors), {kind: found[kind] for kind in Kind if kind in found})
