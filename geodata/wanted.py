"""Which places are asked for: one value for list, map, embed and every interface."""

from dataclasses import dataclass
from datetime import datetime

from geodata.kinds import Kind


@dataclass(frozen=True, slots=True)
class Near:
    """Within a walk of a position in WGS-84 degrees."""

    lon: float
    lat: float
    walk_m: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters that all must fit; empty ones ask nothing.

    A place fits when services of any of the `kinds`, surely open at `open_at` (the places' own
    wall clock), together offer all `facilities` (codes of `geodata.facilities`, or ALWAYS).
    `text` is looked for in names and addresses. Nothing without a position is `near`.
    """

    kinds: tuple[Kind, ...] = ()
    district: str = ""
    town: str = ""
    text: str = ""
    facilities: tuple[str, ...] = ()
    open_at: datetime | None = None
    near: Near | None = None

    @property
    def by_service(self) -> bool:
        """Whether it takes the single services of a place to tell."""
        return bool(self.facilities) or self.open_at is not None


EVERYTHING = Wanted()
