"""Office landlines in a cell: 33362765(在职) 33362769(退休), 68472222-88104, 400 numbers."""

import re
import unicodedata
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?<!\d)(?:(?P<free>[48]00[-\s]?\d{3}[-\s]?\d{4})"
    r"|(?:\+?86[-\s](?:\d{2,3}[-\s])?|\+86)?(?P<land>(?:\(?0\d{2,3}\)?[-\s]?)?[2-9](?:\d{6,7}|\d{3}[-\s]\d{4}))"
    r"(?:\s*\(?(?:[-*#]|转|分机|内线|ext\.?)\s*(?P<extension>\d{1,6}(?!\d)(?:[/、或]\d{1,6}(?!\d))*)\)?)?"
    r"|(?P<hotline>1\d{4}|96\d{3,4}))(?!\d)"
    r"(?:\s*\((?P<audience>[^()]{1,12})\))?"
)
_DASH = re.compile("[—–―−]+")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")
# What may stand beside a number in public; any other word there may be a person.
_OFFICE = re.compile(
    r"周[一二三四五六日天]|[-\s、,;/:.。和或至到~]|\(\)|在职|退休|总机|前台|传真|值班|办公室?|办事|咨询|预约|服务|投诉|报名"
    r"|热线|窗口|上午|下午|工作日|白天|夜间|固定|座机|公开|联系|电话|号码?"
    r"|暂?无|没有|待定|不详|未知"
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A landline; `audience` is whom it is for, as the cell says."""

    number: str
    extension: str = ""
    audience: str = ""

    def __str__(self) -> str:
        extension = f"-{self.extension}" if self.extension else ""
        audience = f"（{self.audience}）" if self.audience else ""
        return f"{self.number}{extension}{audience}"


def phones(text: str) -> tuple[Phone, ...]:
    """The landlines of a cell, in order; mobiles are never among them."""
    return tuple(_phone(found) for found in _NUMBER.finditer(_flat(text)))


def beside_phones(text: str) -> str:
    """What a phone cell holds beside landlines and office words: it is not for the public."""
    rest = _NUMBER.sub(lambda found: f"({found['audience'] or ''})", _flat(text))
    return _OFFICE.sub("", rest).strip("() -")


def _flat(text: str) -> str:
    flat = _DASH.sub("-", unicodedata.normalize("NFKC", text).replace("\n", " "))
    return _CLOCK.sub(" ", flat)


def _phone(found: re.Match[str]) -> Phone:
    number = re.sub(r"\s", "", found["free"] or found["land"] or found["hotline"])
    audience = (found["audience"] or "").strip(" -、,/")
    named = bool(_OFFICE.sub("", audience))
    return Phone(number, found["extension"] or "", "" if named else audience)
