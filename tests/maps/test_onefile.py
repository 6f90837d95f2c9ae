"""The one-file map: nothing outside, nothing that text could break out of."""

import base64
import hashlib
import json
import re

import shapely

from geodata.boundaries.store import Boundaries
from geodata.kinds import Kind, SiteKind, Status
from geodata.public_places import PublicPlace, PublicService
from geodata.screen import Screen, Spread
from geodata.views import (
    CoverageTotals,
    DistrictCoverage,
    LunchView,
    PlannerView,
    SiteCoverage,
    UnplacedRow,
)
from maps.coverage_page import numbers, people, percent
from maps.onefile import data_block, one_file
from maps.ranking import district_rows, site_rows
from maps.words import CHINESE, ENGLISH

HOSTILE = "<img src=x onerror=alert(1)></script><!--${alert(1)}`\u2028&amp;{{ 7 * 7 }}"
NO_LUNCH = LunchView("", None, None, None, None, None, None, listed=False, box="no_data", doubts=())


def site(number: int, state: str, workers: int | None, *, priority: bool = False) -> SiteCoverage:
    return SiteCoverage(
        id=number,
        name=HOSTILE,
        kind=SiteKind.PARK,
        district="浦东新区",
        lon=121.6,
        lat=31.2,
        workers=workers,
        state=state,
        priority=priority,
        nearest_m=1500.0,
        nearest_name=HOSTILE,
        reason="1000 米内没有健康服务点",
        lunch=NO_LUNCH,
        sample=False,
    )


def district(name: str, code: str, share: float | None, uncovered: int) -> DistrictCoverage:
    return DistrictCoverage(code, name, share, 0, uncovered, 1, 1, 0, 0, 0, 0, 1, None, 1)


def point() -> PublicPlace:
    service = PublicService(
        Kind.HEALTH_POINT, HOSTILE, Status.PLAQUED, "", (), (), "", "", None, None
    )
    return PublicPlace(
        9, HOSTILE, "浦东新区", "", "", 121.6, 31.2, "number", 90.0, "", "", (), (service,), False
    )


VIEW = PlannerView(
    radius_m=1000.0,
    count_rectifying=False,
    detour=1.3,
    estimated=True,
    totals=CoverageTotals(0.4, 0.35, None, 4000, 12000, 16000, 4, 2, 1, 1, 1, 0),
    districts=(
        district("浦东新区", "310115", 0.4, 3000),
        district("金山区", "310116", None, 0),
        district("黄浦区", "310101", 0.1, 9000),
    ),
    sites=(
        site(1, "covered", 9000),
        site(2, "gap", 900),
        site(3, "gap", 3000, priority=True),
        site(4, "unknown_clinic_uncovered", None),
        site(5, "gap", 950),
    ),
    unplaced=(UnplacedRow(10, HOSTILE, (Kind.READING_ROOM,), "黄浦区", "没有地址", False),),
    points=(point(),),
)
PAGE = one_file(Screen(VIEW, None), as_of="2025-06-30")


def test_hostile_names_stay_text() -> None:
    assert "<img src=x" not in PAGE
    assert PAGE.count("</script>") == PAGE.count("<script")
    assert "${alert(1)}" in PAGE
    assert "{{ 7 * 7 }}" in PAGE


def test_the_data_block_can_be_read_back() -> None:
    (block,) = re.findall(r'id="data-coverage">(.*?)</script>', PAGE, flags=re.DOTALL)
    assert json.loads(block)["points"][0]["name"] == HOSTILE
    assert not set("<>&\u2028\u2029") & set(block)
    assert data_block({"a": "</script>"}) == '{"a":"\\u003c/script\\u003e"}'


def test_the_policy_names_exactly_the_scripts_and_styles_inside() -> None:
    (policy,) = re.findall(r'Policy" content="([^"]+)"', PAGE)
    bodies = re.findall(r"<script>(.*?)</script>", PAGE, flags=re.DOTALL)
    bodies += re.findall(r"<style>(.*?)</style>", PAGE, flags=re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() for b in bodies]
    assert re.findall(r"sha256-([^&]+)&#39;", policy) == digests
    assert "unsafe" not in policy
    assert policy.startswith("default-src &#39;none&#39;;")


def test_it_asks_for_nothing_outside() -> None:
    elements = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", PAGE, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="(?!data:|#)([^"]+)"', elements) == []
    assert "@import" not in PAGE


def test_it_is_the_same_bytes_every_time() -> None:
    assert one_file(Screen(VIEW, None), as_of="2025-06-30") == PAGE


def test_the_ranking_puts_the_most_uncovered_first_and_no_count_last() -> None:
    rows = district_rows(VIEW.districts)
    assert [(row.name, row.style, row.bar) for row in rows] == [
        ("黄浦区", "s0", 60),
        ("浦东新区", "s1", 20),
        ("金山区", "none", 0),
    ]


def test_sites_come_loudest_first_then_by_workers() -> None:
    assert [row.site.id for row in site_rows(VIEW.sites, theme="health")] == [3, 5, 2, 4, 1]


def test_unknown_numbers_are_a_dash_never_zero() -> None:
    shown = {
        number.key: (number.text, number.basis) for number in numbers(Screen(VIEW, None), CHINESE)
    }
    assert shown["share"] == ("40.0%", "800 米 35.0%，1200 米 —")
    assert shown["uncovered"] == ("1.2 万", "共计入 1.6 万人")
    assert (percent(None), percent(0.0)) == ("—", "0.0%")
    assert (people(9999, CHINESE), people(62000, ENGLISH)) == ("9,999", "62,000")


def blocks(page: str) -> list[str]:
    return re.findall(r'type="application/json" id="data-([a-z]+)"', page)


def test_outlines_of_towns_go_in_where_they_are_loaded() -> None:
    towns = Boundaries(
        ("310115125",), ("张江镇",), ("浦东新区",), (shapely.box(121.58, 31.18, 121.66, 31.23),)
    )
    page = one_file(Screen(VIEW, None), towns=towns, as_of="2025-06-30")
    assert (blocks(PAGE), blocks(page)) == (
        ["coverage", "outline"],
        ["coverage", "outline", "towns"],
    )
    (block,) = re.findall(r'id="data-towns">(.*?)</script>', page, flags=re.DOTALL)
    (town,) = json.loads(block)["features"]
    assert town["properties"]["key"] == "浦东新区/张江镇"


def test_the_curve_is_drawn_where_half_days_are_shared_out() -> None:
    spread = Spread(0.5, ((0.0, 0.0), (0.5, 0.1), (1.0, 1.0)))
    page = one_file(Screen(VIEW, spread), as_of="2025-06-30")
    assert re.findall(r'lorenz-curve" d="([^"]+)"', page) == ["M0.0 220.0L110.0 198.0L220.0 0.0"]
    assert 'id="lorenz"' not in PAGE
