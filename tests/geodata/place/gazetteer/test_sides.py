import pytest

from geodata.place.gazetteer.door import Door
from geodata.place.gazetteer.piece import Method, Piece
from geodata.place.gazetteer.sides import left_of, odd_left

# A road that counts to the east, its sides 0.0008 degrees of latitude (89 m) apart.
NORTH, SOUTH, MIDDLE = 31.2008, 31.2, 31.2004


def doors(numbers, lat):
    """Doors that stand 9.5 m a number along the road."""
    return tuple(Door(n, 121.4 + n * 0.0001, lat, 90.0, "静安区") for n in numbers)


ODD, EVEN = (11, 31, 51), (20, 40, 60)
ODD_NORTH = (doors(EVEN, SOUTH), doors(ODD, NORTH))
ODD_SOUTH = (doors(EVEN, NORTH), doors(ODD, SOUTH))


def guess(sides, number):
    found = Piece.of([*sides[0], *sides[1]]).guess(number)
    return found.method, round(found.lon, 3), round(found.lat, 4)


@pytest.mark.parametrize(("sides", "expected"), [(ODD_NORTH, 1.0), (ODD_SOUTH, -1.0)])
def test_doors_across_from_each_other_tell_the_side(sides, expected):
    assert odd_left(sides) == expected


@pytest.mark.parametrize("sides", [((), ODD_NORTH[1]), (ODD_NORTH[0], ()), ((), ())])
def test_where_one_side_is_not_known_custom_says_half(sides):
    assert odd_left(sides) == 0.5


def test_one_door_in_the_middle_of_the_road_does_not_change_custom():
    assert odd_left((doors([20, 40], MIDDLE), doors([31], MIDDLE))) == 0.5


def test_left_of_a_road_that_counts_to_the_east_is_north():
    lon, lat = left_of(doors([1, 2, 3, 40], SOUTH), 10)
    assert (round(lon, 9), round(lat * 110_861, 3)) == (0.0, 1.0)


@pytest.mark.parametrize("numbers", [[], [5], [5, 6]])
def test_a_course_too_short_has_no_side(numbers):
    assert left_of(doors(numbers, SOUTH), 5) is None


def test_a_number_past_the_end_of_its_side_crosses_to_it():
    # 61 lies at 60, on the even side: 80 m over to the odd one.
    assert guess(ODD_NORTH, 61) == (Method.BEYOND, 121.406, 31.2007)
    assert guess(ODD_SOUTH, 61) == (Method.BEYOND, 121.406, 31.2001)


def test_between_both_sides_only_the_rest_of_the_way_is_crossed():
    # From 51 over to 60 the line leaves the odd side; 80 m wide, 4/9 of it are crossed back.
    assert guess(ODD_NORTH, 55) == (Method.ACROSS, 121.406, 31.2008)


def test_a_number_past_a_door_of_its_own_side_lies_at_that_door():
    assert guess(ODD_NORTH, 80) == (Method.BEYOND, 121.406, SOUTH)
