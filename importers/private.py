"""Persons in cells that should not hold any: cut out before anything else sees the text.

A mobile, an e-mail or an identity number is known by its shape; a name by the label before it
or by standing beside a mobile or an e-mail.
"""

import re
from dataclasses import dataclass

from geodata.model import Contact

_HAN = r"[\u4e00-\u9fff·]"
_GAP = r"[-\s.·－–—]?"
_MOBILE = rf"(?:[+＋]?86{_GAP})?[1１]\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"
_EMAIL = r"[A-Za-z0-9._%+-]+\s?[@＠]\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_NAME_BEFORE = rf"(?:(?<!{_HAN})|(?<=[号室楼层座]))(?P<name>{_HAN}{{2,4}})(?:先生|女士)?"
_NAME_AFTER = rf"(?:\s*[(（]{_HAN}{{2,4}}[)）]|\s+{_HAN}{{2,4}}(?!{_HAN}))?"

_LABELLED = re.compile(
    r"(?:点位联系人|联系人|负责人|经办人|填表人|填报人|管理员)(?:姓名)?\s*[:：]\s*"
    r"(?P<name>[^;；。，,\n\d@＠]*)"
)
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_REACHABLE = re.compile(
    rf"(?:{_NAME_BEFORE}[\s:：,，]*)?(?:(?:手机|电话|邮箱|微信)(?:号码|号)?[:：\s]*)?"
    rf"(?:(?<![\d.])(?P<mobile>{_MOBILE})|(?P<email>{_EMAIL}))(?P<after>{_NAME_AFTER})"
)
_SUSPECT = re.compile(
    rf"[@＠]|\d{{8}}|[1１]\d{{2}}{_GAP}\d{{4}}|人(?:姓名)?\s*[:：]|管理员\s*[:：]"
)
_EMPTY_BRACKETS = re.compile(r"[(（]\s*[)）]")
_EDGES = " ,，;；、:：/"


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a text for the public, and the persons taken out of it."""

    text: str
    contacts: tuple[Contact, ...] = ()


def cut(text: str) -> Cut:
    """Take persons out of a text."""
    if not _SUSPECT.search(text):
        return Cut(text)
    contacts: list[Contact] = []

    def reachable(found: re.Match[str]) -> str:
        name = found["name"] or found["after"].strip(" ()（）")
        mobile = re.sub(r"[^\d]", "", found["mobile"] or "")
        email = re.sub(r"\s", "", found["email"] or "")
        contacts.append(Contact(name=name, mobile=mobile, email=email))
        return " "

    def labelled(found: re.Match[str]) -> str:
        if name := found["name"].strip(" ()（）"):
            contacts.append(Contact(name=name))
        return " "

    def identity(_found: re.Match[str]) -> str:
        # The number itself is kept nowhere.
        contacts.append(Contact())
        return " "

    public = _LABELLED.sub(labelled, _REACHABLE.sub(reachable, _IDENTITY.sub(identity, text)))
    if not contacts:
        return Cut(text)
    return Cut(_EMPTY_BRACKETS.sub("", public).strip(_EDGES), tuple(contacts))


def masked(text: str) -> str:
    """A text for a report: persons cut out, and nothing said about them."""
    return cut(text).text
