"""A question file (TOML or JSON) as an `Asked`."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geodata.errors import ParameterError, UnreadableFileError
from geodata.kinds import SiteKind
from geodata.place.district import canonical_district
from geodata.siting.asked import (
    LAYERS,
    Asked,
    Bind,
    Candidates,
    Capacity,
    From,
    GivenPlace,
    LunchAsked,
    Model,
    Option,
    Rules,
    Works,
)
from geodata.siting.check import check
from geodata.siting.fields import Fields

_MOST_10K = 1e7
LUNCH_OPTIONS = ("canteen", "shared_canteen", "cabinet", "shared_table", "delivery")


def read_file(path: Path) -> Asked:
    """Read a question from a .toml or .json file.

    Raises:
        UnreadableFileError: the file is not what its name says.
        ParameterError: a key holds something it does not take.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"读不了 {path.name}：要 UTF-8 的 .toml 或 .json。") from error
    return read_text(text, is_json=path.suffix.lower() == ".json", name=path.name)


def read_text(text: str, *, is_json: bool, name: str) -> Asked:
    """Read a question from its text."""
    try:
        values = json.loads(text) if is_json else tomllib.loads(text)
    except ValueError as error:
        raise UnreadableFileError(f"{name} 写得不合格式：{error}") from error
    if not isinstance(values, dict):
        raise UnreadableFileError(f"{name} 里要是一张表：键和值。")
    return read(values)


def read(values: Mapping[str, Any]) -> Asked:
    """A question from its keys.

    Raises:
        ParameterError: a key holds something it does not take, or keys do not go together.
    """
    top = Fields(values)
    asked = Asked(
        model=top.choice("model", Model.MCLP, Model),
        title=top.text("title"),
        walk_m=top.number("walk_m", 1000.0, least=50.0, most=20_000.0),
        count_rectifying=top.yes("count_rectifying"),
        candidates=_candidates(top.table("candidates")),
        new=_works(top.table("new")),
        upgrade=_works(top.table("upgrade")),
        rules=_rules(top.table("rules")),
        budget_10k=_budget(top.table("budget_10k")),
        capacity=_capacity(top.table("capacity")),
        lunch=_lunch(top.table("lunch")),
        time_limit_s=top.number("time_limit_s", 60.0, least=1.0, most=3600.0),
        draws=top.whole("draws", 20, most=500),
        seed=top.whole("seed", 1),
        given=values,
    )
    top.close()
    check(asked)
    return asked


def _candidates(fields: Fields | None) -> Candidates:
    if fields is None:
        return Candidates()
    usual = Candidates()
    kinds = fields.texts("kinds") or tuple(SiteKind)
    for kind in kinds:
        if kind not in set(SiteKind):
            raise fields.wrong("kinds", f"这些里的：{'、'.join(SiteKind)}")
    over = usual.or_workers_over if kinds == tuple(SiteKind) else None
    if fields.has("or_workers_over"):
        over = fields.number("or_workers_over", 0.0, least=0.0, most=1e7)
    made = Candidates(
        source=fields.choice("from", From.SITES, From),
        kinds=tuple(SiteKind(kind) for kind in kinds),
        districts=tuple(_district(fields, name) for name in fields.texts("districts")),
        or_workers_over=over,
        places=tuple(_place(one) for one in fields.tables("places")),
        grid_spacing_m=fields.number("grid_spacing_m", 500.0, least=50.0, most=10_000.0),
        grid_reach_m=fields.number("grid_reach_m", 700.0, least=50.0, most=10_000.0),
    )
    fields.close()
    return made


def _district(fields: Fields, name: str) -> str:
    found = canonical_district(name)
    if found is None:
        raise fields.wrong("districts", '区名的列表，如 ["浦东新区"]')
    return found


def _place(fields: Fields) -> GivenPlace:
    for name in ("name", "lon", "lat"):
        if not fields.has(name):
            raise ParameterError(f"{fields.key(name)} 没有写：每个候选点都要有 name、lon、lat")
    capacity = fields.number("capacity_workers", 0.0, least=0.0, most=1e7)
    costs = _layers(fields)
    place = GivenPlace(
        name=fields.text("name"),
        lon=fields.number("lon", 0.0, least=-180.0, most=180.0),
        lat=fields.number("lat", 0.0, least=-90.0, most=90.0),
        error_m=fields.number("error_m", 15.0, least=0.0, most=10_000.0),
        district=canonical_district(fields.text("district")) or "",
        town=fields.text("town"),
        cost_10k=costs or None,
        capacity_workers=capacity or None,
    )
    fields.close()
    return place


def _works(fields: Fields | None) -> Works | None:
    if fields is None:
        return None
    most = fields.has("district_maximum")
    works = Works(
        count=fields.whole("count", 0, most=10_000),
        district_minimum=fields.whole("district_minimum", 0),
        district_maximum=fields.whole("district_maximum", 0) if most else None,
        minimum_by_district=fields.by_district("minimum_by_district"),
        maximum_by_district=fields.by_district("maximum_by_district"),
        minimum_by_town=fields.counts("minimum_by_town"),
        maximum_by_town=fields.counts("maximum_by_town"),
        cost_10k=_layers(fields),
    )
    fields.close()
    return works


def _layers(fields: Fields) -> dict[str, float]:
    """Costs by funding layer."""
    costs = fields.numbers("cost_10k", most=_MOST_10K)
    for layer in costs:
        if layer not in LAYERS:
            raise fields.wrong("cost_10k", f"这些层里的钱：{'、'.join(LAYERS)}")
    return costs


def _rules(fields: Fields | None) -> Rules:
    if fields is None:
        return Rules()
    pairs = fields.list("exclusive")
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise fields.wrong("exclusive", '成对的名称，如 [["甲", "乙"]]')
    made = Rules(
        minima_bind=fields.choice("minima_bind", Bind.AWARDS, Bind),
        required=fields.texts("required"),
        forbidden=fields.texts("forbidden"),
        exclusive=tuple((str(a), str(b)) for a, b in pairs),
        spacing_m=fields.number("spacing_m", 0.0, least=0.0, most=50_000.0),
        worst_district_first=fields.yes("worst_district_first"),
        district_floor=fields.number("district_floor", 0.0, least=0.0, most=1.0),
    )
    fields.close()
    return made


def _budget(fields: Fields | None) -> dict[str, float]:
    if fields is None:
        return {}
    names = (*LAYERS, "total", "new", "upgrade")
    found = {
        name: fields.number(name, 0.0, least=0.0, most=_MOST_10K)
        for name in names
        if fields.has(name)
    }
    fields.close()
    return found


def _capacity(fields: Fields | None) -> Capacity:
    if fields is None:
        return Capacity()
    made = Capacity(fields.number("workers", 5000.0, least=1.0, most=1e7), fields.yes("whole"))
    fields.close()
    return made


def _lunch(fields: Fields | None) -> LunchAsked | None:
    if fields is None:
        return None
    options = {}
    for name in LUNCH_OPTIONS:
        one = fields.table(name)
        if one is not None:
            cost = one.number("cost_10k", 0.0, least=0.0, most=_MOST_10K)
            options[name] = Option(cost, one.number("meals", 0.0, least=0.0, most=1e6))
            one.close()
    made = LunchAsked(options, fields.number("walk_m", 1000.0, least=50.0, most=5000.0))
    fields.close()
    return made
