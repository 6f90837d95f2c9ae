"""The fields of a service point as a form has them: text in, typed values out, and back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from geodata.errors import CellError, ParameterError
from geodata.facilities import canonical
from geodata.hours import as_json
from geodata.kinds import Works
from importers.cells import typed
from importers.cells.phones import beside_phones, phones
from importers.hours.read import read_hours
from service.free_text import one_line, written

LONGEST = 400
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class PointField:
    """One field: `entry` is how it is entered, `parse` reads what was typed."""

    name: str
    entry: str
    parse: Callable[[str], Any]

    @property
    def label(self) -> str:
        """The key of its name."""
        return f"point_{self.name}"


def _amount(read: Callable[[str], typed.Amount | None], text: str) -> float | None:
    found = read(text) if text else None
    return found.value if found else None


def _count(text: str) -> int | None:
    value = _amount(typed.heads, text)
    return None if value is None else int(value)


def _year(text: str) -> int | None:
    return typed.year(text) if text else None


def _works(text: str) -> str | None:
    if text and text not in set(Works):
        raise CellError("新建或升级")
    return text or None


def _phone(text: str) -> str:
    if text and (not phones(text) or beside_phones(text)):
        raise CellError("单位的座机，不写手机和人名")
    return "、".join(str(one) for one in phones(text))


def _facilities(text: str) -> list[str]:
    return list(
        dict.fromkeys(label for item in typed.items(text) if (label := canonical(one_line(item))))
    )


def _items(text: str) -> list[str]:
    return [one_line(item) for item in typed.items(text)]


FIELDS: tuple[PointField, ...] = (
    PointField("name", "text", one_line),
    PointField("official_code", "text", one_line),
    PointField("operator", "text", one_line),
    PointField("union", "text", one_line),
    PointField("grade", "text", one_line),
    PointField("year", "number", _year),
    PointField("works", "works", _works),
    PointField("hours_text", "hours", one_line),
    PointField("facilities", "list", _facilities),
    PointField("services", "list", _items),
    PointField("public_phone", "text", _phone),
    PointField("area_m2", "number", partial(_amount, typed.area_m2)),
    PointField("serves", "text", one_line),
    PointField("enterprises", "number", _count),
    PointField("workers", "number", _count),
    PointField("half_days_per_week", "number", partial(_amount, typed.half_days)),
    PointField("partner_clinic", "text", one_line),
    PointField("funds_yuan", "number", partial(_amount, typed.yuan)),
    PointField("model_room", "check", lambda text: text == "1"),
    PointField("complex_site", "check", lambda text: text == "1"),
    PointField("notes", "area", one_line),
)
BY_NAME: Mapping[str, PointField] = {field.name: field for field in FIELDS}
# What many points can be given at once; a name or a number of one point cannot.
BULK = ("union", "operator", "grade", "year", "works", "hours_text")


def shown(value: Any) -> str:
    """A stored value as its field shows it; unknown is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, list):
        return "、".join(value)
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def typed_in(form: Mapping[str, str], names: tuple[str, ...]) -> dict[str, Any]:
    """The values of a form's fields; hours bring how they were read.

    Raises:
        ParameterError: a field does not hold what it asks for.
    """
    values: dict[str, Any] = {}
    for name in names:
        values[name] = _read(BY_NAME[name], written(form, name))
    if "hours_text" in values:
        values["hours"] = as_json(read_hours(values["hours_text"]))
    return values


def _read(field: PointField, text: str) -> Any:
    if len(text) > LONGEST:
        raise ParameterError(f"每一项最多 {LONGEST} 个字。")
    return cell(field.parse, text)


def cell(parse: Callable[[str], Value], text: str) -> Value:
    """What a text says, read as a cell of a form would be.

    Raises:
        ParameterError: it does not say what is asked for.
    """
    try:
        return parse(text)
    except CellError as error:
        raise ParameterError(f"“{text}”没有存：这里要{error}。") from error
