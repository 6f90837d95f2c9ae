"""The key-value rows above a table: 区局工会, 联系人姓名, ... and what stands beside each."""

import re
from collections.abc import Mapping, Sequence

from geodata.declared import Contact
from importers.fields import HEAD
from importers.headers import header_key
from importers.private import Cut, cut, names_in, without_names
from importers.sheet import Row

_LABELS = {header_key(header): one.name for one in HEAD for header in one.headers}

_PRIVATE = {one.name for one in HEAD if one.private}


def read_head(rows: Sequence[Row]) -> dict[str, str]:
    """Field to text; a label whose cell is followed by another label has none."""
    found: dict[str, str] = {}
    for row in rows:
        name = ""
        for text in (row.texts[column] for column in row.filled):
            label, value = _label(text)
            if label:
                name = "" if value else label
                if value:
                    _keep(found, label, value)
            elif name:
                _keep(found, name, text)
                name = ""
    names = names_in(found.get("head_contact", ""))
    public = (name for name in found if name not in _PRIVATE)
    return found | {name: without_names(Cut(found[name]), names).text for name in public}


def _label(text: str) -> tuple[str, str]:
    """A label and what follows it in the same cell (联系人姓名：...)."""
    written, _colon, value = re.sub("：", ":", text, count=1).partition(":")
    return _LABELS.get(header_key(written), ""), value.strip()


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
