import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from geodata.errors import NotFoundError, ParameterError
from geodata.geodesy import geodesic_m
from geodata.model import Coordinates, Datum, Level, Position, Reason, Unlocated
from geodata.place.datum import convert
from geodata.place.ruling import Corrected
from geodata.review.actions import correct, move, not_a_place, pick, pin, pinned, undo
from geodata.review.decisions import Action
from geodata.tables import Decision, Place

KEY = "浦东新区|road=三鲁公路|number=2009"
THERE = (121.5300, 31.0600)


@pytest.fixture
def doubted(any_store, take, place):
    """A place in Minhang that its own row puts in Pudong."""
    take(any_store, place("三鲁公路2009号", "浦东新区"))
    return any_store


@pytest.fixture
def settled(store, take, place, locator):
    """Settles the address at a position, in a store that holds it."""
    take(store, place("三鲁公路2009号", "浦东新区"))

    def settle(lon, lat):
        with store.writing() as session:
            move(session, KEY, lon, lat, datum=Datum.WGS84, by="规划员", locator=locator)

    settle.store = store
    return settle


def stored(store):
    with store.reading() as session:
        row = session.scalars(select(Place)).one()
        return row.lon, row.lat, row.level, row.error_m, row.reason, row.district


def found(store):
    return stored(store)[:2]


def test_a_doubted_address_waits_without_a_point(doubted):
    assert stored(doubted) == (None, None, None, None, "review", "浦东新区")


def test_picking_a_candidate_places_the_record_at_once(doubted, locator):
    version = doubted.version()
    with doubted.writing() as session:
        assert pick(session, KEY, 1, by="规划员", locator=locator) == 1
    assert stored(doubted) == (121.524508, 31.057544, "number", 90.0, "", "闵行区")
    assert doubted.version() == version + 1
    assert doubted.decisions() == {
        KEY: Position(121.524508, 31.057544, Level.NUMBER, 90.0, "人工核定 规划员")
    }


@pytest.mark.parametrize("n", [0, 2])
def test_only_a_candidate_there_is_can_be_picked(doubted, locator, n):
    with pytest.raises(ParameterError, match="这个地址有 1 个"), doubted.writing() as session:
        pick(session, KEY, n, by="", locator=locator)


@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.GCJ02, Datum.BD09])
def test_moving_takes_the_position_in_its_own_datum(doubted, locator, datum):
    lon, lat = (float(v) for v in convert(*THERE, source=Datum.WGS84, target=datum))
    with doubted.writing() as session:
        move(session, KEY, lon, lat, datum=datum, by="规划员", locator=locator)
    got = stored(doubted)
    assert (round(got[0], 7), round(got[1], 7), got[2:]) == (
        *THERE,
        ("manual", 15.0, "", "闵行区"),
    )


def test_a_position_outside_the_city_is_refused(doubted, locator):
    with pytest.raises(ParameterError, match="本市范围以外"), doubted.writing() as session:
        move(session, KEY, 116.4, 39.9, datum=Datum.WGS84, by="", locator=locator)
    assert doubted.decisions() == {}


def test_an_import_never_moves_what_a_person_decided(doubted, locator, take, place):
    with doubted.writing() as session:
        move(session, KEY, *THERE, datum=Datum.WGS84, by="规划员", locator=locator)
    version = doubted.version()
    take(doubted, place("三鲁公路2009号3楼", "浦东新区"))
    assert found(doubted) == THERE
    take(doubted, place("三鲁公路2009号", "浦东新区"))
    take(doubted, place("三鲁公路2009号", "浦东新区"))
    assert found(doubted) == THERE
    assert doubted.version() <= version + 2


def test_correcting_looks_the_right_address_up_and_keeps_the_written_one(
    any_store, take, place, locator
):
    take(any_store, place("北狄路1350号", "长宁区"))
    key = "长宁区|road=北狄路|number=1350"
    with any_store.writing() as session:
        assert correct(session, key, "北翟路1350号", by="规划员", locator=locator) == 1
    assert found(any_store) == (121.342189, 31.225915)
    assert any_store.decisions() == {key: Corrected("北翟路1350号")}
    take(any_store, place("北狄路1350号", "长宁区"))
    assert found(any_store) == (121.342189, 31.225915)
    with any_store.reading() as session:
        assert session.scalars(select(Place.address)).all() == ["北狄路1350号"]


