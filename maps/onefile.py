"""The coverage map as one file for a meeting or an e-mail: opens without service or network."""

import base64
import hashlib
import json
from typing import Any

from geodata.boundaries.store import Boundaries
from geodata.screen import Screen
from geodata.views import PlannerView
from maps.assets import asset, asset_text, sprites
from maps.base import Basemap
from maps.classes import LUNCH_MARKS
from maps.coverage_page import coverage_values
from maps.features import coverage_document
from maps.outline import city_bounds, core_bounds, outline_document
from maps.page import render
from maps.planner import Shown, planner_map
from maps.towns import COARSE_DEG, towns_document
from maps.words import CHINESE, Words

_SCRIPTS = (
    "leaflet/leaflet.js",
    "dom.js",
    "labels.js",
    "map.js",
    "layers.js",
    "fills.js",
    "demand.js",
    "swipe.js",
    "inset.js",
    "ranking.js",
    "onefile.js",
)
_STYLES = ("leaflet/leaflet.css", "zhitu.css", "kinds.css", "planner.css", "ranking.css")
_PLAIN = Basemap("none")
# A data block must not be able to close its own script element, nor start a comment in it.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def one_file(
    screen: Screen,
    basemap: Basemap = _PLAIN,
    *,
    towns: Boundaries | None = None,
    theme: str = "health",
    as_of: str = "",
    words: Words = CHINESE,
) -> str:
    """The whole page as HTML; `as_of` is the date printed on it.

    With outlines of `towns` the map can be filled by those too. Tiles would need a network, so of
    the basemap only the approval number is used.
    """
    view, towns = screen.view, towns or Boundaries()
    basemap = Basemap("none", approval=basemap.approval)
    scripts = [asset_text(name) for name in _SCRIPTS]
    styles = [asset_text(name) for name in _STYLES]
    made = planner_map(
        basemap=basemap,
        bounds=city_bounds(),
        core=core_bounds(),
        data_url="#data-coverage",
        outline_url="#data-outline",
        towns_url="#data-towns" if towns else "",
        shown=Shown(theme=theme),
        estimated=view.estimated,
    )
    return render(
        "onefile.html",
        words=words,
        inline=True,
        policy=_policy(scripts, styles),
        scripts=scripts,
        styles=styles,
        sprites=sprites(),
        logo=_logo(),
        map=made.render(words=words, inline=True),
        data=_blocks(view, basemap, towns),
        theme=theme,
        as_of=as_of,
        approximate=towns.approximate,
        lunch_levels=LUNCH_MARKS,
        **coverage_values(screen, words, theme=theme),
    )


def _blocks(view: PlannerView, basemap: Basemap, towns: Boundaries) -> dict[str, str]:
    documents = {
        "coverage": coverage_document(view, basemap),
        "outline": outline_document(basemap, drawn=True),
    }
    if towns:
        documents["towns"] = towns_document(basemap, towns, tolerance_deg=COARSE_DEG)
    return {name: data_block(document) for name, document in documents.items()}


def data_block(document: Any) -> str:
    """A document as JSON that can stand inside a script element."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_UNSAFE)


def _policy(scripts: list[str], styles: list[str]) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(scripts)}",
            f"style-src {_hashes(styles)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hashes(texts: list[str]) -> str:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _logo() -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(asset("favicon.svg")).decode()
