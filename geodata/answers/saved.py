"""An answer kept as JSON, and worked out again: equal to the last digit, or what differs."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from geodata.answers.answer import Answer
from geodata.answers.cuts import Cut, cuts, whole
from geodata.answers.groups import By
from geodata.answers.operators import by_operator
from geodata.answers.question import Parameters
from geodata.errors import ParameterError

FORMAT = "zhitu-coverage-1"


def saved(answer: Answer) -> dict[str, Any]:
    """Everything a figure of the answer depends on, and every figure, as JSON values.

    Sites are listed with their state and their nearest counted point, so that a difference can
    be followed to the site it comes from.
    """
    return {
        "format": FORMAT,
        "parameters": _plain(asdict(answer.parameters)),
        "city": _cut(whole(answer)),
        "cuts": {by.value: [_cut(cut) for cut in cuts(answer, by)] for by in By},
        "operators": [_plain(asdict(row)) for row in by_operator(answer)],
        "sites": _sites(answer),
    }


def parameters_of(document: Any) -> Parameters:
    """The parameters a kept answer was made under.

    Raises:
        ParameterError: the document is no answer kept by this program.
    """
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise ParameterError("这不是 zhitu gaps --save 存的文件，没法重算。")
    given = document.get("parameters")
    if not isinstance(given, Mapping) or set(given) != {f.name for f in fields(Parameters)}:
        raise ParameterError("存的文件里参数不全，没法重算。")
    return Parameters(**given)


def differences(before: Any, after: Any, *, where: str = "") -> Iterator[str]:
    """Every figure that differs between two kept answers, as a path and both values."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from differences(before.get(key), after.get(key), where=f"{where}/{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for n, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, where=f"{where}/{_name(one, n)}")
    elif before != after:
        yield f"{where}：原 {_short(before)}，现 {_short(after)}"


def _name(row: Any, n: int) -> str:
    """Rows are told by their name where they have one."""
    if isinstance(row, Mapping):
        parts = [str(row[key]) for key in ("within", "key", "operator", "name") if row.get(key)]
        return "·".join(parts) or str(n)
    return str(n)


def _short(value: Any) -> str:
    return f"{len(value)} 项" if isinstance(value, list) else str(value)[:60]


def _cut(cut: Cut) -> dict[str, Any]:
    shares = {"share": cut.tally.share, "possible_share": cut.tally.possible_share}
    values: dict[str, Any] = _plain(asdict(cut))
    return values | {"tally": values["tally"] | shares}


def _sites(answer: Answer) -> list[dict[str, Any]]:
    sites, points = answer.city.sites, answer.city.points
    return [
        {
            "id": int(sites.id[n]),
            "name": sites.name[n],
            "state": state.value,
            "nearest": int(points.id[answer.standing.rows[found]]) if found >= 0 else None,
            "nearest_m": float(answer.nearest_m[n]) if found >= 0 else None,
        }
        for n, (state, found) in enumerate(
            zip(answer.found.state, answer.nearest.tolist(), strict=True)
        )
    ]


def _plain(value: Any) -> Any:
    """Tuples as the lists JSON gives back."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value
