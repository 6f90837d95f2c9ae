"""Every district lies in one of the five zones."""

from geodata.place.district import load_districts
from geodata.zones import load_zones


def test_each_district_has_its_zone_and_no_other_is_named() -> None:
    zones = load_zones()
    assert set(zones) == set(load_districts().names)
    assert list(dict.fromkeys(zones.values())) == ["中", "东", "南", "西", "北"]
