"""Several gazetteer files at once: where two contradict each other, the first one holds."""

from collections.abc import Iterable, Iterator, Sequence

from geodata.geodesy import metres_apart
from geodata.place.gazetteer.entry import Entry, Key, Kind


def first_wins(files: Iterable[Sequence[Entry]]) -> Iterator[Entry]:
    """The entries of all files but those that an earlier file places elsewhere."""
    known: dict[tuple[Kind, Key], list[Entry]] = {}
    for entries in files:
        fitting = [
            one
            for one in entries
            if not any(_contradicts(first, one) for first in known.get((one.kind, one.key), ()))
        ]
        for one in fitting:
            known.setdefault((one.kind, one.key), []).append(one)
        yield from fitting


def _contradicts(first: Entry, later: Entry) -> bool:
    """Whether a later file has the same thing farther off than the first says it can be.

    A name in another district is another place.
    """
    if first.district and later.district and first.district != later.district:
        return False
    here, there = first.position, later.position
    return metres_apart(here.lon, here.lat, there.lon, there.lat) > here.error_m
