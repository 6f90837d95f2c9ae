"""Features of all collections, made once a data version and kept for every request."""

from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock

import numpy as np

from geodata.store import Store
from geodata.sweeping import unswept
from service.ogc.collections import Collection, Source
from service.ogc.features import Features, Ints, Wish
from service.ogc.geometry import Bbox, Points
from service.ogc.sources import all_scenarios
from service.public import Snapshots

# A change in the middle of making is rare; twice in a row hardly happens.
_TRIES = 3


@dataclass(eq=False)
class Shelf:
    """The features of one data version. Safe to share between threads."""

    store: Store
    snapshots: Snapshots
    fewest: int
    _version: int = -1
    _made: dict[Source, Features] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def features(self, collection: Collection, stamp: str = "") -> Features:
        """All features of the source of a collection, as of now, or of a stamp just taken."""
        if collection.now:
            return collection.source(self.store, self.snapshots(), self.fewest)
        with self._lock:
            if stamp == str(self._version) and collection.source in self._made:
                return self._made[collection.source]
            version = self.store.version()
            if version != self._version:
                self._made, self._version = {}, version
            if collection.source not in self._made:
                self._make(collection.source)
            return self._made[collection.source]

    def stamp(self, collection: Collection | None = None) -> str:
        """What changes whenever an answer about a collection, or about all, may change."""
        if collection is None or not collection.now:
            return str(self.store.version())
        every = repr(all_scenarios(self.store)).encode()
        return blake2b(every, digest_size=8).hexdigest()

    def _make(self, source: Source) -> None:
        for _ in range(_TRIES):
            with unswept():
                self._made[source] = source(self.store, self.snapshots(), self.fewest)
            version = self.store.version()
            if version == self._version:
                return
            # What was made may mix two versions.
            self._made, self._version = {source: self._made[source]}, version


def members(collection: Collection, features: Features) -> Ints:
    """The numbers of the features that are in a collection."""
    return features.find(collection.wish({})) if collection.kinds else features.everything


def bounds(collection: Collection, features: Features) -> Bbox | None:
    """West, south, east, north of a collection; None while nothing of it is on the map."""
    geometry = features.geometry
    if collection.kinds and isinstance(geometry, Points):
        those = members(collection, features)
        geometry = Points(geometry.lon[those], geometry.lat[those])
    return geometry.bounds


def began(collection: Collection, features: Features) -> str | None:
    """The first day that is written down for any feature of a collection, as a moment."""
    if features.days is None:
        return None
    first = [
        days[0]
        for number in members(collection, features).tolist()
        for days in features.days[number]
        if days[0] is not None
    ]
    return f"{min(first).isoformat()}T00:00:00+08:00" if first else None


def one(features: Features, wish: Wish, feature: str) -> int | None:
    """Where a feature stands, if it is in the collection."""
    number = features.number(feature)
    if number is None or not wish.wanted.kinds:
        return number
    return number if bool(np.isin(number, features.find(wish))) else None
