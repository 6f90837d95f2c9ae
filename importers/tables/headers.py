"""Header cells compared by what they say, whatever brackets, units and spaces stand in them."""

import re
import unicodedata
from functools import lru_cache

# Columns a handed-back copy adds begin with this and are passed over when it is read again.
ADDED = "职图·"
# What stands in the number column of the row that shows how to fill in a template.
EXAMPLE = "示例"

_TAG = re.compile(r"<[^<>]*>")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_NOISE = re.compile(r"[\s:*★☆●.。、\"“”'_]+")


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """地址（请尽量详细） and 地 址 are both 地址; 面积（m <sup>2</sup> ） is 面积."""
    flat = _TAG.sub("", unicodedata.normalize("NFKC", text))
    return _NOISE.sub("", _BRACKETS.sub("", flat)).lower()


def unit_factor(header: str) -> float:
    """What a sum under this header is multiplied with to give yuan."""
    return 10_000.0 if "万元" in header else 1.0
