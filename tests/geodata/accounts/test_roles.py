"""A role includes those before it; a reach bounds what is not public."""

import pytest

from geodata.accounts.roles import Person, Role
from geodata.errors import NoSuchRecordError
from geodata.kinds import Status

CITY = Person("city", Role.REVIEWER)
PUDONG = Person("pudong", Role.EDITOR, districts=("浦东新区",))
METRO = Person("metro", Role.EDITOR, unions=("申通地铁集团工会",))


def test_each_role_may_what_those_before_it_may() -> None:
    may = {role: [str(needed) for needed in Role if role.may(needed)] for role in Role}
    assert may == {
        Role.VIEWER: ["viewer"],
        Role.EDITOR: ["viewer", "editor"],
        Role.REVIEWER: ["viewer", "editor", "reviewer"],
        Role.ADMIN: ["viewer", "editor", "reviewer", "admin"],
    }


def test_drafts_of_others_are_not_seen_and_public_points_are() -> None:
    seen = [
        (who.login, status.value, who.sees("黄浦区", status))
        for who in (CITY, PUDONG)
        for status in (Status.DECLARED, Status.PLAQUED)
    ]
    assert seen == [
        ("city", "declared", True),
        ("city", "plaqued", True),
        ("pudong", "declared", False),
        ("pudong", "plaqued", True),
    ]


def test_a_union_reaches_its_own_in_every_district() -> None:
    assert METRO.reaches("黄浦区", "申通地铁集团工会")
    assert not METRO.reaches("黄浦区", "")
    assert not METRO.reaches("黄浦区", "别的工会")


def test_what_is_out_of_reach_is_refused() -> None:
    PUDONG.must_reach("浦东新区")
    with pytest.raises(NoSuchRecordError):
        PUDONG.must_reach("黄浦区")
