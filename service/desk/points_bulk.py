"""Changing many service points: what was typed, what it would do, and doing it."""

from collections.abc import Mapping
from datetime import date

from flask import Response, request

from geodata.database import rehearsing
from geodata.errors import ConflictError, ParameterError
from geodata.facilities import canonical
from geodata.kinds import STATUS_LABELS, Status, Works
from geodata.points.bulk import Bulk, Outcome, apply
from geodata.store import Store
from importers.cells import typed
from maps.words import Words
from service.clock import today
from service.desk.pages import desk_page
from service.desk.point_fields import BULK, LONGEST, typed_in
from service.desk.point_words import field_label, value_said
from service.free_text import one_line, written
from service.guard import person
from service.request import words_of

MOST = 100
# Moves that need a card, an inspection or a new place are made one by one.
ONE_BY_ONE = frozenset({Status.RECTIFYING, Status.MOVED})
TO = tuple(status for status in STATUS_LABELS if status not in ONE_BY_ONE)


def answer(store: Store) -> Response:
    """The preview, or the page that says what was done."""
    form = request.form.to_dict()
    ids, bulk = _ids(), _bulk(form)
    if form.get("action") != "apply":
        return _preview(store, ids, bulk, 200)
    marks = {number: form.get(f"mark_{number}", "") for number in ids}
    try:
        with store.writing() as session:
            done = apply(session, ids, bulk, by=person(), today=today(), marks=marks)
    except ConflictError as error:
        return _preview(store, ids, bulk, 409, fault=str(error))
    return _page(done, 200, done=True)


def _ids() -> list[int]:
    texts = request.form.getlist("id")
    if not texts:
        raise ParameterError("还没有选点位：在表格左边打勾。")
    if len(texts) > MOST or not all(text.isascii() and text.isdecimal() for text in texts):
        raise ParameterError(f"一次最多改 {MOST} 处。")
    return list(dict.fromkeys(int(text[:9]) for text in texts))


def _bulk(form: Mapping[str, str]) -> Bulk:
    """What the form asks for; what is left empty is left alone."""
    filled = tuple(name for name in BULK if written(form, name))
    to = form.get("to", "")
    if to and to not in TO:
        raise ParameterError("这一步要逐个点位办：黄牌、复查或新地方要写在各自的页上。")
    bulk = Bulk(
        on=_day(form.get("on", "")),
        to=Status(to) if to else None,
        reason=one_line(written(form, "reason")[:LONGEST]),
        values=typed_in(form, filled),
        add=_facilities(written(form, "add")),
        remove=_facilities(written(form, "remove")),
    )
    if bulk.is_empty:
        raise ParameterError("还没有写要改什么：空着的都不改。")
    return bulk


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError as error:
        raise ParameterError("日期要写成 2026-03-31") from error


def _facilities(text: str) -> tuple[str, ...]:
    items = typed.items(text[:LONGEST])
    return tuple(dict.fromkeys(label for item in items if (label := canonical(one_line(item)))))


def _preview(store: Store, ids: list[int], bulk: Bulk, status: int, *, fault: str = "") -> Response:
    with rehearsing(store.engine) as session:
        tried = apply(session, ids, bulk, by=person(), today=today())
    return _page(tried, status, fault=fault)


def _page(
    outcomes: tuple[Outcome, ...], status: int, *, done: bool = False, fault: str = ""
) -> Response:
    words = words_of(request)
    kept = ("to", "on", "reason", *BULK, "add", "remove")
    return desk_page(
        "desk/points_bulk.html",
        here="points",
        status=status,
        done=done,
        fault=fault,
        rows=[(one, _said(words, one)) for one in outcomes],
        changing=sum(bool(one.changed) for one in outcomes),
        refused=sum(bool(one.refusal) for one in outcomes),
        form={name: request.form[name] for name in kept if request.form.get(name)},
        back=request.form.get("back", ""),
        statuses=TO,
        works=list(Works),
        today=today(),
    )


def _said(words: Words, one: Outcome) -> list[tuple[str, str, str]]:
    return [
        (
            field_label(words, each.field),
            value_said(words, each.field, each.before),
            value_said(words, each.field, each.after),
        )
        for each in one.changed
    ]
