"""What is said beside the address: brackets, 近…, …旁, distances."""

import re

from geodata.place.grammar import administrative, street
from geodata.place.grammar.draft import Draft
from geodata.place.grammar.metro import metro_near
from geodata.place.grammar.words import CUT, RELATION, SEPARATORS

_BRACKET = re.compile(r"\(((?:[^()]|\([^()]*\))*)(?:\)|$)")
_NEAR = re.compile(
    rf"(?:靠近|临近|邻近|毗邻|紧邻|紧靠|(?<![附最邻临靠毗相])近(?!铁城|铁广|代|郊|期))"
    rf"(?!\d{{1,2}}[A-Z]?号?(?:出入口|出口|口))(?P<what>[^,;{CUT}]+)"
)
_NEAR_WORD = re.compile(r"(?:靠近|临近|邻近|毗邻|紧邻|紧靠|近(?!铁城|铁广|代|郊|期))(?P<what>.+)")
_RELATED = re.compile(rf".*{RELATION}")
_DISTANCE = re.compile(
    r"(?:[外内向往以][东南西北]{0,2}侧?|[东南西北]{1,2}(?:侧|面)?)?(?:约|大约)?\d{1,4}(?:米|m|公里)(?![A-Za-z\d])(?:处|外|内|左右|以内|范围)*"
)
# 近浦村 is a village, not a neighbour of one.
_NAME_WITH_NEAR = re.compile(r"近.{1,3}村")
_SIDE = re.compile(r"[东南西北]{1,2}(?:侧|角)")
_MEZZANINE = re.compile(r"夹层|(?<![A-Za-z\d])(?:M|UG)层")
_ROAD_AND_MORE = re.compile(
    r"(?P<road>.+?(?:路|街|大道|公路)(?:路口|口)?)(?P<more>[A-Z\d]*(?:号楼|座|栋|幢|楼|层|室).*)"
)


def brackets(draft: Draft) -> None:
    draft.asides = [aside for found in _BRACKET.findall(draft.rest) if (aside := found.strip())]
    draft.rest = _BRACKET.sub(CUT, draft.rest).replace(")", CUT).strip(SEPARATORS)


def near(draft: Draft) -> None:
    match = _NEAR.search(draft.rest)
    if match and not _NAME_WITH_NEAR.fullmatch(draft.rest):
        what, more = match["what"], ""
        if split := _ROAD_AND_MORE.fullmatch(what):
            what, more = split["road"], split["more"]
        draft.near.append(what.strip(SEPARATORS))
        draft.rest = f"{draft.rest[: match.start()]}{CUT}{more}{draft.rest[match.end() :]}"


def address_in_brackets(draft: Draft) -> None:
    """Brackets around a road and number, while outside is only a name, hold the address."""
    if draft.road or draft.metro_station or (draft.estate and draft.number):
        return
    for aside in draft.asides:
        inner = Draft(rest=aside)
        for step in (*administrative.STEPS, *street.STEPS):
            step(inner)
        if inner.road and (inner.number or inner.lane or inner.road2):
            _move(inner, draft)
            draft.asides.remove(aside)
            return


def sort_asides(draft: Draft) -> None:
    for aside in draft.asides:
        if match := _NEAR_WORD.fullmatch(aside):
            draft.near.append(match["what"])
        elif _RELATED.fullmatch(aside):
            draft.near.append(aside)
        else:
            draft.notes.append(aside)
            metro_near(draft, aside)


def mezzanine(draft: Draft) -> None:
    """夹层, on lift buttons M or UG, lies between two storeys, so it is no floor number."""
    if match := draft.cut(_MEZZANINE):
        draft.notes.append(match[0])


def distance(draft: Draft) -> None:
    if match := draft.cut(_DISTANCE):
        draft.notes.insert(0, match[0])


def corner(draft: Draft) -> None:
    """A crossing named behind the number: 长江西路101号逸仙路口."""
    pieces = draft.rest.split(CUT)
    for index, piece in enumerate(pieces):
        match = street.CORNER_OF.fullmatch(piece.strip(SEPARATORS))
        if match and draft.road and not draft.road2:
            draft.road2 = match["road"]
            pieces[index] = match["side"] or ""
    draft.rest = CUT.join(pieces)


def beside(draft: Draft) -> None:
    """What ends with 旁, 对面, 东侧 names a neighbour, not the place."""
    pieces = draft.rest.split(CUT)
    for index, piece in enumerate(pieces):
        name = piece.strip(SEPARATORS)
        if (match := _SIDE.match(name)) and match.end() < len(name):
            draft.near.append(match[0])
            pieces[index] = name = name[match.end() :]
        if _RELATED.fullmatch(name):
            draft.near.append(name)
            pieces[index] = ""
    draft.rest = CUT.join(pieces)


def near_means(draft: Draft) -> None:
    """A road that is near makes a crossing, a station that is near is the station."""
    for what in draft.near:
        if draft.road and not draft.road2:
            draft.road2 = street.only_road(what)
        metro_near(draft, what)
    for what in draft.notes:
        if draft.road and not (draft.road2 or draft.number or draft.lane):
            draft.road2 = street.only_road(what)


def _move(inner: Draft, draft: Draft) -> None:
    if draft.estate:
        draft.names.append(draft.estate)
        draft.estate = ""
    for field in ("province", "city", "district", "town", "area"):
        if not getattr(draft, field):
            setattr(draft, field, getattr(inner, field))
    for field in ("road", "road2", "lane", "sublane", "number"):
        setattr(draft, field, getattr(inner, field))
    if more := inner.rest.strip(SEPARATORS):
        draft.rest = f"{draft.rest}{CUT}{more}"
