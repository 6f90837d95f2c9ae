"""Columns that no field of a form takes: kept as written, what may be a person in private."""

import re
from collections.abc import Iterator

from geodata.declared import Contact
from importers.headers import header_key
from importers.phones import beside_phones, phones
from importers.row import FormRow

# 审核人, 值班员, 店长: the cell names somebody, whatever stands in it.
_PERSON = re.compile(
    r"(?!是否|有无)\S*(?:[^\d]人|员|姓名|[店站组队所园班会]长|经理|主任|主席|书记|老师|签名|签字"
    r"|微信号?|qq号?|身份证号?码?)"
)
_PHONE = re.compile(r"\S*(?:电话|手机|热线|传真)\S*")


def extra(row: FormRow) -> dict[str, str]:
    """Header to text of the columns no field takes."""
    kept: dict[str, str] = {}
    for header, text in _public(row):
        name, count = header, 2
        while name in kept:
            name, count = f"{header}（{count}）", count + 1
        kept[name] = text
    return kept


def _public(row: FormRow) -> Iterator[tuple[str, str]]:
    for written, text in row.unread():
        header = " ".join(row.public_part("表头", written).split())
        key = header_key(header)
        if _PERSON.fullmatch(key):
            row.keep_private((Contact(name=text),), header)
        elif (
            public := _phones(row, header, text)
            if _PHONE.fullmatch(key)
            else (row.public_part(header, text))
        ):
            yield header, public


def _phones(row: FormRow, header: str, text: str) -> str:
    """Landlines alone: beside them anything may be a person's name."""
    public = row.public_part(header, text)
    if rest := beside_phones(public):
        row.keep_private((Contact(name=rest),), header)
    return "、".join(map(str, phones(public)))