@pytest.mark.parametrize("text", ["", "  ", "三鲁公路2009号5楼"])
def test_a_correction_that_corrects_nothing_is_refused(doubted, locator, text):
    with pytest.raises(ParameterError, match="更正后的地址"), doubted.writing() as session:
        correct(session, KEY, text, by="", locator=locator)


def test_what_is_no_place_stays_listed_and_off_the_map(doubted, locator):
    with doubted.writing() as session:
        not_a_place(session, KEY, by="规划员", note="只是通信地址", locator=locator)
    assert stored(doubted) == (None, None, None, None, "not_a_place", "浦东新区")
    assert doubted.decisions() == {KEY: Unlocated(Reason.NOT_A_PLACE, "只是通信地址")}


def test_undoing_gives_the_question_back(doubted, locator):
    before = stored(doubted)
    with doubted.writing() as session:
        move(session, KEY, *THERE, datum=Datum.WGS84, by="规划员", locator=locator)
    with doubted.writing() as session:
        assert undo(session, KEY, locator=locator) == 1
    assert (stored(doubted), doubted.decisions()) == (before, {})


def test_undoing_brings_back_the_forms_own_coordinates(any_store, take, place, locator):
    pair = Coordinates(121.3425, 31.2261, Datum.WGS84)
    take(any_store, place("北翟路1350号", "长宁区", coordinates=pair))
    before = stored(any_store)
    key = "长宁区|road=北翟路|number=1350"
    with any_store.writing() as session:
        move(session, key, 121.34, 31.22, datum=Datum.WGS84, by="", locator=locator)
    assert found(any_store) == (121.34, 31.22)
    with any_store.writing() as session:
        undo(session, key, locator=locator)
    assert stored(any_store) == before


def test_nothing_decided_is_nothing_to_undo(doubted, locator):
    with pytest.raises(NotFoundError, match="没有什么可撤销"), doubted.writing() as session:
        undo(session, KEY, locator=locator)


def test_records_without_an_address_are_never_decided_together(any_store, take, place, locator):
    take(any_store, place("", "长宁区", name="甲"), place("", "长宁区", name="乙"))
    with pytest.raises(ParameterError, match="没有地址"), any_store.writing() as session:
        not_a_place(session, "长宁区", by="", locator=locator)
    assert any_store.decisions() == {}


def test_a_pin_from_the_spot_says_so(doubted, locator):
    spot = pinned(*THERE, datum=Datum.WGS84, error_m=22.0, locator=locator)
    with doubted.writing() as session:
        pin(session, KEY, spot, by="", locator=locator)
    assert doubted.decisions()[KEY] == Position(*THERE, Level.MANUAL, 22.0, "现场核定")
    with doubted.reading() as session:
        row = session.scalars(select(Place)).one()
        assert (row.position_source, row.error_m) == ("现场核定", 22.0)
        assert session.get(Decision, KEY).action == Action.PIN


def test_a_place_whose_district_nobody_declared_stays_one_place(any_store, take, place, locator):
    take(any_store, place("三鲁公路2009号", ""))
    with any_store.writing() as session:
        spot = {"datum": Datum.WGS84, "by": "", "locator": locator}
        move(session, "|road=三鲁公路|number=2009", 121.5270, 31.1774, **spot)
    take(any_store, place("三鲁公路2009号", ""))
    assert stored(any_store)[5] == "浦东新区"


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.tuples(st.floats(121.2, 121.9), st.floats(30.9, 31.4)),
    st.lists(st.sampled_from(("三鲁公路2009号", "三鲁公路2009号5楼", "三鲁公路2009号（后门）"))),
)
def test_wherever_a_person_puts_it_no_import_moves_it(settled, take, place, spot, addresses):
    settled(*spot)
    take(settled.store, *(place(address, "浦东新区") for address in addresses))
    assert float(geodesic_m(*found(settled.store), *spot)) < 0.001
