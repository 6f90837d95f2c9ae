"""The end of an address: building, unit, floor, room, and the names that remain."""

import re

from geodata.place.grammar.draft import Draft
from geodata.place.grammar.words import COUNT, CUT, HAN, NUMERAL, SEPARATORS, count

_ENDS = rf"(?=$|[^{HAN}]|{NUMERAL}+[楼层]|地下|负|底[楼层]|首层|夹层|大[堂厅]|[内东南西北][侧门]?)"
_LETTERED = r"(?<![A-Za-z\d])(?:[A-Z]{1,2}-?\d{0,2}(?:-?[A-Z])?|VI{0,3}|I{1,3})"
_NUMBERED = rf"(?<![\d-])\d{{1,3}}[A-Z]?(?:[-、/]\d{{1,3}})*|{NUMERAL}{{1,3}}"
_WORDED = r"[甲乙丙丁金银]|(?<![江河淮海湖])[东南西北中]"
_ONE_BUILDING = (
    rf"(?:(?:{_LETTERED}|{_NUMBERED}|[甲乙丙丁])(?:号楼|号大楼|号幢|号栋|号塔楼|号厂房|#楼|#|栋|幢)"
    rf"|(?:{_LETTERED}(?:[、/][A-Z])*|{_NUMBERED})(?:座(?![谈位椅])|塔楼|塔)"
    rf"|(?:{_WORDED})(?:座|塔楼|塔){_ENDS}"
    rf"|(?<![A-Za-z\d])(?!B\d|LG|[LF]\d?楼|[GM]楼)[A-Z]\d{{0,2}}楼"
    rf"|(?:[东南西北主副裙辅]|[甲乙丙])楼{_ENDS})"
)
_BUILDING = re.compile(rf"第?(?P<name>{_ONE_BUILDING}(?:{_ONE_BUILDING})?)")
_UNIT = re.compile(
    rf"((?<![\d-])\d{{1,2}}|[A-Z]|[甲乙丙丁]|{NUMERAL}{{1,2}})(?:单元|门(?=\d{{3,4}}))"
)

_STOREY = r"(?:楼(?![宇盘梯])|层(?![面级])楼?)"
_BELOW = (
    re.compile(rf"(?:地下第?|负|(?<![\dA-Za-z\u4e00-\u9fff])-)(?P<n>{COUNT})(?:{_STOREY}|F)"),
    re.compile(r"(?<![A-Za-z\d])LG(?P<n>\d?)(?:[楼层]|(?:F|/F)?(?![A-Za-z\d]))"),
    re.compile(
        r"(?<![A-Za-z\d])B(?P<n>[1-9])(?:(?:[-、/]B?\d)?[楼层]|(?:F|/F)?(?![A-Za-z\d号座栋幢室区-]))"
    ),
    re.compile(r"地下(?P<n>)(?:室|[楼层])"),
)
_ABOVE = (
    re.compile(
        rf"第?(?<![\dA-Za-z])(?P<n>{COUNT})(?:{_STOREY}?[-、/至到和及]{COUNT})*[A-Z]?{_STOREY}"
    ),
    re.compile(r"(?<![A-Za-z\d-])(?P<n>\d{1,3})(?:F?[-、/]\d{1,3})?(?:/F|F)(?![A-Za-z])"),
    re.compile(r"(?<![A-Za-z\d])L(?P<n>\d{1,2})(?:[楼层F]|(?=$|[\x1f ,]))"),
    re.compile(r"(?<![A-Za-z\d])(?P<n>)(?:[底首][楼层]|G层|GF|G/F)"),
)
_HIGHEST = 150

