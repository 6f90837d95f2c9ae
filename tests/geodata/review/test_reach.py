from dataclasses import replace

import pytest

from geodata.accounts.roles import Person, Role
from geodata.errors import NoSuchRecordError
from geodata.review.queue import queue
from geodata.review.reach import must_reach, reaches
from geodata.review.stored import rows_at

KEY = "浦东新区|road=三鲁公路|number=2009"
# The records lie in Minhang, but Pudong declared them.
PUDONG, MINHANG = ("浦东新区",), ("闵行区",)


def person(districts=(), unions=()):
    return Person("post", Role.REVIEWER, districts, unions)


@pytest.fixture
def declared(store, take, place):
    """One address of two records, one of them of a union."""
    first, second = place("三鲁公路2009号", "浦东新区"), place("三鲁公路2009号", "浦东新区")
    (service,) = second.services
    union = replace(service, name="工会的", union="市教育工会")
    take(store, first, replace(second, name="另一处", services=(union,)))
    return store


@pytest.mark.parametrize(
    ("who", "his"),
    [
        (person(), True),
        (person(PUDONG), True),
        (person(MINHANG), False),
        (person((), ("市医务工会",)), False),
    ],
)
def test_an_address_is_of_the_district_that_declared_it(declared, who, his):
    with declared.reading() as session:
        assert (reaches(who, rows_at(session, KEY)), len(queue(session, by=who))) == (his, his)


def test_all_records_of_an_address_must_be_his(store, take, place, site):
    take(store, place("三鲁公路2009号", "浦东新区"), site("三鲁公路2009号", "浦东新区",
         name="园区", workers=5))  # fmt: skip
    with store.writing() as session:
        for row in rows_at(session, KEY):
            row.district_declared = "浦东新区" if row.__tablename__ == "place" else "闵行区"
    with store.reading() as session:
        rows = rows_at(session, KEY)
        with pytest.raises(NoSuchRecordError):
            must_reach(person(PUDONG), rows)
        assert reaches(person((*PUDONG, *MINHANG)), rows)


def test_a_union_reaches_its_own_records_in_every_district(store, take, place):
    declared = place("三鲁公路2009号", "浦东新区")
    (service,) = declared.services
    take(store, replace(declared, services=(replace(service, union="市教育工会"),)))
    with store.reading() as session:
        assert len(queue(session, by=person((), ("市教育工会",)))) == 1
