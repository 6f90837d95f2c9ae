"""The audit trail is found by record, account, action and Beijing day."""

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from geodata.accounts import trail
from geodata.accounts.trail import Sought
from geodata.store import Store
from geodata.tables import AuditEvent


def event(hour: int, by: str, action: str, record_id: int | None) -> AuditEvent:
    at = datetime(2026, 3, 31, hour)  # noqa: DTZ001 - as the store keeps it
    table = "" if record_id is None else "place"
    return AuditEvent(
        at=at, by=by, action=action, record_table=table, record_id=record_id, district="", detail={}
    )


@pytest.fixture
def session(any_store: Store) -> Session:
    with any_store.writing() as opened:
        opened.add_all(
            [
                event(15, "one", "contact.read", 1),
                event(16, "one", "contact.change", 1),
                event(17, "two", "contact.read", 2),
                event(18, "two", "contactless", None),
            ]
        )
    return Session(any_store.engine)


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(), ["contactless", "contact.read", "contact.change", "contact.read"]),
        (Sought(by="one"), ["contact.change", "contact.read"]),
        (Sought(action="contact"), ["contact.read", "contact.change", "contact.read"]),
        (Sought(action="contact.read"), ["contact.read", "contact.read"]),
        (Sought(action="contact_"), []),
        (Sought(table="place", record_id=2), ["contact.read"]),
        # 16:00 in UTC is midnight in Beijing.
        (Sought(until=date(2026, 3, 31)), ["contact.read"]),
        (Sought(since=date(2026, 4, 1)), ["contactless", "contact.read", "contact.change"]),
        (Sought(since=date(2026, 4, 2)), []),
    ],
)
def test_what_is_sought_is_found_newest_first(
    session: Session, sought: Sought, found: list[str]
) -> None:
    with session:
        assert [one.action for one in trail.page(session, sought, 1)] == found
        assert [one.action for one in trail.whole(session, sought)] == found
        assert trail.count(session, sought) == len(found)


def test_a_page_holds_a_hundred(any_store: Store) -> None:
    with any_store.writing() as session:
        session.add_all([event(1, "one", f"a{n}", None) for n in range(101)])
        session.flush()
        pages = [[one.action for one in trail.page(session, Sought(), n)] for n in (1, 2, 3)]
        assert ([len(page) for page in pages], pages[1]) == ([100, 1, 0], ["a0"])
        assert len(trail.actions(session)) == 101
