import pytest

from geodata.place.gazetteer.door import Door
from geodata.place.gazetteer.piece import Guess, Method, Piece, pieces


def door(number, lon, *, lat=31.2, error_m=90.0, district="静安区"):
    return Door(number, lon, lat, error_m, district)


# 0.001 degrees of longitude are 95.3 m here.
EVEN = [door(100, 121.400), door(140, 121.402), door(300, 121.410)]


def guess(doors, number):
    found = Piece.of(doors).guess(number)
    return found.method, round(found.lon, 6), round(found.scale_m), found.low.number


def test_a_number_lies_on_the_line_between_its_neighbours():
    assert guess(EVEN, 110) == (Method.BETWEEN, 121.4005, 191, 100)


def test_the_same_side_is_asked_before_the_other():
    other = [door(109, 121.406), door(111, 121.407)]
    assert guess([*EVEN, *other], 110) == (Method.BETWEEN, 121.4005, 191, 100)


def test_where_one_side_ends_both_sides_serve():
    doors = [door(100, 121.400), door(141, 121.404), door(201, 121.406)]
    assert guess(doors, 120) == (Method.ACROSS, 121.401951, 381, 100)


@pytest.mark.parametrize(("number", "expected"), [(98, (121.4, 100)), (302, (121.41, 300))])
def test_nothing_lies_beyond_the_last_known_door(number, expected):
    method, lon, _, low = guess(EVEN, number)
    assert (method, (lon, low)) == (Method.BEYOND, expected)


def test_a_door_far_beyond_is_as_far_off_as_the_road_counts():
    # 953 m over 200 numbers, a hundred numbers on.
    assert guess(EVEN, 400) == (Method.BEYOND, 121.41, 477, 300)


def test_one_known_number_has_no_pace():
    assert guess([door(100, 121.4)], 130) == (Method.LONE, 121.4, 30, 100)


def test_a_number_known_under_another_name_is_the_neighbour():
    assert guess(EVEN, 140) == (Method.SAME, 121.402, 0, 140)


def test_a_number_listed_twice_lies_in_the_middle():
    both = Piece.of([door(5, 121.400), door(5, 121.402, error_m=150.0)]).both
    assert [(one.number, round(one.lon, 6), one.error_m) for one in both] == [(5, 121.401, 150.0)]


def test_a_piece_without_some_numbers_forgets_them():
    assert Piece.of(EVEN).without(frozenset({140})) == Piece.of([EVEN[0], EVEN[2]])


def test_namesakes_far_apart_are_two_roads():
    here, there = [door(1, 121.40), door(9, 121.41)], [door(3, 121.80), door(11, 121.81)]
    found = pieces([*here, *there])
    assert [[one.number for one in piece.both] for piece in found] == [[1, 9], [3, 11]]


def test_a_long_road_is_one_where_its_numbers_reach_as_far():
    found = pieces([door(580, 121.30), door(3908, 121.24)])
    assert [len(piece.both) for piece in found] == [2]


@pytest.mark.parametrize(
    ("district", "numbers"), [("静安区", [[580, 3908]]), ("普陀区", [[580], [3908]])]
)
def test_numbers_that_go_on_in_the_same_district_are_one_road(district, numbers):
    # 11 km for 3,328 numbers.
    found = pieces([door(580, 121.30), door(3908, 121.18, district=district)])
    assert [[one.number for one in piece.both] for piece in found] == numbers


def test_numbers_that_overlap_are_not_one_road():
    here, there = [door(1, 121.30), door(4001, 121.33)], [door(3908, 121.18)]
    assert len(pieces([*here, *there])) == 2


def test_the_gap_is_told():
    low, high = EVEN[0], EVEN[1]
    told = Guess(Method.BETWEEN, 121.4, 31.2, 190.7, low, high).explained(110)
    assert told == "插值：同侧 100–140，间距 191 米"
    assert Guess(Method.BEYOND, 121.4, 31.2, 8.0, high, high).explained(150) == (
        "末端邻号 140，相差 10 号"
    )
