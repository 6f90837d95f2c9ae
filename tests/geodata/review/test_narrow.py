from datetime import timedelta

from geodata.moments import utc_now
from geodata.place.candidate import Doubt
from geodata.review.narrow import Counts, Narrowed, Order, counted
from geodata.review.queue import queue
from geodata.tables import ReviewItem

MISMATCH, LOW = Doubt.DISTRICT_MISMATCH, Doubt.LOW_LEVEL
SANLU = "三鲁公路2009号"


def asked(store, take, place):
    take(store, place(SANLU, "浦东新区", workers=9), place("无名路1号", "黄浦区", workers=100))
    with store.writing() as session:
        older = session.get(ReviewItem, "浦东新区|road=三鲁公路|number=2009")
        older.at = utc_now() - timedelta(days=400)
    with store.reading() as session:
        return queue(session)


def test_the_queue_is_narrowed_by_what_one_asks_for(store, take, place):
    items = asked(store, take, place)
    told = {
        wanted: [one.address for one in wanted.of(items)]
        for wanted in (
            Narrowed(),
            Narrowed(order=Order.OLDEST),
            Narrowed(district="浦东新区"),
            Narrowed(doubt=MISMATCH),
            Narrowed(doubt=Doubt.DATUM_SUSPECT),
            Narrowed(form="stations"),
            Narrowed(form="register"),
        )
    }
    assert list(told.values()) == [
        ["无名路1号", SANLU],
        [SANLU, "无名路1号"],
        [SANLU],
        [SANLU],
        [],
        ["无名路1号", SANLU],
        [],
    ]


def test_the_queue_is_counted_by_doubt_district_and_form(store, take, place):
    assert counted(asked(store, take, place)) == Counts(
        {LOW: 1, MISMATCH: 1}, {"黄浦区": 1, "浦东新区": 1}, {"stations": 2}
    )
