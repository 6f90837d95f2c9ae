"""The form of the siting page as a question: field names are the keys of a question file."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from geodata.errors import ParameterError
from maps.words import Words

_NUMBERS = (
    "walk_m",
    "new.count",
    "new.district_minimum",
    "new.district_maximum",
    "upgrade.count",
    "upgrade.district_minimum",
    "rules.spacing_m",
    "rules.district_floor",
    "budget_10k.city",
    "budget_10k.total",
    "capacity.workers",
    "candidates.grid_spacing_m",
    "candidates.or_workers_over",
)
_TEXTS = ("title", "model", "candidates.from", "rules.minima_bind")
_LISTS = ("rules.required", "rules.forbidden", "candidates.kinds", "candidates.districts")
_SWITCHES = ("count_rectifying", "rules.worst_district_first", "capacity.whole")
_COSTS = ("new.city_10k", "upgrade.city_10k")
_WAYS = ("canteen", "shared_canteen", "cabinet", "shared_table", "delivery")
_LUNCH = tuple(f"lunch.{way}.{part}" for way in _WAYS for part in ("cost_10k", "meals"))
MATCH = "match"
FIELDS = (*_TEXTS, *_NUMBERS, *_LISTS, *_SWITCHES, *_COSTS, *_LUNCH, MATCH)

# What the form calls a key, so that a fault names the field a planner sees.
LABELS: Mapping[str, str] = {
    "walk_m": "siting_walk",
    "new.count": "siting_new",
    "new.district_minimum": "siting_new_min",
    "new.district_maximum": "siting_new_max",
    "new.cost_10k": "siting_new_cost",
    "upgrade.count": "siting_upgrade",
    "upgrade.district_minimum": "siting_upgrade_min",
    "upgrade.cost_10k": "siting_upgrade_cost",
    "rules.spacing_m": "siting_spacing",
    "rules.district_floor": "siting_floor",
    "rules.worst_district_first": "siting_worst",
    "budget_10k.city": "siting_city_budget",
    "budget_10k.total": "siting_total_budget",
    "capacity.workers": "siting_capacity",
    "candidates.districts": "siting_districts",
}
DEFAULTS: Mapping[str, str] = {
    "model": "mclp",
    "walk_m": "1000",
    "new.count": "20",
    "new.district_minimum": "1",
    "new.city_10k": "1.5",
    "upgrade.city_10k": "1.0",
    "budget_10k.city": "30",
    "candidates.from": "sites",
    "rules.minima_bind": "awards",
    MATCH: "1",
    "lunch.canteen.cost_10k": "60",
    "lunch.canteen.meals": "900",
    "lunch.cabinet.cost_10k": "8",
    "lunch.cabinet.meals": "160",
    "lunch.delivery.cost_10k": "5",
    "lunch.delivery.meals": "120",
}
_SEPARATORS = re.compile(r"[\n\r、,，;；]+")
_MOST_CHARS = 2000


def given(form: Mapping[str, str]) -> dict[str, str]:
    """What the form holds, of the fields it has."""
    found = {name: form.get(name, "").strip() for name in FIELDS}
    for name, text in found.items():
        if len(text) > _MOST_CHARS:
            raise ParameterError(f"{name} 太长：最多 {_MOST_CHARS} 个字")
    return {name: text for name, text in found.items() if text}


def labelled(sentence: str, words: Words) -> str:
    """A fault with the form's own names in the place of keys."""
    for key, label in LABELS.items():
        sentence = re.sub(rf"(?<![\w.]){re.escape(key)}(?![\w.])", f"“{words(label)}”", sentence)
    return sentence


def question_of(form: Mapping[str, str]) -> dict[str, Any]:
    """The question as nested tables; fields left empty or at rest are left out."""
    values: dict[str, Any] = {}
    model = form.get("model", "mclp")
    for name, value in _values(form):
        if _speaks(name, model, form):
            _put(values, name, value)
    return values


def _values(form: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for name, text in form.items():
        if name in _NUMBERS or name in _LUNCH:
            yield name, _number(text)
        elif name in _TEXTS:
            yield name, text
        elif name in _LISTS:
            yield name, [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
        elif name in _SWITCHES and text == "1":
            yield name, True
        elif name in _COSTS:
            part = name.partition(".")[0]
            layers = ("city", "district", "town") if form.get(MATCH) == "1" else ("city",)
            yield f"{part}.cost_10k", {layer: _number(text) for layer in layers}


def _speaks(name: str, model: str, form: Mapping[str, str]) -> bool:
    """Whether a field means anything under a model: the form shows more than one needs."""
    if model == "lunch":
        return name in {"model", "title", "budget_10k.total"} or name in _LUNCH
    ruled = {"mclp", "upgrade", "capacitated", "capacitated_median"}
    plain = {"p_median", "p_center"} if name in {"new.count", "new.cost_10k"} else set()
    means = {
        "lunch": set(),
        "new": (ruled - {"upgrade"}) | plain,
        "upgrade": {"mclp", "upgrade"} if form.get("upgrade.count", "0") != "0" else set(),
        "capacity": {"capacitated", "capacitated_median"},
        "rules": ruled,
        "budget_10k": ruled,
    }
    part = name.partition(".")[0]
    return part not in means or model in means[part]


def _number(text: str) -> float | int | str:
    """A number, or the text itself for the reader to refuse by its key."""
    try:
        value = float(text.replace(",", "").replace("，", ""))
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def _put(values: dict[str, Any], name: str, value: Any) -> None:
    *path, last = name.split(".")
    for part in path:
        values = values.setdefault(part, {})
    values[last] = value
