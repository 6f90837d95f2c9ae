"""Which service point is meant by a line of the register: one for one, the surest sign first."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from geodata.kinds import Kind

# What every name of a kind has in common tells nothing apart.
_COMMON = re.compile(r"总工会|(?:街镇|开发区)?职工服务(?:总站|中心|站)|服务(?:总站|中心|站)|上海市")
_MARKS = re.compile(r"[\s、，,。.·・“”\"'（）()【】\[\]-]+")


class Sign(StrEnum):
    """What a register's line and a service point have in common, the surest first."""

    CODE = "code"
    NAME = "name"
    ADDRESS = "address"
    TOWN = "town"


SIGN_LABELS: dict[Sign, tuple[str, str]] = {
    Sign.CODE: ("编号", "Code"),
    Sign.NAME: ("名称", "Name"),
    Sign.ADDRESS: ("地址", "Address"),
    Sign.TOWN: ("所在街镇", "Town"),
}


@dataclass(frozen=True, slots=True)
class Signs:
    """What one line or one service point can be known by; `canonical` is its address's key."""

    kind: Kind
    code: str
    name: str
    canonical: str
    district: str
    town: str


def bare_name(name: str, district: str) -> str:
    """A name without marks and without what all names of its kind and district share."""
    flat = _MARKS.sub("", unicodedata.normalize("NFKC", name)).casefold()
    without = _COMMON.sub("", flat)
    return without.removeprefix(district) if district else without


def _by_code(one: Signs) -> Hashable | None:
    return (one.kind, one.code) if one.code else None


def _by_name(one: Signs) -> Hashable | None:
    # A district's centre is named by its district alone.
    name = bare_name(one.name, one.district)
    return (one.kind, one.district, name) if name or one.kind is Kind.SERVICE_CENTRE else None


def _by_address(one: Signs) -> Hashable | None:
    return (one.kind, one.canonical) if one.canonical else None


def _by_town(one: Signs) -> Hashable | None:
    # A town has one hub; of stations it has many, so that the town tells nothing.
    return (one.kind, one.district, one.town) if one.kind is Kind.SERVICE_HUB and one.town else None


_KEYS: dict[Sign, Callable[[Signs], Hashable | None]] = {
    Sign.CODE: _by_code,
    Sign.NAME: _by_name,
    Sign.ADDRESS: _by_address,
    Sign.TOWN: _by_town,
}


def match(
    required: Sequence[Signs], existing: Sequence[Signs]
) -> tuple[tuple[int, Sign] | None, ...]:
    """For each line the index of the service point that it means, and by which sign.

    Nothing that exists stands for two lines. Of several that fit, the first in `existing` is
    taken: put those in service first.
    """
    found: dict[int, tuple[int, Sign]] = {}
    taken: set[int] = set()
    for sign, key in _KEYS.items():
        free = defaultdict(list)
        for index, one in enumerate(existing):
            if index not in taken:
                free[key(one)].append(index)
        free.pop(None, None)
        for line, one in enumerate(required):
            if line not in found and free[key(one)]:
                index = free[key(one)].pop(0)
                found[line] = index, sign
                taken.add(index)
    return tuple(found.get(line) for line in range(len(required)))
