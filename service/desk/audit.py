"""`/desk/audit`: who changed or read what; everybody his own, the city's administrators all."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from io import StringIO
from json import dumps
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from geodata.accounts import trail
from geodata.accounts.roles import Role
from geodata.accounts.trail import Sought
from geodata.errors import ParameterError
from geodata.moments import BEIJING_TIME
from geodata.store import Store
from geodata.tables import AuditEvent
from maps.catalogue import catalogue
from service import params
from service.desk.pages import desk_page
from service.guard import needs, person
from service.request import words_of
from service.settings import Settings
from service.table_out import safe

COLUMNS = ("时间（北京）", "账号", "动作", "表", "编号", "区", "详情")
_FIRST_YEAR, _LAST_YEAR = 2000, 2999
_FIELDS = ("by", "action", "table", "id", "since", "until")


def blueprint(_settings: Settings, store: Store) -> Blueprint:
    """The page and the same as CSV."""
    pages = Blueprint("audit", __name__, url_prefix="/desk")

    @pages.get("/audit")
    @needs(Role.VIEWER)
    def look() -> Response:
        sought, number = asked(), params.page(request.args)
        with store.reading() as session:
            total = trail.count(session, sought)
            rows = [_row(event) for event in trail.page(session, sought, number)]
            actions = trail.actions(session)
        return desk_page(
            "desk/audit.html",
            here="audit",
            rows=rows,
            total=total,
            number=number,
            last=max(1, -(-total // trail.PAGE)),
            actions=[(action, _action(action)) for action in actions],
            query={name: request.args.get(name, "") for name in _FIELDS},
            kept=urlencode({name: text for name, text in request.args.items() if name in _FIELDS}),
            of_all=_sees_all(),
        )

    @pages.get("/audit.csv")
    @needs(Role.VIEWER)
    def as_csv() -> Response:
        sought = asked()
        response = Response(_csv(store, sought), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = "attachment; filename=zhitu-audit.csv"
        response.headers["Cache-Control"] = "no-store"
        return response

    return pages


def asked() -> Sought:
    """by, action, table, id, since and until; who does not see all asks for his own only."""
    query = request.args
    sought = Sought(
        by=_word(query.get("by", "")),
        action=_word(query.get("action", "")),
        table=_word(query.get("table", "")),
        record_id=_number(query.get("id", "")),
        since=_day("since", query.get("since", "")),
        until=_day("until", query.get("until", "")),
    )
    return sought if _sees_all() else replace(sought, by=person().login)


def _sees_all() -> bool:
    """Details name addresses of every district, so an administrator of one sees his own only."""
    return person().role is Role.ADMIN and person().everywhere


def _word(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable()).strip()[:64]


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ParameterError("id 要是记录的编号，一个整数")
    return int(text)


def _day(name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text[:20])
    except ValueError as error:
        raise ParameterError(f"{name} 要写成 2026-03-31") from error
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ParameterError(f"{name} 要在 {_FIRST_YEAR} 到 {_LAST_YEAR} 年之间")
    return day


def _action(action: str) -> str:
    """An action in words; one that no catalogue names stays as it is."""
    words, named = words_of(request), action.replace(".", "_")
    known = f"action_{named}" in catalogue(words.language).plain
    return words(f"action_{named}") if known else action


def _row(event: AuditEvent) -> dict[str, object]:
    words = words_of(request)
    return {
        "at": words.moment(event.at),
        "by": event.by,
        "action": _action(event.action),
        "table": event.record_table,
        "id": event.record_id,
        "district": event.district,
        "detail": dumps(event.detail, ensure_ascii=False) if event.detail else "",
    }


def _csv(store: Store, sought: Sought) -> Iterator[str]:
    # Excel reads a file as UTF-8 by its first three bytes.
    yield "\ufeff" + _line(COLUMNS)
    with store.reading() as session:
        yield from _lines(session, sought)


def _lines(session: Session, sought: Sought) -> Iterator[str]:
    for event in trail.whole(session, sought):
        here = event.at.replace(tzinfo=UTC).astimezone(BEIJING_TIME)
        detail = dumps(event.detail, ensure_ascii=False) if event.detail else ""
        number = "" if event.record_id is None else str(event.record_id)
        yield _line(
            (
                *(f"{here:%Y-%m-%d %H:%M:%S}", event.by, event.action),
                *(event.record_table, number, event.district, detail),
            )
        )


def _line(cells: tuple[str, ...]) -> str:
    out = StringIO()
    csv.writer(out).writerow([safe(cell) for cell in cells])
    return out.getvalue()
