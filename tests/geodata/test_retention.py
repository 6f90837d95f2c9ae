"""What is too old goes, and stays a day before that: each row of the table in docs/privacy.md."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from geodata import tables
from geodata.erasure.sought import GONE
from geodata.retention import RULES, forget_old
from geodata.store import Store
from geodata.tables import Base

NOW = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - stored without a zone, as UTC
DAYS = {rule.table: rule.days for rule in RULES}
PRIVACY = Path(__file__).parents[2] / "docs" / "privacy.md"


def run(at: datetime) -> tables.ImportRun:
    return tables.ImportRun(
        id=1, file="", sha256="", at=at, rows_read=0, rows_refused=1, forms=[], new=0, changed=0,
        same=0,
    )  # fmt: skip


def place() -> tables.Place:
    texts = dict.fromkeys(("name", "address", "canonical", "district", "town", "reason"), "")
    return tables.Place(
        id=7, key="k", district_declared="", position_source="", source_datum="",
        reason_detail="", parsed={}, flags=[], **texts,
    )  # fmt: skip


def report(at: datetime, *, settled: datetime | None = None) -> list[Base]:
    told = tables.MistakeReport(
        place_id=7, what="other", text="门朝北", at=at, sender="h", status="new", note="看过",
        by="", settled_at=settled,
    )  # fmt: skip
    return [place(), told]


MADE: dict[str, Callable[[datetime], list[Base]]] = {
    "ended_sign_in": lambda at: [tables.EndedSignIn(id="x", until=at)],
    "sign_in_try": lambda at: [tables.SignInTry(who="x", at=at)],
    "keyed_answer": lambda at: [
        tables.KeyedAnswer(
            login="p", key="k", request_hash="", status=200, location="", body=b"", at=at
        )
    ],
    "pin_link": lambda at: [
        tables.PinLink(token_hash="x", canonical="路", made_at=at, expires_at=at, used_at=None)
    ],
    "api_token": lambda at: [
        tables.ApiToken(
            token_hash="x", login="p", name="", role="viewer", made_at=at, expires_on=at.date()
        )
    ],
    "geocode_answer": lambda at: [
        tables.GeocodeAnswer(provider="x", canonical="路", grammar=1, candidates=[], at=at)
    ],
    "geocode_send": lambda at: [
        tables.GeocodeSend(provider="x", day="", at=at, key_hash="", outcome="sent")
    ],
    "refused_row": lambda at: [
        run(at),
        tables.RefusedRow(run_id=1, sheet="", row=1, reason="", cells=[]),
    ],
    "refused_cell": lambda at: [
        run(at),
        tables.RefusedCell(run_id=1, sheet="", row=1, column="A", header="", found="", expected=""),
    ],
    "audit_event": lambda at: [
        tables.AuditEvent(
            at=at, by="p", action="contact.read", record_table="", district="", detail={}
        )
    ],
}


def rows(store: Store, table: str) -> int:
    with store.reading() as session:
        return len(session.execute(select(Base.metadata.tables[table])).all())


def add(store: Store, made: list[Base]) -> None:
    with store.writing() as session:
        for one in made:
            session.add(one)
            session.flush()


@pytest.mark.parametrize("table", MADE)
def test_it_goes_when_its_time_is_up_and_not_before(any_store: Store, table: str) -> None:
    add(any_store, MADE[table](NOW))
    due = NOW + timedelta(days=DAYS[table])
    assert forget_old(any_store, due - timedelta(minutes=1)) == {}
    assert rows(any_store, table) == 1
    assert forget_old(any_store, due + timedelta(days=1)) == {table: 1}
    assert rows(any_store, table) == 0


def test_who_reported_is_not_told_apart_after_two_days(any_store: Store) -> None:
    add(any_store, report(NOW))
    assert forget_old(any_store, NOW + timedelta(days=2)) == {}
    assert forget_old(any_store, NOW + timedelta(days=2, minutes=1)) == {"mistake_report.sender": 1}
    assert forget_old(any_store, NOW + timedelta(days=3)) == {}


def test_what_was_reported_goes_a_year_after_it_was_settled(any_store: Store) -> None:
    add(any_store, report(NOW, settled=NOW + timedelta(days=10)))
    assert "mistake_report.text" not in forget_old(any_store, NOW + timedelta(days=370))
    assert forget_old(any_store, NOW + timedelta(days=376)) == {"mistake_report.text": 1}
    with any_store.reading() as session:
        (told,) = session.scalars(select(tables.MistakeReport))
        assert (told.text, told.note, told.what) == ("", "", "other")


def test_a_contact_goes_with_its_record(any_store: Store) -> None:
    add(any_store, [place()])
    for number in (7, 8):
        add(
            any_store,
            [
                tables.Contact(
                    record_table="place",
                    record_id=number,
                    name="示例",
                    mobile="",
                    email="",
                    role="",
                )
            ],
        )
    assert forget_old(any_store, NOW) == {"contact": 1}
    with any_store.reading() as session:
        assert session.scalars(select(tables.Contact.record_id)).all() == [7]


def test_a_change_of_data_stays_in_the_trail(any_store: Store) -> None:
    moved = {"record_table": "place", "district": "", "detail": {}, "by": "p"}
    add(any_store, [tables.AuditEvent(at=NOW, action="status.move", **moved)])
    assert forget_old(any_store, NOW + timedelta(days=9999)) == {}


def test_every_rule_is_a_row_of_the_privacy_page() -> None:
    text = PRIVACY.read_text()
    said = dict(re.findall(r"^\| `([a-z_.]+)` \| .*?(\d+) 天 \|$", text, re.MULTILINE))
    timed = {table: days for table, days in DAYS.items() if days}
    assert {table: int(said[table]) for table in timed} == timed
    assert all(f"| `{table}` |" in text for table in DAYS)
    assert GONE in text
