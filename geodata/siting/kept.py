"""An answer as JSON and back, whole: how it travels between processes and through the database."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from geodata.answers.words import Said
from geodata.siting.answer import (
    Arithmetic,
    DistrictChange,
    Pick,
    RulePrice,
    Second,
    Served,
    SitingAnswer,
)

Json = dict[str, Any]
# PostgreSQL's JSON knows no infinity, which is what a bound is before it is known.
_ENDLESS = ("value", "bound")


def as_json(answer: SitingAnswer) -> Json:
    """All of an answer."""
    told = asdict(answer)
    return told | {name: repr(float(told[name])) for name in _ENDLESS}


def from_json(told: Mapping[str, Any]) -> SitingAnswer:
    """The answer that `as_json` wrote."""
    second = told["second"]
    read = {
        **{name: float(told[name]) for name in _ENDLESS},
        "picks": tuple(_pick(one) for one in told["picks"]),
        "districts": tuple(DistrictChange(**one) for one in told["districts"]),
        "works": tuple(Arithmetic(**one) for one in told["works"]),
        "prices": tuple(RulePrice(**one | {"rule": Said(**one["rule"])}) for one in told["prices"]),
        "second": None if second is None else Second(**second | _names(second)),
        "findings": tuple(Said(**one) for one in told["findings"]),
        "impossible": tuple(Said(**one) for one in told["impossible"]),
    }
    return SitingAnswer(**{**told, **read})


def _pick(told: Json) -> Pick:
    return Pick(**told | {"serves": tuple(Served(**one) for one in told["serves"])})


def _names(told: Json) -> Json:
    return {name: tuple(told[name]) for name in ("leaves", "takes")}
