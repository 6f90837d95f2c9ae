"""Places and their services as everybody may see them."""

from dataclasses import dataclass

from geodata.hours import Hours
from geodata.kinds import KINDS, Kind, Status

# What a kind is called, for who searches 书屋 and means the kind.
_CALLED = {kind: f"{facts.label}\n{facts.short}" for kind, facts in KINDS.items()}


@dataclass(frozen=True, slots=True)
class PublicService:
    """A service point without its private and administrative fields."""

    kind: Kind
    name: str
    status: Status
    hours_text: str
    facilities: tuple[str, ...]
    services: tuple[str, ...]
    operator: str
    public_phone: str
    area_m2: float | None
    year: int | None
    hours: Hours | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A place and its services. `lon`, `lat` (WGS-84) are None while it is not on the map."""

    id: int
    name: str
    district: str
    town: str
    address: str
    lon: float | None
    lat: float | None
    level: str
    error_m: float | None
    reason: str
    reason_en: str
    flags: tuple[str, ...]
    services: tuple[PublicService, ...]
    sample: bool

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(dict.fromkeys(service.kind for service in self.services))

    @property
    def placed(self) -> bool:
        return self.lon is not None

    @property
    def searched(self) -> str:
        """What a text is looked for in."""
        names = [service.name for service in self.services if service.name != self.name]
        kinds = [_CALLED[kind] for kind in self.kinds]
        parts = (self.name, *names, *kinds, self.address, self.town, self.district)
        return "\n".join(parts).casefold()
