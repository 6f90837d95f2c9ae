"""A person as he is looked for: by mobile and e-mail however they are written, and by name."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from geodata.errors import ParameterError

GONE = "〔已删除〕"
_GAP = r"[-\s.·－–—/()（）]{0,3}"
# As many digits as a line of the network can have, with what people put between them.
_RUN = re.compile(rf"\d(?:{_GAP}\d){{6,}}")
_COUNTRY = re.compile(rf"[+＋]?[8８][6６]{_GAP}$")
_AT = r"\s?(?:[@＠]|[(（\[][aA][tT][)）\]])\s?"
_AT_ALL = re.compile(r"[@＠]|[aA][tT][)）\]]")
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+{_AT}[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
_MOBILE_DIGITS = 11
_FEWEST, _MOST = 7, 20
# A name of two signs may be a part of any address (张江).
_SHORTEST_NAME = 3

Hit = Callable[[str], bool]


def plain(text: str) -> str:
    """A mobile as its digits, an e-mail in small letters, as they are compared and hashed."""
    text = unicodedata.normalize("NFKC", text)
    if re.search(_AT, text):
        return re.sub(r"\s", "", re.sub(_AT, "@", text)).casefold()
    digits = re.sub(r"\D", "", text)
    # +86 and 0086 before a mobile.
    return digits[-_MOBILE_DIGITS:] if re.fullmatch(r"(?:00)?861\d{10}", digits) else digits


@dataclass(frozen=True, slots=True)
class Sought:
    """What is to be found: `hit` says whether a plain mobile or e-mail is the person's."""

    hit: Hit
    name: str = ""

    def holds(self, text: str) -> bool:
        """Whether a text holds the person."""
        named = len(self.name) >= _SHORTEST_NAME and self.name in text
        return named or any(True for _ in self._found(text))

    def cut(self, text: str) -> str:
        """A text without the person."""
        for start, end in reversed(list(self._found(text))):
            text = text[:start] + GONE + text[end:]
        if len(self.name) >= _SHORTEST_NAME:
            text = text.replace(self.name, GONE)
        return text

    def clean(self, value: Any) -> Any:
        """A value of a JSON column without the person; the same object's equal if he is not in."""
        match value:
            case str():
                return self.cut(value)
            case bool() | float() | None:
                return value
            case int():
                return GONE if self.hit(str(value)) else value
            case list():
                return [self.clean(one) for one in value]
            case dict():
                return {self.cut(str(key)): self.clean(one) for key, one in value.items()}
        return value

    def is_person(self, name: str, mobile: str, email: str, role: str) -> bool:
        """Whether a contact is the person; a bare name is, another's number beside it is not."""
        texts = (name, mobile, email, role)
        if any(self.hit(plain(text)) for text in texts if text):
            return True
        # The cells of a contact are texts like any other: 手机13800000000 or two numbers in one.
        if any(True for text in texts for _ in self._found(text)):
            return True
        return bool(self.name) and name == self.name and not (mobile or email)

    def _found(self, text: str) -> Iterable[tuple[int, int]]:
        has_mail = _AT_ALL.search(text) is not None
        mails = _EMAIL.finditer(text) if has_mail else ()
        spans = [one.span() for one in mails if self.hit(plain(one[0]))]
        for run in _RUN.finditer(text):
            spans += self._in_run(text, run.start(), run.end())
        return sorted(spans)

    def _in_run(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        at = [n for n in range(start, end) if text[n].isdecimal()]
        digits = unicodedata.normalize("NFKC", "".join(text[n] for n in at))
        if _FEWEST <= len(digits) <= _MOST and self.hit(digits):
            return [(start, end)]
        found, n = [], 0
        while n <= len(digits) - _MOBILE_DIGITS:
            if digits[n] == "1" and self.hit(digits[n : n + _MOBILE_DIGITS]):
                first, last = at[n], at[n + _MOBILE_DIGITS - 1] + 1
                country = _COUNTRY.search(text, 0, first)
                found.append((country.start() if country else first, last))
                n += _MOBILE_DIGITS
            else:
                n += 1
        return found


@dataclass(frozen=True, slots=True)
class Identity:
    """What a person said to be found by."""

    name: str = ""
    numbers: tuple[str, ...] = ()

    @classmethod
    def of(cls, words: Iterable[str]) -> "Identity":
        """Mobiles, e-mails and at most one name, in any order.

        Raises:
            ParameterError: there is no mobile and no e-mail, or what is none.
        """
        name, numbers = "", []
        for word in filter(None, map(str.strip, words)):
            if not re.search(_AT, word) and not re.search(r"\d", word):
                if name:
                    raise ParameterError("一次只删一个人：只写一个姓名。")
                name = word
            else:
                numbers.append(_checked(word))
        if not numbers:
            raise ParameterError("要写手机号或邮箱；只凭姓名会删到同名的人。")
        return cls(name, tuple(dict.fromkeys(numbers)))

    @property
    def sought(self) -> Sought:
        """The same as it is looked for."""
        return Sought(frozenset(self.numbers).__contains__, self.name)


def _checked(word: str) -> str:
    number = plain(word)
    if "@" in number:
        if _EMAIL.fullmatch(number):
            return number
        raise ParameterError("邮箱要写成 name@example.org 这样。")
    if not _FEWEST <= len(number) <= _MOST or re.search(r"[^\W\d]", word):
        raise ParameterError("手机号只能是数字，可带 + - 和空格。")
    return number
