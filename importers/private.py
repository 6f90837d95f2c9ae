"""Persons in cells that should not hold any: cut out before anything else sees the text.

A mobile, an e-mail, an identity number or an account is known by its shape; a name by the label
before it or by standing beside a mobile or an e-mail.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from geodata.declared import Contact
from importers.file_names import readable

_HAN = r"[\u4e00-\u9fff·]"
_GAP = r"[-\s.·－–—/()（）]{1,2}"
# How people group the eleven digits; other groupings are hours and numbers of rooms.
_GROUPS = ("344", "434", "443", "335", "38", "74", "56", "65", "47", "1" * 11)


def _grouped(lengths: str) -> str:
    first, rest = lengths[0], lengths[1:]
    start = "[1１]" if first == "1" else rf"[1１][3-9３-９]\d{{{int(first) - 2}}}"
    return start + "".join(rf"{_GAP}\d{{{length}}}" for length in rest)


_COUNTRY = rf"(?:[+＋]?[8８][6６](?:{_GAP})?)?"
_MOBILE = rf"{_COUNTRY}(?:[1１]\d{{10}}|{'|'.join(map(_grouped, _GROUPS))})(?!\d)"
_AT = r"(?:[@＠]|[(（\[]at[)）\]])"
_EMAIL = rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+\s?{_AT}\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_LABEL = (
    r"(?:点位联系人|联系人|联络人|负责人|经办人|经办|填表人|填报人|管理人员|管理员|值班员|店长|站长"
    r"|核对人|审核人|对接人|接待人|联络员)"
    r"(?:姓名)?"
)
# Words of hours and of how to reach someone stand beside numbers too.
_NO_NAME = (
    rf"(?!周[一二三四五六日天](?!{_HAN})|每[周日天月]|[上下中]午|工作日|请|可?致电|联系|预约|咨询"
    r"|热线|传真|电话|手机|邮箱|微信)"
)
_ASK = r"请?(?:找|问|联系|咨询)"
_TITLE = r"(?:先生|女士|老师)?"

# What stands after 联系人 in a header or a title is no name.
_NO_NAME_HERE = (
    r"(?!手机|电话|邮箱|姓名|号码|方式|签|制度|办公|信息|职务|单位|微信|名单|科室|部门|机构)"
)
_LABELLED = re.compile(
    rf"{_LABEL}(?:\s*[:：]\s*(?P<clause>[^;；。，,()（）\n\d@＠]*)"
    rf"|\s*{_NO_NAME_HERE}(?P<name>{_HAN}{{2,4}})(?=$|[\s,，;；。、)）]))"
)
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
# An account by which a person is reached, kept nowhere; that of an office is a 公众号.
_ACCOUNT = re.compile(
    r"(?:微信(?:号码|号|ID)?\s*+[:：]?|(?<![A-Za-z])(?:wx|wechat|weixin)(?:\s*ID)?\s*+[:：])\s*+"
    r"[A-Za-z][-_A-Za-z0-9]{5,19}"
    r"|(?<![A-Za-z])QQ号?\s*+[:：]?\s*+[1-9]\d{4,10}(?!\d)",
    re.IGNORECASE,
)
# A longer run of characters that touches the number ends in a name of unknown length.
_REACHABLE = re.compile(
    rf"(?:(?:(?:{_LABEL}|{_ASK})[:：\s]*|(?<!{_HAN})|(?<=[号室楼层座]))"
    rf"{_NO_NAME}(?P<name>{_HAN}{{2,4}}?){_TITLE}[\s:：,，]*(?P<open>[(（]\s*)?"
    rf"|(?<!{_HAN})(?![号室楼层座])(?P<run>{_HAN}{{5,8}}))?"
    r"(?:(?:手机|电话|邮箱|微信|tel|mobile)(?:号码|号)?[:：\s]*)?"
    rf"(?:(?<![\d.])(?P<mobile>{_MOBILE})|(?P<email>{_EMAIL}))"
    rf"(?(open)\s*[)）]|(?P<after>\s*[(（]{_HAN}{{2,4}}[)）]|\s*{_HAN}{{2,4}}{_TITLE}(?!{_HAN}))?)",
    re.IGNORECASE,
)
# Most cells hold no person: two quick looks, each with a known first character, spare the rest.
_SHAPES = re.compile(
    r"[@＠]|[(（\[][aA][tT][)）\]]|[1１](?:[-\s.·－–—/()（）]{0,2}\d){10}|\d{17}"
    r"|微信|[wW](?:[xX]|[eE])|[qQ]{2}"
)
_LABELS = re.compile(_LABEL)
# An office in a contact cell (某某总工会) is no person.
_NAME = re.compile(rf"{_HAN}{{2,4}}(?<![站室部科处办会所心园楼路区镇道司院台员组队店厅])")
_EMPTY_BRACKETS = re.compile(r"[(（][\s,，;；、:：]*[)）]")
_MOST_FRESH = 50_000
_EDGES = " ,，;；、:：/"


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a text for the public, and the persons taken out of it."""

    text: str
    contacts: tuple[Contact, ...] = ()


