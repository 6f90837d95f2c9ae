"""Why two records may be the same, for the person who decides."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from geodata.duplicates.names import plain_name
from geodata.duplicates.pairs import similarity
from geodata.geodesy import geodesic_m
from geodata.model import Level
from geodata.tables import DemandSite, LunchOutlet, Place

Located = Place | DemandSite | LunchOutlet

# What a door is made of; a name beside a number only says the same door again.
_POINTS = frozenset(level.value for level in Level if level.is_point)
_DOOR = re.compile(r"(?:(?<=\|)|^)(?:road|lane|sublane|number|building|unit)=[^|]*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two records share; `metres` is None unless both have a point.

    `basis` holds name, address and position of both as they were when this was found: only when
    it changes is a person asked again.
    """

    same_door: bool
    name_similarity: int
    metres: float | None
    error_m: tuple[float | None, float | None]
    same_code: bool
    same_phone: bool
    kinds: tuple[str, ...]
    basis: tuple[tuple[Any, ...], tuple[Any, ...]] = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        lists = {
            "error_m": list(self.error_m),
            "kinds": list(self.kinds),
            "basis": [list(one) for one in self.basis],
        }
        return asdict(self) | lists


def door(canonical: str) -> str:
    """The road, lane and number of a canonical address; "" where it names no door."""
    parts = _DOOR.findall(canonical)
    numbered = any(part.startswith(("number=", "lane=")) for part in parts)
    return "|".join(parts) if numbered and len(parts) > 1 else ""


def is_point(level: str | None) -> bool:
    """Whether a stored level is that of a spot, not of a road, town or district."""
    return level in _POINTS


def evidence(one: Located, other: Located) -> Evidence:
    """What two stored records of one table share."""
    names = (plain_name(record.name) for record in (one, other))
    return Evidence(
        same_door=door(one.canonical) != "" and door(one.canonical) == door(other.canonical),
        name_similarity=round(similarity(*names)),
        metres=_metres(one, other),
        error_m=(one.error_m, other.error_m),
        same_code=_shared(one, other, "official_code"),
        same_phone=_shared(one, other, "public_phone"),
        kinds=tuple(sorted(_kinds(one) & _kinds(other))),
        basis=(_basis(one), _basis(other)),
    )


def is_news(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a name, an address or a position has changed since."""
    return bool(before["basis"] != now["basis"])


def _metres(one: Located, other: Located) -> float | None:
    if not (is_point(one.level) and is_point(other.level)):
        return None
    here, there = (np.array([[row.lon, row.lat]], dtype=np.float64) for row in (one, other))
    return round(float(geodesic_m(here[:, 0], here[:, 1], there[:, 0], there[:, 1])[0]), 1)


def _basis(record: Located) -> tuple[Any, ...]:
    return record.name, record.canonical, record.lon, record.lat


def _kinds(record: Located) -> set[str]:
    if isinstance(record, Place):
        return {service.kind for service in record.services}
    return {record.kind}


def _shared(one: Located, other: Located, field: str) -> bool:
    """Whether some service of each has the same code or phone."""
    if not isinstance(one, Place) or not isinstance(other, Place):
        return False
    mine, its = ({getattr(s, field) for s in place.services} - {""} for place in (one, other))
    return bool(mine & its)
