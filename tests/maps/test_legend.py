"""Legends say what the registries say."""

import re
from html import unescape

from geodata.coverage.lunch import LunchBox
from geodata.facilities import FACILITIES, OTHER_ICON
from geodata.kinds import KINDS
from maps.assets import asset_text
from maps.classes import (
    BOX_MARKS,
    NO_SHARE,
    SHARE_CLASSES,
    SITE_MARKS,
    share_class,
    site_mark,
)
from maps.legend import KindLegend, ShareLegend
from maps.words import CHINESE, ENGLISH


def test_the_kind_legend_is_the_registry_in_its_order() -> None:
    shown = KindLegend().render(words=CHINESE)
    assert re.findall(r'data-kind="(\w+)"', shown) == list(KINDS)
    assert re.findall(r"</svg> ([^<]+)</li>", shown) == [f.short for f in KINDS.values()]
    english = unescape(KindLegend().render(words=ENGLISH))
    assert re.findall(r"</svg> ([^<]+)</li>", english) == [f.english for f in KINDS.values()]


def test_colours_come_from_the_registry_alone() -> None:
    styles = asset_text("kinds.css")
    assert re.findall(r"\.k-(\w+)\{color:(#\w+)\}", styles) == [
        (str(kind), facts.colour) for kind, facts in KINDS.items()
    ]
    written = asset_text("zhitu.css") + asset_text("layers.js") + asset_text("icons.svg")
    assert [facts.colour for facts in KINDS.values() if facts.colour in written] == ["#C9590C"]


def test_every_kind_has_one_symbol() -> None:
    assert re.findall(r'<symbol id="k-(\w+)"', asset_text("icons.svg")) == list(KINDS)


def test_every_icon_a_template_or_facility_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="i-(\w+)"', asset_text("ui.svg")))
    assert {one.icon for one in FACILITIES} | {OTHER_ICON} <= drawn


def test_the_share_legend_shows_all_classes_and_no_count() -> None:
    shown = ShareLegend().render(words=CHINESE)
    keys = [item.key for item in SHARE_CLASSES]
    assert re.findall(r'swatch share-(\w+)"', shown) == [*keys, NO_SHARE]
    assert re.findall(r'class="site site-([\w-]+)', shown) == [
        *("p1", "gap", "unknown", "hours", "covered")
    ]


def test_the_lunch_legend_is_declared_against_computed() -> None:
    shown = ShareLegend(theme="lunch").render(words=CHINESE)
    assert re.findall(r'swatch share-(\w+)"', shown) == ["l0", "l1", "l2", "l3", NO_SHARE]
    assert re.findall(r'data-site-switch="box-(\w+)"', shown) == [str(box) for box in LunchBox]
    assert re.findall(r'scope="(?:col|row)">([^<]+)<', shown) == [
        *("测算难", "测算不难", "区里申报", "没申报")
    ]


def test_hexagons_have_their_own_classes_and_no_site_marks() -> None:
    shown = ShareLegend(area="hex").render(words=CHINESE)
    assert re.findall(r'swatch share-(\w+)"', shown) == ["h0", "h1", "h2", "h3", "h4"]
    assert "data-site-switch" not in shown


def test_every_mark_of_a_site_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="m-([\w-]+)"', asset_text("ui.svg")))
    assert {*SITE_MARKS, *BOX_MARKS.values()} <= drawn


def test_a_class_holds_its_lower_bound() -> None:
    shares = (None, 0.0, 0.3999, 0.4, 0.6, 0.7999, 0.8, 0.9, 1.0)
    assert [share_class(share) for share in shares] == [
        "none", "s0", "s0", "s1", "s2", "s2", "s3", "s4", "s4",
    ]  # fmt: skip


def test_priority_is_the_loudest_mark() -> None:
    marks = [
        site_mark("gap", priority=True),
        site_mark("gap", priority=False),
        site_mark("unknown_clinic_uncovered", priority=False),
        site_mark("hours_unknown", priority=False),
        site_mark("own_clinic", priority=False),
        site_mark("covered", priority=False),
    ]
    assert marks == ["p1", "gap", "unknown", "hours", "covered", "covered"]