NOTHING = Cut("")


@lru_cache(maxsize=4096)
def cut(text: str) -> Cut:
    """Take persons out of a text."""
    if not text:
        return NOTHING
    if not _SHAPES.search(text) and not _LABELS.search(text):
        return Cut(text)
    contacts: list[Contact] = []

    def take(found: re.Match[str]) -> str:
        contact = _contact(found)
        if found.re is _LABELLED and not contact.name:
            return found[0]
        contacts.append(contact)
        return " "

    public = text
    # Identity numbers and accounts themselves are kept nowhere.
    for pattern in (_IDENTITY, _ACCOUNT, _REACHABLE, _LABELLED):
        public = pattern.sub(take, public)
    if not contacts:
        return Cut(text)
    return Cut(_EMPTY_BRACKETS.sub("", public).strip(_EDGES), tuple(contacts))


def names_in(text: str) -> tuple[str, ...]:
    """The names of a contact cell, to be looked for in the public cells beside it."""
    if not text:
        return ()
    return tuple(name for name in re.split(r"[^\u4e00-\u9fff·]+", text) if _NAME.fullmatch(name))


class Names:
    """The names a table's contact cells give, to be looked for in any of its public cells.

    A name of two characters may be a part of any address (张江), and is looked for beside its own
    cell only. A long file has a million names: eight bytes are kept of each.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        lengths: set[int] = set()
        surnames: set[str] = set()
        self._hashes = array("q")
        fresh: set[int] = set()
        for name in (name for text in texts for name in names_in(text) if len(name) > 2):
            lengths.add(len(name))
            surnames.add(name[0])
            fresh.add(hash(name))
            if len(fresh) > _MOST_FRESH:
                self._keep(fresh)
        self._keep(fresh)
        self._lengths = sorted(lengths, reverse=True)
        # One set of surnames is searched for at the speed of a regex, however many names there are.
        first = "".join(map(re.escape, sorted(surnames)))
        self._first = re.compile(f"[{first}]" if first else r"(?!)")

    def found_in(self, text: str) -> tuple[str, ...]:
        """Those of the names that a text holds."""
        if not self._lengths or not self._first.search(text):
            return ()
        starts = [found.start() for found in self._first.finditer(text)]
        held = (text[start : start + length] for start in starts for length in self._lengths)
        return tuple(dict.fromkeys(name for name in held if self._knows(name)))

    def _keep(self, fresh: set[int]) -> None:
        merged = np.union1d(np.array(self._hashes, np.int64), np.fromiter(fresh, np.int64))
        self._hashes = array("q", merged.tobytes())
        fresh.clear()

    def _knows(self, name: str) -> bool:
        place = bisect_left(self._hashes, hash(name))
        return place < len(self._hashes) and self._hashes[place] == hash(name)


def without_names(public: Cut, names: tuple[str, ...]) -> Cut:
    """Take out the names that the row's own contact cells give, wherever they stand."""
    found = [name for name in names if name in public.text]
    if not found:
        return public
    text = public.text
    for name in found:
        person = rf"(?:{_ASK}\s*|{_LABEL}[:：]?\s*)?{name}{_TITLE}"
        text = _EMPTY_BRACKETS.sub("", re.sub(person, " ", text)).strip(_EDGES)
    return Cut(text, (*public.contacts, *(Contact(name=name) for name in found)))


def masked(text: str) -> str:
    """A text for a report: persons cut out, and nothing said about them."""
    return cut(text).text


def public_name(path: Path) -> str:
    """The name of a file without persons; offices like to put whom to call into it."""
    return (masked(readable(path.stem)) or "未命名") + masked(readable(path.suffix))


def _contact(found: re.Match[str]) -> Contact:
    parts = found.groupdict(default="")
    name = next((parts[key] for key in ("name", "run", "clause", "after") if parts.get(key)), "")
    name = re.sub(r"微信同号|同微信", "", name).strip(" ()（）")
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", parts.get("mobile", "")))
    email = re.sub(_AT, "@", re.sub(r"\s", "", parts.get("email", "")), flags=re.IGNORECASE)
    return Contact(name=name, mobile=digits[-11:], email=email)
