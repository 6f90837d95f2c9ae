"""The queue as one person wants to see it, and how much of it there is of each sort."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from geodata.place.candidate import Doubt
from geodata.review.queue import Item


class Order(StrEnum):
    """What comes first: what touches most workers, or what has waited longest."""

    WORKERS = "workers"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which part of the queue; what is empty does not narrow it."""

    district: str = ""
    doubt: Doubt | None = None
    form: str = ""
    order: Order = Order.WORKERS

    def of(self, items: Iterable[Item]) -> list[Item]:
        """The part, in its order; `items` come the weightiest first."""
        kept = [one for one in items if self._takes(one)]
        return kept if self.order is Order.WORKERS else sorted(kept, key=lambda one: one.since)

    def _takes(self, one: Item) -> bool:
        return (
            self.district in {"", one.district}
            and (self.doubt is None or self.doubt in one.doubts)
            and (not self.form or self.form in one.forms)
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many addresses there are of each sort, most first; one may be of several."""

    doubts: Mapping[Doubt, int]
    districts: Mapping[str, int]
    forms: Mapping[str, int]


def counted(items: Sequence[Item]) -> Counts:
    """Count a queue by what it can be narrowed by."""
    return Counts(
        dict(Counter(doubt for one in items for doubt in one.doubts).most_common()),
        dict(Counter(one.district for one in items).most_common()),
        dict(Counter(form for one in items for form in one.forms).most_common()),
    )
