"""The key-value rows above a table: 区局工会, 联系人姓名, ... and what stands beside or below each.

In text a whole block may be one line: 区局工会：浦东新区总工会 联系人：….
"""

import re
from collections.abc import Mapping, Sequence
from itertools import chain

from geodata.declared import Contact
from importers.fields import HEAD
from importers.private import Cut, cut, names_in, without_names
from importers.tables.headers import header_key
from importers.tables.sheet import Row

_LABELS = {header_key(header): one.name for one in HEAD for header in one.headers}

_LONGEST_LABEL = 30
_EDGES = " \t\n\u3000,，;；、"
_PRIVATE = {one.name for one in HEAD if one.private}
_WRITTEN = sorted((header for one in HEAD for header in one.headers), key=len, reverse=True)
_SPACED = "|".join(r"\s*".join(map(re.escape, header)) for header in _WRITTEN)
_NEXT_LABEL = re.compile(rf"(?<=[\s,，;；、])(?=(?:{_SPACED})\s*[:：])")


def is_labelled(text: str) -> bool:
    """Whether a text is a label of a head block, or one with its value: 联系人：…."""
    return bool(_label(text)[0])


def read_head(rows: Sequence[Row]) -> dict[str, str]:
    """Field to text; a label with another label after it and nothing below has none."""
    found: dict[str, str] = {}
    above: dict[int, str] = {}
    for row in rows:
        if above and not any(is_labelled(row.texts[column]) for column in row.filled):
            for column, label in above.items():
                if row.text(column):
                    _keep(found, label, row.text(column))
            above = {}
        else:
            _read_beside(row, found)
            labels = {column: _label(row.texts[column]) for column in row.filled}
            bare = {column: label for column, (label, value) in labels.items() if not value}
            above = bare if len(bare) == len(labels) > 1 and all(bare.values()) else {}
    names = names_in(found.get("head_contact", ""))
    public = (name for name in found if name not in _PRIVATE)
    return found | {name: without_names(Cut(found[name]), names).text for name in public}


def _read_beside(row: Row, found: dict[str, str]) -> None:
    name = ""
    pieces = (_NEXT_LABEL.split(row.texts[column]) for column in row.filled)
    for text in chain.from_iterable(pieces):
        label, value = _label(text)
        if label:
            name = "" if value else label
            if value:
                _keep(found, label, value)
        elif name:
            _keep(found, name, text)
            name = ""


def _label(text: str) -> tuple[str, str]:
    """A label and what follows it in the same cell (联系人姓名：...)."""
    written, _colon, value = re.sub("：", ":", text, count=1).partition(":")
    if len(written) > _LONGEST_LABEL:
        return "", ""
    return _LABELS.get(header_key(written), ""), value.strip(_EDGES)


def _keep(found: dict[str, str], name: str, value: str) -> None:
    if name in _PRIVATE:
        found.setdefault(name, value)
        return
    public = cut(value)
    if public.text:
        found.setdefault(name, public.text)
    for contact in public.contacts:
        found.setdefault("head_contact", contact.name)
        found.setdefault("head_mobile", contact.mobile)
        found.setdefault("head_email", contact.email)


def head_contacts(head: Mapping[str, str]) -> tuple[Contact, ...]:
    """The person who filled the form in, if the head block names one."""
    contact = Contact(
        name=head.get("head_contact", ""),
        mobile=head.get("head_mobile", ""),
        email=head.get("head_email", ""),
        role="填报联系人",
    )
    return (contact,) if contact.name or contact.mobile or contact.email else ()
