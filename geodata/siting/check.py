"""Keys of a question that do not go together, said before anything is computed."""

from geodata.errors import ParameterError
from geodata.siting.asked import Asked, From, Model

# The models whose solvers take every rule.
RULED = frozenset({Model.MCLP, Model.UPGRADE, Model.CAPACITATED, Model.CAPACITATED_MEDIAN})


def check(asked: Asked) -> None:
    """Refuse what has no meaning together.

    Raises:
        ParameterError: names the keys.
    """
    for fault in (_works, _rules, _equity, _lists):
        sentence = fault(asked)
        if sentence:
            raise ParameterError(sentence)


def _works(asked: Asked) -> str:
    model = asked.model
    if model is Model.LUNCH:
        return _lunch(asked)
    if model is Model.UPGRADE:
        return _upgrade(asked)
    if model is not Model.LSCP and not _counts(asked):
        return f"model = {model} 要写 new.count：新建多少家"
    if asked.upgrade is not None and model is not Model.MCLP:
        return f"model = {model} 不收 [upgrade]：新建升级一起算用 mclp"
    return ""


def _lunch(asked: Asked) -> str:
    if asked.lunch is None or not asked.lunch.options:
        return "model = lunch 要写 [lunch]，里面至少一种办法，如 [lunch.canteen]"
    return "" if "total" in asked.budget_10k else "model = lunch 要写 budget_10k.total"


def _upgrade(asked: Asked) -> str:
    if asked.upgrade is None or not asked.upgrade.count:
        return "model = upgrade 要写 upgrade.count：升级多少家"
    return "" if asked.new is None else "model = upgrade 不收 [new]：新建升级一起算用 mclp"


def _counts(asked: Asked) -> int:
    return sum(works.count for works in (asked.new, asked.upgrade) if works is not None)


def _rules(asked: Asked) -> str:
    if asked.model in RULED or asked.model is Model.LUNCH:
        return ""
    works = asked.new
    if asked.rules.any or asked.budget_10k or (works is not None and works.has_rules):
        names = "、".join(sorted(RULED))
        return f"model = {asked.model} 不收 [rules]、[budget_10k] 和各区街镇家数，能收的：{names}"
    return ""


def _equity(asked: Asked) -> str:
    rules = asked.rules
    fair = rules.worst_district_first or rules.district_floor > 0
    if fair and (asked.model is not Model.MCLP or asked.upgrade is not None):
        return "rules.worst_district_first 和 district_floor 只用于 mclp，且不能同 [upgrade] 一起用"
    return ""


def _lists(asked: Asked) -> str:
    both = set(asked.rules.required) & set(asked.rules.forbidden)
    if both:
        return f"rules.required 和 rules.forbidden 里都有“{min(both)}”：只能留一边"
    needs = asked.candidates.source is From.PLACES and asked.new is not None
    return (
        "candidates.from = places 要写 [[candidates.places]]"
        if (needs and not asked.candidates.places)
        else ""
    )
