"""A year's aims against what was declared, approved, built and plaqued."""

import pytest

from geodata.errors import ParameterError
from geodata.kinds import Status
from geodata.programmes.progress import Declared, Tally, progress
from geodata.programmes.targets import MEASURES, NOTICES, Target, set_target, targets, years
from geodata.store import Store

DISTRICTS = ("黄浦区", "金山区")


def point(
    status: Status,
    district: str = "黄浦区",
    *,
    works: str | None = "new",
    year: int | None = 2023,
    kind: str = "health_point",
) -> Declared:
    return Declared(kind, works, year, status, district)


def test_each_stage_includes_those_after_it() -> None:
    points = [point(status) for status in Status]
    found = progress(points, Target(MEASURES["health_new"], 20), 2023, DISTRICTS)
    assert found.city == Tally(declared=8, approved=6, built=4, plaqued=3, dropped=4)
    assert found.missing == 17


def test_a_district_that_declares_less_than_its_minimum_is_named() -> None:
    points = [point(Status.DECLARED, works="upgrade") for _ in range(2)]
    points += [point(Status.PLAQUED, "金山区", works="upgrade") for _ in range(3)]
    found = progress(points, Target(MEASURES["health_upgrade"], 50, 3), 2023, DISTRICTS)
    assert [(one.district, one.short) for one in found.districts] == [("黄浦区", 1), ("金山区", 0)]
    assert [one.district for one in found.short] == ["黄浦区"]


def test_what_names_no_year_or_no_works_is_told_and_not_counted() -> None:
    points = [
        point(Status.PLAQUED),
        point(Status.PLAQUED, works=None),
        point(Status.PLAQUED, year=None),
        point(Status.PLAQUED, year=2022),
        point(Status.PLAQUED, kind="fitness_station"),
    ]
    found = progress(points, Target(MEASURES["health_new"], 20), 2023, DISTRICTS)
    assert (found.city.plaqued, found.without_works, found.without_year) == (1, 1, 1)


def test_a_rejected_declaration_leaves_its_minimum_open() -> None:
    found = progress(
        [point(Status.REJECTED)], Target(MEASURES["health_new"], 20, 1), 2023, ("黄浦区",)
    )
    assert (found.districts[0].short, found.city.dropped) == (1, 1)


def test_the_notices_aims_stand_until_someone_sets_others(any_store: Store) -> None:
    with any_store.writing() as session:
        assert targets(session, 2023) == NOTICES[2023]
        assert targets(session, 2030) == ()
        for aim in (30, 25):
            set_target(
                session, 2023, "health_new", aim, per_district=2, source="会议纪要", by="admin"
            )
        set_target(session, 2027, "rest_rooms", 500, per_district=0, source="", by="admin")
        changed = targets(session, 2023)
        assert changed[0] == Target(MEASURES["health_new"], 25, 2, "会议纪要")
        assert changed[1:] == NOTICES[2023][1:]
        assert targets(session, 2027) == (Target(MEASURES["rest_rooms"], 500, 0, "admin"),)
        assert years(session) == [2027, 2024, 2023]


@pytest.mark.parametrize(("key", "target"), [("pubs", 1), ("fitness", -1), ("fitness", 10**9)])
def test_no_other_aim_can_be_set(store: Store, key: str, target: int) -> None:
    with store.writing() as session, pytest.raises(ParameterError):
        set_target(session, 2023, key, target, per_district=0, source="", by="admin")