_ROOM_NAME = r"(?:[A-Z]{1,2}-?)?\d{1,5}[A-Z]?\d{0,2}"
_ROOM_LIST = rf"(?<![A-Za-z\d]){_ROOM_NAME}(?:[-、/,和及至](?:{_ROOM_NAME}|[A-Z](?=室)))*"
_LETTER_ROOM = r"(?<![A-Za-z\d])[A-Z]{1,3}(?:[-、/][A-Z])*(?=室)"
_ROOM_WORD = (
    r"(?:号?室|座|(?<=\d{3})单元|(?<=\d{3}-\d\d)单元|房间|号?房(?![产地屋东])"
    r"|(?=会议室|办公室|多功能厅|商铺|店铺|活动室|教室))"
)
_ROOM = re.compile(rf"-?(?P<room>{_ROOM_LIST}|{_LETTER_ROOM}){_ROOM_WORD}")
_BARE_ROOM = re.compile(
    r"-?(?P<room>\d{3,5}[A-Z]?(?:[-、/]\d{1,5}[A-Z]?)*|[A-Z]-?\d{2,4}[A-Z]?|\d{1,2}[A-Z]\d{0,2})"
)
_TRAILING_ROOM = re.compile(
    rf"(?<=[{HAN}])(?P<room>[A-Z]?\d{{3,4}}[A-Z]?(?:[-、/]\d{{2,5}}[A-Z]?)*|[A-Z]\d{{1,2}}-\d{{2,4}}|\d{{2}}[A-Z]\d{{0,2}}|(?<=[座楼厦])\d[A-Z])$"
)
_STRAY_DOOR = re.compile(r"(\d{1,5})号")
_DOOR_BEHIND_NAME = re.compile(rf"(?P<name>.*[{HAN}])(?P<door>\d{{1,4}})号")
_PURE = re.compile(rf"[{SEPARATORS}]*")


def building(draft: Draft) -> None:
    if match := draft.cut(_BUILDING):
        draft.building = match["name"]


def unit(draft: Draft) -> None:
    if match := draft.cut(_UNIT):
        draft.unit = match[1]


def floor(draft: Draft) -> None:
    for patterns, sign in ((_BELOW, -1), (_ABOVE, 1)):
        for pattern in patterns:
            match = pattern.search(draft.rest)
            if match and (storey := count(match["n"] or "1")) <= _HIGHEST:
                draft.cut(pattern)
                draft.floor = sign * storey
                return


def room(draft: Draft) -> None:
    if match := draft.cut(_ROOM):
        draft.room = match["room"]


def bare_room(draft: Draft) -> None:
    """Digits with no word, alone behind building or floor, or at the end of a name."""
    if draft.room:
        return
    pieces = draft.rest.split(CUT)
    for index, piece in enumerate(pieces):
        if match := _BARE_ROOM.fullmatch(piece.strip(SEPARATORS)):
            pieces[index] = ""
            draft.room = match["room"]
            break
        if match := _TRAILING_ROOM.search(piece):
            pieces[index] = piece[: match.start()]
            draft.room = match["room"]
            break
    draft.rest = CUT.join(pieces)


def names(draft: Draft) -> None:
    """What is left is the name of the place."""
    for piece in draft.rest.split(CUT):
        name = piece.strip(f"{SEPARATORS}-.").removesuffix("内")
        if door := _STRAY_DOOR.fullmatch(name):
            _stray_door(draft, door[1])
        elif _takes_a_door(draft) and (found := _DOOR_BEHIND_NAME.fullmatch(name)):
            # The number may stand behind the name of what the lane encloses or the road passes.
            draft.number.append(found["door"])
            draft.names.append(found["name"])
        elif name:
            draft.names.append(name)
    draft.rest = ""


def _takes_a_door(draft: Draft) -> bool:
    return bool(draft.lane or draft.road) and not (draft.number or draft.road2)


def floor_in_note(draft: Draft) -> None:
    """A note often holds the floor, and sometimes nothing but building and room."""
    for aside in draft.notes:
        inner = Draft(rest=aside)
        for step in (building, unit, floor, room):
            step(inner)
        draft.floor = inner.floor if draft.floor is None else draft.floor
        if _PURE.fullmatch(inner.rest):
            draft.building = draft.building or inner.building
            draft.unit = draft.unit or inner.unit
            draft.room = draft.room or inner.room


def _stray_door(draft: Draft, door: str) -> None:
    """A number behind the building: the house when none is known, else the room."""
    if not draft.number:
        draft.number.append(door)
    elif not draft.room:
        draft.room = door
    else:
        draft.names.append(f"{door}号")
