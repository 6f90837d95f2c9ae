"""Addresses in English or pinyin: the parts stand in any order, mostly between commas."""

import re
from functools import cache

from geodata.place.grammar import words
from geodata.place.grammar.draft import Draft
from geodata.place.grammar.words import CUT

_HAN = re.compile(rf"[{words.HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2}")
_I = re.IGNORECASE

_ROAD_WORD = (
    r"(?:Road|Rd\b\.?|Street|St\b\.?|Avenue|Ave\b\.?|Highway|Hwy\b\.?|Boulevard|Blvd\b\.?|Drive|Lu|Jie"
    r"|Dadao|Dao|Gonglu)(?![A-Za-z])"
)
_COMPASS = r"(?:North|South|East|West|Middle|Central)"
_SIDE = rf"(?:\s?\((?:[NSEWM]|{_COMPASS})\.?\)|\s{_COMPASS}\b(?! ))"
_NO_NAME = r"(?:No|Lane|and|at|near|of|off|Line|Exit|Room|Building)\b"
_WORD = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|(?!{_NO_NAME})[A-Za-z][A-Za-z.'’-]*)"
_ROAD = rf"(?:{_WORD} ){{1,4}}?{_ROAD_WORD}{_SIDE}?"
_DOOR = r"\d+[A-Z]?(?:-\d+)*"
_DOORS = rf"{_DOOR}(?:(?:,|\s?(?:[/&、]|and)\s?){_DOOR})*"

_NOISE = re.compile(r"\b(?:P\.?\s?R\.?\s?)?China\b\.?|\bPRC\b|^\s?(?:Address|Add)\s?[:.]", _I)
_POSTCODE = re.compile(r"(?<![\d-])(20[0-2]\d{3})(?![\d-])")
_DISTRICT = re.compile(
    r"\b(?P<name>Jing'?\s?an|[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
    r" (?:New Area|New District|District|Dist\b\.?|County|Qu\b)(?![A-Za-z])",
    _I,
)
_PIECE = re.compile(rf"(?:^|(?<=[,{CUT}]))\s?(?P<name>[A-Za-z' ]{{5,10}}?)\s?(?=$|[,{CUT}])")
_TOWN = re.compile(
    r"\b[A-Z][A-Za-z']+(?: [A-Z][A-Za-z']+)?? (?:Town|Subdistrict|Sub-district|Township)\b"
)
_LINES = re.compile(
    r"\b(?:Metro |Subway )?Lines?\s?(?P<lines>\d+(?:\s?(?:[/,&、]|and)\s?(?:Line\s?)?\d+)*)(?!\d)",
    _I,
)
_EXITS = re.compile(
    r"\bExits?\s?(?:No\.?\s?)?"
    r"(?P<exits>(?:[A-Z]\d?|\d{1,2}[A-Z]?)(?:\s?(?:[/,&、]|and)\s?\d{1,2}[A-Z]?)*)\b"
    r"(?:\s(?:of|at|from)\b)?",
    _I,
)
_STATION = re.compile(
    r"(?P<station>(?:[A-Z][A-Za-z'’.]*|\d+(?:st|nd|rd|th))(?: (?:[A-Z][A-Za-z'’.]*|\d+|of))*?)"
    r"(?: (?:Metro|Subway))? (?:Station|Sta\.)"
)
_NEAR = re.compile(
    rf"\b(?:(?:near|close to)\s(?:the\s)?(?P<near>[^,;{CUT}]+)"
    rf"|(?P<by>(?:opposite|next to|beside)\s[^,;{CUT}]+))",
    _I,
)
_ROOM = re.compile(
    r"\b(?:Room|Rm\b\.?|Suite|Ste\b\.?|Flat|Apt\b\.?|Unit(?=\s?[A-Z]?\d{3}))"
    r"\s?(?:No\.?\s?)?(?P<room>[A-Z]?\d+[A-Z]?(?:[-/]\d+[A-Z]?)*)",
    _I,
)
_UNIT = re.compile(r"\bUnit\s?(?P<unit>\w+)", _I)
_FLOORS = (
    re.compile(r"\b(?P<n>\d{1,3})(?:/F|F|(?:st|nd|rd|th)?\s?(?:Floor|Fl\b\.?))(?![A-Za-z])", _I),
    re.compile(r"\b(?:Floor|Level|Fl\.?|L|F)\s?(?P<n>\d{1,3})(?![\d-])", _I),
    re.compile(r"\b(?:(?P<n>)(?:Ground (?:Floor|Level)|G/F|GF))(?![A-Za-z])", _I),
)
_BASEMENTS = (
    re.compile(r"\b(?:Basement(?: Level)?|B|LG)\s?(?P<n>\d)(?:/F|F)?(?![\dA-Za-z-])", _I),
    re.compile(r"\b(?:Lower Ground Floor|LG/F|LG|Basement)(?P<n>)(?![\dA-Za-z])", _I),
)
_BUILDING = re.compile(
    r"\b(?:Building|Bldg\b\.?|Block|Tower)\s?(?:No\.?\s?)?"
    r"(?:\d{1,3}[A-Z]?|[A-Z]\d{0,2}|One|Two|Three)(?![A-Za-z\d])"
    r"|\b(?:North|South|East|West|Main) (?:Tower|Building)\b",
    _I,
)
_LANE = re.compile(r"\b(?:Lane|Alley|Ln\b\.?)\s?(?P<lane>\d+(?:-\d+)?)\s?,?\s?(?:of\s)?", _I)
_CROSSING = re.compile(
    rf"\b(?:(?:intersection|corner|junction|crossing) of\s)?(?P<road>{_ROAD})"
    rf"\s?(?:&|and|at|@|/|x)\s?(?P<road2>{_ROAD})",
    _I,
)
_NUMBERED_ROAD = re.compile(
    rf"(?<![\w-])(?:No\.?\s?|#\s?|Nos\.?\s?)?(?P<doors>{_DOORS})\s?(?:Hao)?[,\s{CUT}]\s?"
    rf"(?P<road>{_ROAD})",
    _I,
)
_ROAD_NUMBERED = re.compile(
    rf"\b(?P<road>{_ROAD})\s?,?\s?(?:No\.?\s?|#\s?)?(?P<doors>{_DOORS})(?![\w/])", _I
)
_ONLY_ROAD = re.compile(rf"\b(?P<road>{_ROAD})", _I)
_LONE_NUMBER = re.compile(
    rf"(?:\bNo\.?\s?|#)(?P<doors>{_DOORS})(?![\w/])|^\s?(?P<first>\d{{1,5}})\s?(?=[,{CUT}])", _I
)
_MANY = re.compile(r"\s?(?:[/,&、]|and)\s?")
_LEFT = re.compile(rf"[,;{CUT}]")


def is_english(text: str) -> bool:
    return bool(_LATIN_WORD.search(text)) and not _HAN.search(text)


def surroundings(draft: Draft) -> None:
    while draft.cut(_NOISE):
        pass
    if match := draft.cut(_POSTCODE):
        draft.postcode = match[1]
    if match := draft.cut(_NEAR):
        draft.near.append((match["near"] or match["by"]).strip())
    district(draft)
    if match := draft.cut(_TOWN):
        draft.town = match[0]


def district(draft: Draft) -> None:
    for pattern in (_DISTRICT, _PIECE):
        for match in pattern.finditer(draft.rest):
            start, name = _district_at_the_end(match["name"])
            if name:
                draft.district = name
                before = draft.rest[: match.start("name") + start]
                draft.rest = f"{before}{CUT}{draft.rest[match.end() :]}"
                return


def _district_at_the_end(text: str) -> tuple[int, str]:
    """Where the district's name begins in what stands before the word District, and its name."""
    for start in [0, *(space.end() for space in re.finditer(" ", text))]:
        key = re.sub(r"[^a-z]", "", text[start:].lower()).removesuffix("new")
        if key in words.english_districts():
            return start, words.english_districts()[key]
    return 0, ""


def province(draft: Draft) -> None:
    if draft.cut(_home()):
        draft.province = words.home_province()


@cache
def _home() -> re.Pattern[str]:
    name = rf"{words.home_in_english()}(?: (?:City|Municipality))?"
    return re.compile(rf"(?:^|(?<=[\s,{CUT}]))\s?{name}\s?(?=$|[,.{CUT}])", _I)


def metro(draft: Draft) -> None:
    lines, exits = draft.cut(_LINES), draft.cut(_EXITS)
    if match := draft.cut(_STATION):
        railway = match["station"].endswith("Railway")
        draft.metro_station = match[0] if railway else match["station"]
        draft.metro_lines += re.findall(r"\d+", lines["lines"]) if lines else []
        draft.metro_exits += _MANY.split(exits["exits"]) if exits else []


def inside(draft: Draft) -> None:
    if match := draft.cut(_ROOM):
        draft.room = match["room"]
    elif match := draft.cut(_UNIT):
        draft.unit = match["unit"]
    for patterns, sign in ((_BASEMENTS, -1), (_FLOORS, 1)):
        for pattern in patterns:
            if draft.floor is None and (match := draft.cut(pattern)):
                draft.floor = sign * int(match["n"] or 1)
    if match := draft.cut(_BUILDING):
        draft.building = match[0]


def street(draft: Draft) -> None:
    if match := draft.cut(_CROSSING):
        draft.road, draft.road2 = match["road"], match["road2"]
        return
    if match := draft.cut(_LANE):
        draft.lane = match["lane"]
    match = draft.cut(_NUMBERED_ROAD) or draft.cut(_ROAD_NUMBERED)
    if match:
        draft.number += _MANY.split(match["doors"])
    else:
        match = draft.cut(_ONLY_ROAD)
    if match:
        draft.road = match["road"].strip()
    if not draft.number and (match := draft.cut(_LONE_NUMBER)):
        draft.number += _MANY.split(match["doors"] or match["first"])


def near_means(draft: Draft) -> None:
    for what in draft.near:
        exits = _EXITS.fullmatch(what)
        if exits and draft.metro_station and not draft.metro_exits:
            draft.metro_exits += _MANY.split(exits["exits"])
        match = _ONLY_ROAD.fullmatch(what)
        if match and draft.road and not draft.road2:
            draft.road2 = match["road"]


def names(draft: Draft) -> None:
    """What is left is the name of the place."""
    pieces = (piece.strip(" .,:()-/") for piece in _LEFT.split(draft.rest))
    draft.names += [piece for piece in pieces if piece]
    draft.rest = ""


ENGLISH_STEPS = (surroundings, province, metro, inside, street, near_means, names)
