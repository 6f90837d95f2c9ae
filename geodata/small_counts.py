"""Which cells of a public table may be shown: none that tells, alone or by subtraction, of a few.

A table of parts stands beside the sums of its wholes (towns beside districts). A withheld part can
be had back as whole less the shown parts, so what is withheld of a whole must be nothing, or count
enough again. The smallest shown part is withheld with it until it does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole, and of how many its figures are made.

    `lonely` where one stands alone on one side of its share. Shares of all parts beside that of
    their whole tell how large the parts are to each other: of two such parts, who stands alone in
    one could work out who stands alone in the other.
    """

    whole: str
    counted: int
    lonely: bool = False


def shown_wholes(counted: Mapping[str, int], *, fewest: int) -> frozenset[str]:
    """The wholes whose figures may be shown; no sum of all of them may stand beside."""
    return frozenset(whole for whole, count in counted.items() if count >= fewest)


def shown_parts(
    parts: Mapping[Key, Part], wholes: Mapping[str, int], *, fewest: int
) -> frozenset[Key]:
    """The parts whose figures may be shown beside those of their wholes.

    `wholes` count everything of a whole, also what stands in no part that could be shown.
    """
    of_whole: dict[str, list[tuple[int, Key]]] = {}
    for key, part in parts.items():
        if part.counted >= fewest and not (part.lonely and fewest > 1):
            of_whole.setdefault(part.whole, []).append((part.counted, key))
    shown: set[Key] = set()
    for whole, some in of_whole.items():
        shown.update(_beside(some, wholes.get(whole, 0), fewest))
    return frozenset(shown)


def _beside(some: Sequence[tuple[int, Key]], every: int, fewest: int) -> list[Key]:
    # The smallest first: the fewest people lose a figure.
    left = sorted(some, key=lambda one: (-one[0], str(one[1])))
    rest = every - sum(count for count, _ in left)
    while left and 0 < rest < fewest:
        rest += left.pop()[0]
    return [key for _, key in left]
