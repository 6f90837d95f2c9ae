"""The ways to cut a city into groups of sites."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from geodata.answers.city import Sites
from geodata.answers.coded import Coded, Codes
from geodata.kinds import SITE_KIND_LABELS, SiteKind
from geodata.place.district import load_districts
from geodata.zones import load_zones


class By(StrEnum):
    """What sites are grouped by."""

    DISTRICT = "district"
    TOWN = "town"
    ZONE = "zone"
    SITE_KIND = "site_kind"


BY_LABELS: dict[By, tuple[str, str]] = {
    By.DISTRICT: ("区", "District"),
    By.TOWN: ("街镇", "Town"),
    By.ZONE: ("片区", "Zone"),
    By.SITE_KIND: ("类别", "Kind of site"),
}


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups by key, "" where it is not known; a town's `within` is its district."""

    keys: tuple[str, ...]
    within: tuple[str, ...]
    codes: Codes


def groups(sites: Sites, by: By, *, zones: Mapping[str, str] | None = None) -> Groups:
    """Every site in one group; districts and zones without a site are groups too."""
    zones = load_zones() if zones is None else zones
    match by:
        case By.TOWN:
            return _towns(sites)
        case By.DISTRICT:
            return _listed(sites.district, load_districts().names)
        case By.ZONE:
            column = Coded(
                tuple(zones.get(district, "") for district in sites.district.labels),
                sites.district.codes,
            )
            return _listed(column, tuple(dict.fromkeys(zones.values())))
        case By.SITE_KIND:
            return _listed(sites.kind, tuple(SITE_KIND_LABELS))


def label(by: By, key: str) -> tuple[str, str]:
    """A group in words, Chinese and English."""
    if not key:
        return ("未填", "Not stated")
    return SITE_KIND_LABELS[SiteKind(key)] if by is By.SITE_KIND else (key, key)


def _listed(column: Coded, wanted: tuple[str, ...]) -> Groups:
    """The wanted groups in their order, then whatever else stands in the column."""
    keys = tuple(dict.fromkeys((*wanted, *sorted(set(column.labels) - set(wanted)))))
    number = {key: code for code, key in enumerate(keys)}
    renumber = np.array([number[one] for one in column.labels], dtype=np.intp)
    codes = renumber[column.codes] if len(column) else np.zeros(0, np.intp)
    return Groups(keys, ("",) * len(keys), codes)


def _towns(sites: Sites) -> Groups:
    wide = len(sites.town.labels)
    both = sites.district.codes * wide + sites.town.codes
    found, codes = np.unique(both, return_inverse=True)
    return Groups(
        keys=tuple(sites.town.labels[one % wide] for one in found),
        within=tuple(sites.district.labels[one // wide] for one in found),
        codes=codes.reshape(-1),
    )
