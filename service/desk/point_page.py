"""What the page of one service point shows, for whoever looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app

from geodata.accounts.roles import Person, Role
from geodata.duty.rules import DUTY_LABELS, STATE_LABELS, Duty
from geodata.inspections.record import INSPECTION_LABELS, Found, InspectionKind
from geodata.inspections.schemes import schemes
from geodata.kinds import Kind, Status, Works
from geodata.lifecycle.moves import Move, Need, moves_from
from geodata.points.detail import Detail
from geodata.points.subsidies import LAYER_LABELS, Layer
from geodata.review.queue import ref_of
from importers.hours.read import read_hours
from maps.words import Words
from service.desk.point_fields import FIELDS, PointField, shown
from service.desk.point_words import hours_said, value_said

# These are made by a card or an inspection, each with a form of its own.
_BY_CARD = frozenset({Need.YELLOW_CARD, Need.PASSED_INSPECTION, Need.RED_CARD})
_STANDING = frozenset({Status.PLAQUED, Status.RECTIFYING})


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of the form: what is stored, what was typed, and who wrote it last by hand."""

    field: PointField
    stored: str
    value: str
    said: str
    edited: str

    @property
    def differs(self) -> bool:
        return self.value != self.stored


def values_of_page(
    words: Words, point: Detail, by: Person, *, typed: Mapping[str, str], form: str
) -> dict[str, Any]:
    """Forms the person may use, and every record in words."""
    editing = typed if form == "edit" else {}
    return {
        "typed": typed,
        "typed_form": form,
        "entries": _entries(words, point, editing),
        "plaque_typed": editing.get("plaque_on"),
        "moves": _moves(point, by),
        "need_words": {n.value: words(f"point_need_{n.value}") for n in Need if n != Need.NOTHING},
        "may_edit": point.reached and by.role.may(Role.EDITOR),
        "may_card": point.reached and by.role.may(Role.REVIEWER) and _stands(point),
        "passed_since": _passed_since(point),
        "schemes": schemes(),
        "founds": list(Found),
        "inspection_kinds": _inspection_kinds(point, by),
        "is_health": point.kind is Kind.HEALTH_POINT,
        "labels": Labels(words),
        "works": list(Works),
        "contacts": _contacts(point, by),
        "review": _review(point, by),
    }


def _entries(words: Words, point: Detail, typed: Mapping[str, str]) -> list[Entry]:
    made = []
    for field in FIELDS:
        stored = shown(point.values[field.name])
        value = _value(field.name, stored, typed)
        said = hours_said(words, value, read_hours(value)) if field.entry == "hours" else ""
        mark = point.own.edited.get(field.name)
        made.append(Entry(field, stored, value, said, mark[0] if mark else ""))
    return made


def _value(name: str, stored: str, typed: Mapping[str, str]) -> str:
    """What was typed; a field nobody touched follows what is stored now."""
    if not typed:
        return stored
    given, base = typed.get(name, ""), typed.get(f"base_{name}", "")
    return given if given.strip() != base.strip() else stored


def _moves(point: Detail, by: Person) -> list[Move]:
    if not point.reached or point.status is None:
        return []
    found = moves_from(point.status, by.role, everywhere=by.everywhere)
    return [move for move in found if move.need not in _BY_CARD]


def _stands(point: Detail) -> bool:
    return point.status in _STANDING


def _passed_since(point: Detail) -> list[Any]:
    """Inspections that may close the open card."""
    given = [card.on for card in point.own.cards if card.is_open(card.on) and not card.closed_on]
    since = [step.on for step in point.own.steps if step.after is Status.RECTIFYING]
    start = max([*given, *since], default=None)
    return [
        one
        for one in point.own.inspections
        if one.passed and one.kind != InspectionKind.SELF and (start is None or one.on >= start)
    ]


def _inspection_kinds(point: Detail, by: Person) -> list[InspectionKind]:
    if not point.reached or not by.role.may(Role.EDITOR):
        return []
    if not by.role.may(Role.REVIEWER):
        return [InspectionKind.SELF]
    kinds = list(InspectionKind)
    return kinds if by.everywhere else kinds[:2]


def _contacts(point: Detail, by: Person) -> str:
    """Where the persons behind it are, for who may read them."""
    there = any(path.startswith("/desk/contacts/") for path in _paths())
    may = there and point.reached and by.role.may(Role.EDITOR)
    return f"/desk/contacts/service_point/{point.id}" if may else ""


def _review(point: Detail, by: Person) -> str:
    """Where its address is decided, for who may decide it."""
    may = point.reached and by.role.may(Role.EDITOR) and "/desk/review/<ref>" in _paths()
    canonical = point.door.canonical
    return f"/desk/review/{ref_of(canonical)}" if may and canonical else ""


def _paths() -> set[str]:
    return {rule.rule for rule in current_app.url_map.iter_rules()}


@dataclass(frozen=True, slots=True)
class Labels:
    """Closed vocabularies in the words of a page."""

    words: Words

    def inspection(self, kind: str) -> str:
        return self.words.both(*INSPECTION_LABELS[InspectionKind(kind)])

    def layer(self, layer: str) -> str:
        return self.words.both(*LAYER_LABELS[Layer(layer)])

    def layers(self) -> list[str]:
        return [layer.value for layer in Layer]

    def duty(self, duty: str) -> str:
        return self.words.both(*DUTY_LABELS[Duty(duty)])

    def duties(self) -> list[str]:
        return [duty.value for duty in Duty]

    def duty_state(self, state: str) -> str:
        return self.words.both(*next(v for k, v in STATE_LABELS.items() if k == state))

    def value(self, field: str, value: object) -> str:
        return value_said(self.words, field, value)
