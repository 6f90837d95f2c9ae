"""`/embed/builder`: choose what a map shows, see it, and copy the line that puts it in a page."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, request

from geodata.embeds.around import site_names
from geodata.errors import ParameterError
from geodata.kinds import Kind
from geodata.offered import FACILITY_CODES
from geodata.place.district import load_districts, load_towns
from geodata.store import Store
from maps.embed_theme import ACCENTS
from maps.facilities import filter_name
from service.embeds import frames as embed_frames
from service.embeds.asked import FILTERS, LISTS, VIEW, Embed, kept, read_embed
from service.embeds.form import USUAL, Choice, read_choice
from service.embeds.lines import Lines, title_of
from service.embeds.places import chosen, search_of
from service.embeds.still import list_of
from service.public import public_places
from service.request import html_page, site_of, words_of
from service.settings import Settings
from service.workshop import gazetteer_files

# Beyond this a list of names helps nobody; any name can still be typed.
MOST_NAMES = 400


@dataclass(frozen=True, slots=True)
class Built:
    """The lines of a choice, with the faults it had."""

    choice: Choice
    lines: Lines
    embed: Embed
    fault: str


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """The builder as a page, and what it shows as JSON for its script."""
    pages = Blueprint("builder", __name__)
    snapshot = public_places(settings, store)
    known = gazetteer_files(settings.gazetteers)

    @pages.get("/embed/builder")
    def choose() -> Response:
        embed_frames.may_frame_ourselves()
        built = _built(settings, store)
        return html_page(
            "builder.html",
            given=_given(built.choice),
            **_shown(built, embed_frames.allowed(settings, store)),
            **_choices(built.choice),
            facilities=[(code, filter_name(code, words_of(request))) for code in FACILITY_CODES],
            names=_names(store),
            listing=_listing(built),
            site=request.args.get("site", ""),
        )

    @pages.get("/embed/builder.json")
    def lines() -> Response:
        built = _built(settings, store)
        shown = _shown(built, embed_frames.allowed(settings, store))
        return jsonify(
            {name: str(line) for name, line in shown["lines"].items()}
            | {name: shown[name] for name in ("address", "fault", "listed", "title")}
            | {
                "list": str(_listing(built)),
                "towns": _choices(built.choice)["towns"],
                "start": [built.choice.asked.get(name, "") for name in ("lon", "lat", "z")],
                "height": built.choice.size.height,
            }
        )

    def _listing(built: Built) -> str:
        places = snapshot()
        found = chosen(places, search_of(built.embed, known, places))
        return list_of(built.lines, found)

    return pages


def _built(settings: Settings, store: Store) -> Built:
    """The lines of the request at hand."""
    choice, fault = read_choice(request.args, settings.basemap), ""
    try:
        embed = read_embed(choice.asked, store)
    except ParameterError as error:
        # The map stays as it usually is until the fault is mended.
        embed, fault = read_embed({}, store), str(error)
        choice = Choice(kept({}), choice.size, choice.site, choice.fault)
    site = site_of(request, settings.site_url)
    title = title_of(embed, words_of(request))
    return Built(
        choice, Lines(site, choice.asked, title, choice.size), embed, fault or choice.fault
    )


def _shown(built: Built, sites: tuple[str, ...]) -> dict[str, Any]:
    lines, site = built.lines, built.choice.site
    return {
        "address": lines.address.replace(lines.site, request.script_root, 1),
        "lines": {
            "frame": lines.frame,
            "script": lines.script,
            "oembed": lines.oembed,
            "code": lines.code.replace(lines.site, request.script_root, 1),
            "picture": lines.picture.replace(lines.site, request.script_root, 1),
        },
        "title": lines.title,
        "fault": built.fault,
        "listed": None if site is None else embed_frames.is_listed(site, sites),
    }


def _names(store: Store) -> list[str]:
    with store.reading() as session:
        return site_names(session)[:MOST_NAMES]


def _given(choice: Choice) -> dict[str, str]:
    """What the form shows as chosen."""
    colour = choice.asked.get("accent", "")
    return {
        **dict.fromkeys((*FILTERS, *VIEW), ""),
        **USUAL,
        **choice.asked,
        "colour": "" if colour in ACCENTS else colour,
        "width": str(choice.size.width or ""),
        "height": str(choice.size.height),
    }


def _choices(choice: Choice) -> dict[str, Any]:
    district = choice.asked.get("district", "")
    return {
        "kinds": tuple(Kind),
        "chosen_kinds": choice.asked.get("kind", "").split(","),
        "chosen_facilities": choice.asked.get("with", "").split(","),
        "districts": load_districts().names,
        "towns": [town.name for town in load_towns() if town.district == district],
        "lists": LISTS,
        "accents": ACCENTS,
    }
