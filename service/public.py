"""What the public may see: plaqued places, and those under rectification if the setting says so."""

from collections.abc import Callable
from functools import partial

from geodata.snapshot import Snapshot
from geodata.store import Store
from service.settings import Settings

Snapshots = Callable[[], Snapshot]


def public_places(settings: Settings, store: Store) -> Snapshots:
    """Gives the snapshot every public page, map and document reads."""
    return partial(store.snapshot, rectifying=settings.show_rectifying)
