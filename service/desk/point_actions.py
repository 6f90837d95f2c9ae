"""What each form of a point's page does, from typed text to one change of the record."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from geodata.accounts.audit import record as audit
from geodata.duty import store as duty
from geodata.duty.rules import Duty, Event
from geodata.errors import ParameterError
from geodata.inspections.cards import red, resolve, yellow
from geodata.inspections.record import Found, InspectionKind, Looked, Seen, record
from geodata.inspections.schemes import scheme_of, schemes
from geodata.kinds import Status
from geodata.lifecycle.move import move
from geodata.lifecycle.point import point_of
from geodata.points import subsidies
from geodata.points.change import change, set_plaque
from geodata.points.subsidies import Layer, Paid
from geodata.tables import Place
from geodata.version import grow_version
from importers.cells import typed
from service.clock import today
from service.desk.point_fields import FIELDS, LONGEST, cell, typed_in
from service.free_text import one_line, written
from service.guard import person

Form = Mapping[str, str]
_PASSED = {"": None, "1": True, "0": False}


def edit(session: Session, service_id: int, form: Form) -> None:
    """Write the fields that were touched, and the day of the plaque."""
    touched = tuple(field.name for field in FIELDS if _touched(form, field.name))
    change(session, service_id, typed_in(form, touched), by=person())
    if _touched(form, "plaque_on"):
        set_plaque(session, service_id, _maybe_day(form, "plaque_on"), by=person())


def _touched(form: Form, name: str) -> bool:
    """A field is a person's once it is not what the page showed."""
    return form.get(name, "").strip() != form.get(f"base_{name}", "").strip()


def move_(session: Session, service_id: int, form: Form) -> None:
    """One legal move."""
    to = form.get("to", "")
    if to not in set(Status):
        raise ParameterError("先选要改成哪个状态。")
    where = _text(form, "new_place")
    move(
        session,
        service_id,
        Status(to),
        on=_day(form, "on"),
        reason=_text(form, "reason"),
        by=person(),
        new_place_id=_place(session, where) if where and to == Status.MOVED else None,
        today=today(),
    )


def _place(session: Session, text: str) -> int:
    """A place by its number or its name, among those the person may see."""
    number = int(text[:9]) if text.isascii() and text.isdecimal() else -1
    places = session.scalars(
        select(Place).where(or_(Place.id == number, Place.name == text)).order_by(Place.id)
    )
    who = person()
    found = [
        place.id
        for place in places
        if any(who.sees(place.district, Status(one.status), one.union) for one in place.services)
    ]
    if len(found) != 1:
        ids = "、".join(map(str, found[:10]))
        several = f"叫“{text}”的不止一处，请写编号：{ids}。"
        raise ParameterError(several if found else f"没有叫“{text}”的地方。")
    return found[0]


def inspect(session: Session, service_id: int, form: Form) -> None:
    """One inspection, by the checklist of its year."""
    kind, passed, on = form.get("kind", ""), form.get("passed", ""), _day(form, "on")
    if kind not in set(InspectionKind) or passed not in _PASSED:
        raise ParameterError("先选检查的类别和结论。")
    seen = Seen(
        kind=InspectionKind(kind),
        on=on,
        office=_text(form, "office"),
        items=_items(form, on.year),
        passed=_PASSED[passed],
        note=_text(form, "note"),
    )
    record(session, service_id, seen, by=person(), today=today())


def _items(form: Form, year: int) -> dict[str, Looked]:
    """What was filled in; another year's checklist is told from this year's by its key."""
    right = scheme_of(year)
    found: dict[str, Looked] = {}
    for scheme in schemes().values():
        for code in scheme.codes:
            what = form.get(f"item_{scheme.key}_{code}", "") or Found.NOT_LOOKED.value
            if what not in set(Found):
                raise ParameterError("逐项结果只有合格、不合格、没看。")
            looked = Looked(Found(what), _text(form, f"note_{scheme.key}_{code}"))
            mine = right is not None and scheme.key == right.key
            if mine or looked.found is not Found.NOT_LOOKED:
                # A foreign item keeps its checklist's name, so that it is refused as foreign.
                found[code if mine else f"{scheme.key}.{code}"] = looked
    return found


def give_card(session: Session, service_id: int, form: Form) -> None:
    """A yellow card with its last day, or a red one."""
    on, reason = _day(form, "on"), _text(form, "reason")
    if form.get("colour") == "red":
        red(session, service_id, on=on, reason=reason, by=person(), today=today())
        return
    due_on = _maybe_day(form, "due_on")
    if due_on is None:
        raise ParameterError("黄牌要写整改期限。")
    yellow(session, service_id, on=on, due_on=due_on, reason=reason, by=person(), today=today())


def resolve_card(session: Session, service_id: int, form: Form) -> None:
    """The inspection that closes the open card."""
    text = form.get("inspection", "")
    if not (text.isascii() and text.isdecimal()):
        raise ParameterError("先选是哪一次复查合格。")
    on = _day(form, "on")
    resolve(session, service_id, int(text[:9]), on=on, by=person(), today=today())


def pay(session: Session, service_id: int, form: Form) -> None:
    """One sum of one layer and year."""
    layer, amount = form.get("layer", ""), written(form, "amount")
    if layer not in set(Layer):
        raise ParameterError("先选是哪一层的补贴。")
    year = cell(typed.year, form.get("year", ""))
    found = cell(typed.yuan, amount) if amount else None
    if year is None:
        raise ParameterError("年份要四位数，例如 2024。")
    paid = Paid(Layer(layer), year, found.value if found else None, _text(form, "purpose"))
    subsidies.add(session, service_id, paid, by=person())


def strike(number: int) -> Callable[[Session, int, Form], None]:
    """Takes one sum back."""

    def act(session: Session, service_id: int, _form: Form) -> None:
        subsidies.forget(session, service_id, number, by=person())

    return act


def hold(session: Session, service_id: int, form: Form) -> None:
    """A half-day, visit or lecture, held or planned."""
    kind = form.get("duty", "")
    if kind not in set(Duty):
        raise ParameterError("先选是咨询、访视还是讲座。")
    point = point_of(session, service_id, by=person())
    event = Event(Duty(kind), _day(form, "on"), _maybe_day(form, "announced_on"))
    number = duty.record(session, service_id, event, note=_text(form, "note"), by=person().login)
    audit(
        session,
        by=person().login,
        action="duty.add",
        table="service_point",
        record_id=service_id,
        district=point.place.district,
        detail={"event": number, "duty": kind, "on": str(event.on)},
    )
    grow_version(session)


def _text(form: Form, name: str) -> str:
    return one_line(written(form, name)[:LONGEST])


def _day(form: Form, name: str) -> date:
    found = _maybe_day(form, name)
    if found is None:
        raise ParameterError("日期要写成 2026-03-31")
    return found


def _maybe_day(form: Form, name: str) -> date | None:
    text = written(form, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ParameterError("日期要写成 2026-03-31") from error
