from dataclasses import replace

import pytest

from geodata.errors import NotFoundError
from geodata.model import Coordinates, Datum
from geodata.place.candidate import Doubt, Verdict
from geodata.review.actions import not_a_place, undo
from geodata.review.queue import item, queue, ref_of, resolve

KEY = "浦东新区|road=三鲁公路|number=2009"
SURE = Coordinates(121.4010, 31.2080, Datum.WGS84)


def asked(store):
    with store.reading() as session:
        return [(one.names, one.workers, round(one.error_m)) for one in queue(session)]


def test_what_touches_most_workers_by_the_widest_error_comes_first(any_store, take, place, site):
    take(
        any_store,
        site("无名路1号", "黄浦区", name="小园区", workers=100),
        site("无名路2号", "黄浦区", name="大园区", workers=3000),
        site("无名路3号", "黄浦区", name="人数不详的园区", workers=None),
        place("三鲁公路2009号", "浦东新区", name="服务点", workers=200),
    )
    names = [names for names, _, _ in asked(any_store)]
    assert names == [("大园区",), ("小园区",), ("服务点",), ("人数不详的园区",)]


def test_a_place_without_a_count_of_its_own_affects_the_workers_of_sites_nearby(
    any_store, take, place, site
):
    near, far = (121.5250, 31.0580), (121.40, 31.208)
    pairs = [replace(SURE, lon=lon, lat=lat) for lon, lat in (near, far)]
    sites = [
        replace(site("", district, name=name, workers=workers), coordinates=pair)
        for district, name, workers, pair in (
            ("闵行区", "近", 700, pairs[0]),
            ("长宁区", "远", 9000, pairs[1]),
        )
    ]
    take(any_store, place("三鲁公路2009号", "浦东新区"), *sites)
    assert asked(any_store) == [(("站点",), 700, 90)]


def test_an_item_says_all_a_person_needs(any_store, take, place):
    take(any_store, place("三鲁公路2009号", "浦东新区", name="示例・站点", workers=50))
    with any_store.reading() as session:
        one = item(session, KEY)
    assert (one.canonical, one.ref, one.names) == (KEY, ref_of(KEY), ("示例・站点",))
    assert (one.address, one.district, one.sample) == ("三鲁公路2009号", "浦东新区", True)
    assert (one.verdict, one.doubts) == (Verdict.REVIEW, (Doubt.DISTRICT_MISMATCH,))
    assert (one.workers, one.error_m, one.weight) == (50, 90.0, 4500.0)
    assert (one.lon, one.lat, len(one.candidates)) == (None, None, 1)


def test_what_was_decided_is_not_asked_again_until_it_is_undone(any_store, take, place, locator):
    take(any_store, place("三鲁公路2009号", "浦东新区"))
    with any_store.writing() as session:
        not_a_place(session, KEY, by="规划员", locator=locator)
    assert asked(any_store) == []
    take(any_store, place("三鲁公路2009号", "浦东新区"))
    assert asked(any_store) == []
    with any_store.writing() as session:
        undo(session, KEY, locator=locator)
    assert asked(any_store) == [(("站点",), None, 90)]


def test_an_address_answers_to_its_short_name_and_its_long_one(any_store, take, place):
    take(any_store, place("三鲁公路2009号", "浦东新区"), place("北翟路1350号", "长宁区"))
    accepted = "长宁区|road=北翟路|number=1350"
    with any_store.reading() as session:
        assert [resolve(session, text) for text in (KEY, ref_of(KEY), ref_of(accepted))] == [
            KEY,
            KEY,
            accepted,
        ]
        with pytest.raises(NotFoundError, match="没有编号为 abc 的地址"):
            resolve(session, "abc")
