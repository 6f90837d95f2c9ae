from sqlalchemy import select

from geodata.model import Coordinates, Datum, Level, Position
from geodata.place.candidate import Candidate
from geodata.review.candidates import candidates_by_key, candidates_of
from geodata.tables import GeocodeCandidate, ReviewItem

KEY = "浦东新区|road=三鲁公路|number=2009"
DOOR = Candidate(Position(121.524508, 31.057544, Level.NUMBER, 90.0, "地址表"), "gazetteer")


def items(store):
    with store.reading() as session:
        rows = session.scalars(select(ReviewItem).order_by(ReviewItem.canonical)).all()
        return [(row.canonical, row.verdict, row.doubts) for row in rows]


def test_what_a_person_must_decide_is_kept_with_all_its_candidates(any_store, take, place):
    take(any_store, place("三鲁公路2009号", "浦东新区"), place("北翟路1350号", "长宁区"))
    assert items(any_store) == [(KEY, "review", ["district_mismatch"])]
    with any_store.reading() as session:
        assert candidates_of(session, KEY) == (DOOR,)


def test_the_same_file_again_touches_nothing(any_store, take, place):
    for _ in range(2):
        take(any_store, place("三鲁公路2009号", "浦东新区"))
        with any_store.reading() as session:
            ids = session.scalars(select(GeocodeCandidate.id)).all()
    assert ids == [1]


def test_coordinates_and_the_door_they_miss_are_both_candidates(any_store, take, place):
    pair = Coordinates(121.36, 31.225915, Datum.WGS84)
    take(any_store, place("北翟路1350号", "长宁区", coordinates=pair))
    key = "长宁区|road=北翟路|number=1350"
    assert items(any_store) == [(key, "accept_verify", ["provider_disagree"])]
    with any_store.reading() as session:
        found = candidates_by_key(session, [key])[key]
    assert [(one.provider, one.position.lon) for one in found] == [
        ("form", 121.36),
        ("gazetteer", 121.342189),
    ]


def test_an_address_that_is_plainly_accepted_later_leaves_the_queue(any_store, take, place):
    wrong = Coordinates(121.36, 31.225915, Datum.WGS84)
    right = Coordinates(121.3422, 31.225915, Datum.WGS84)
    take(any_store, place("北翟路1350号", "长宁区", coordinates=wrong))
    take(any_store, place("北翟路1350号", "长宁区", coordinates=right))
    assert items(any_store) == []


def test_of_two_records_at_one_address_the_graver_verdict_is_asked(any_store, take, place):
    far = Coordinates(121.36, 31.225915, Datum.WGS84)
    take(
        any_store,
        place("北翟路1350号", "长宁区", coordinates=far),
        place("北翟路1350号2楼", "长宁区", name="另一家"),
    )
    assert [verdict for _, verdict, _ in items(any_store)] == ["accept_verify"]


def test_a_record_without_an_address_asks_nobody(any_store, take, place):
    take(any_store, place("", "长宁区"))
    assert items(any_store) == []
