"""Which health points count, and every reason why not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.answers.question import Hour, Question
from geodata.answers.standing import AtHour, WhyNot, standing
from geodata.coverage import gaps
from geodata.hours import CLOSED_DAY, Hours, Span
from geodata.kinds import Kind, Status

NOON = Hour(2, 720)
WEDNESDAY = Hours(week=tuple((Span(540, 1020),) if d == 2 else CLOSED_DAY for d in range(7)))
THURSDAY = Hours(week=tuple((Span(540, 1020),) if d == 3 else CLOSED_DAY for d in range(7)))
ROWS: dict[str, dict[str, object]] = {
    "算": {"half_days": 2.0, "hours": WEDNESDAY},
    "黄牌": {"status": Status.RECTIFYING, "hours": WEDNESDAY},
    "红牌": {"status": Status.DELISTED, "hours": WEDNESDAY},
    "在建": {"status": Status.BUILDING, "hours": WEDNESDAY},
    "没有半天": {"half_days": 0.0, "hours": WEDNESDAY},
    "太粗": {"error_m": 401.0, "hours": WEDNESDAY},
    "没有位置": {"error_m": np.nan, "lonlat": (np.nan, np.nan), "hours": WEDNESDAY},
    "不开": {"hours": THURSDAY},
    "不明": {},
    "又黄又不明": {"status": Status.RECTIFYING},
}


def test_each_point_tells_every_reason(make_city) -> None:
    rows = [{"name": name, **row} for name, row in ROWS.items()]
    city = make_city(points=[*rows, {"kind": Kind.REST_ROOM}])
    found = standing(city, Question(hour=NOON))
    assert {name: found.why_not(n) for n, name in enumerate(ROWS)} == {
        "算": (),
        "黄牌": (WhyNot.RECTIFYING,),
        "红牌": (WhyNot.GONE,),
        "在建": (WhyNot.PLANNED,),
        "没有半天": (WhyNot.NO_SESSIONS,),
        "太粗": (WhyNot.TOO_COARSE,),
        "没有位置": (WhyNot.NOT_PLACED,),
        "不开": (WhyNot.CLOSED,),
        "不明": (WhyNot.HOURS_UNKNOWN,),
        "又黄又不明": (WhyNot.RECTIFYING, WhyNot.HOURS_UNKNOWN),
    }
    assert found.counts.tolist() == [True] + [False] * 9
    assert found.perhaps.tolist() == [False] * 8 + [True, False]
    assert found.at_hour == AtHour(open=1, closed=1, unknown=1)


def test_without_an_hour_nobody_asks_when_a_point_is_open(make_city) -> None:
    city = make_city(points=[{"hours": THURSDAY}, {}])
    found = standing(city, Question())
    assert (found.counts.tolist(), found.perhaps.tolist()) == ([True, True], [False, False])


def test_rectifying_counts_when_switched_on(make_city) -> None:
    city = make_city(points=[{"status": Status.RECTIFYING}])
    assert standing(city, Question(count_rectifying=True)).counts.tolist() == [True]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(Status)),
            st.sampled_from([np.nan, 0.0, 0.5, 1.0, 3.0]),
            st.sampled_from([np.nan, 5.0, 100.0, 399.0, 401.0]),
        ),
        max_size=8,
    ),
    st.booleans(),
    st.sampled_from([200.0, 1000.0]),
)
def test_what_counts_is_what_the_arithmetic_counts(make_city, rows, yellow, radius_m) -> None:
    city = make_city(points=[{"status": s, "half_days": h, "error_m": e} for s, h, e in rows])
    asked = replace(Question(count_rectifying=yellow), radius_m=radius_m)
    counted = gaps.counted(
        [s for s, _, _ in rows], np.array([h for _, h, _ in rows]), count_rectifying=yellow
    )
    placed = gaps.placed_well_enough(np.array([e for _, _, e in rows]), radius_m)
    assert standing(city, asked).counts.tolist() == (counted & placed).tolist()


@pytest.mark.parametrize("minute", [0, 539, 540, 1019, 1020])
def test_a_minute_before_opening_is_closed(make_city, minute: int) -> None:
    city = make_city(points=[{"hours": WEDNESDAY}])
    open_then = standing(city, Question(hour=Hour(2, minute))).counts.tolist()
    assert open_then == [540 <= minute < 1020]
