"""What the public may see: plaqued places, and those under rectification if the setting says so."""

from collections.abc import Callable
from functools import partial

from geodata.duplicates.standing import stands_in
from geodata.public_places import PublicPlace
from geodata.snapshot import Snapshot
from geodata.store import Store
from service.settings import Settings

Snapshots = Callable[[], Snapshot]


def public_places(settings: Settings, store: Store) -> Snapshots:
    """Gives the snapshot every public page, map and document reads."""
    return partial(store.snapshot, rectifying=settings.show_rectifying)


def place_now(store: Store, places: Snapshot, place_id: int) -> PublicPlace:
    """The public place of an id, or the one that a merged-away place stands in.

    Raises:
        NotFoundError: neither is public.
    """
    if not places.has(place_id):
        with store.reading() as session:
            place_id = stands_in(session, place_id) or place_id
    return places.place(place_id)
