"""The list of an embedded map before any script runs: one page of cards, open ones first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geodata.openings import ORDER
from geodata.public_places import PublicPlace
from geodata.wanted import Wanted
from maps.base import Basemap
from maps.features import cards
from maps.invented import sample_sentence
from service.clock import now

MOST = 40
_STATES = [str(state) for state in ORDER]


@dataclass(frozen=True, slots=True)
class Cards:
    """What is shown of all places that fit: `placed` on the map, `unplaced` named but not there.

    `sample` is the key of the sentence over it; empty when nothing in it is invented.
    """

    placed: tuple[dict[str, Any], ...]
    unplaced: tuple[dict[str, Any], ...]
    total: int
    unplaced_total: int
    sample: str


def cards_of(found: Sequence[PublicPlace], wanted: Wanted, basemap: Basemap) -> Cards:
    """The first cards of places in their order."""
    when = wanted.open_at or now()
    on_map = [place for place in found if place.placed]
    nowhere = [place for place in found if not place.placed]
    first = [(place, None) for place in on_map[:MOST]]
    placed = cards(first, basemap, first=wanted.kinds, when=when)
    return Cards(
        # Stable: within a state they keep their order.
        placed=tuple(sorted(placed, key=lambda item: _STATES.index(item["times"][0][0]))),
        unplaced=tuple(cards([(place, None) for place in nowhere[:MOST]], basemap)),
        total=len(found),
        unplaced_total=len(nowhere),
        sample=sample_sentence(place.sample for place in found),
    )
