"""Numbers written with 万 in the middle or in Chinese: 1万5, 一百二十, 三万五千."""

import re

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万]+")
_SPLIT = re.compile(
    r"(?P<head>\d{1,4}(?:\.\d{1,4})?)(?P<scale>[万千])(?P<tail>\d{1,4})(?P<unit>[千百]?)"
)


def in_digits(text: str) -> str:
    """The text with such numbers in digits; what is no number is left as it is."""
    return _SPLIT.sub(_joined, _NUMERAL.sub(_written_out, text))


def _joined(found: re.Match[str]) -> str:
    scale = _SCALES[found["scale"]]
    tail = found["tail"]
    # 1万5 is said for 1万5千; 1万0500 and 1万2000 are written out.
    if found["unit"]:
        below = int(tail) * _SCALES[found["unit"]]
    elif len(tail) == 1:
        below = int(tail) * scale // 10
    else:
        below = int(tail)
    whole = float(found["head"]) * scale
    return f"{whole + below:.0f}" if below < scale else found[0]


def _written_out(found: re.Match[str]) -> str:
    value = _value(found[0])
    return found[0] if value is None else str(value)


def _value(text: str) -> int | None:
    """一百二十 and 一百二 are 120; None for 三四十 or 百 alone, which say no one number."""
    if text != "十" and len(text) < 2:
        return None
    total, section, digit, scale_before = 0, 0, None, 10_000
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
            continue
        scale = _SCALES[character]
        if digit is None and not (scale == 10 and section == total == 0):
            return None
        if scale == 10_000:
            if total:
                return None
            total, section, scale_before = (section + (digit or 0)) * scale, 0, scale
        else:
            if section and scale >= scale_before:
                return None
            section += (1 if digit is None else digit) * scale
            scale_before = scale
        digit = None
    spoken = text[-2:-1] in {"百", "千", "万"}
    return total + section + (digit or 0) * (scale_before // 10 if spoken else 1)
