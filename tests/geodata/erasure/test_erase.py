"""One person's data: found everywhere, gone from the bytes, never back by an old file or backup."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, update

from geodata.erasure import apply, carried
from geodata.erasure.erase import erase, find, wipe
from geodata.erasure.proof import proof, proofs_for
from geodata.erasure.sought import Identity
from geodata.store import Store
from geodata.storing.outcome import Outcome
from geodata.tables import Account, Contact, Erasure, ErasureKey, MistakeReport, Upload

Signs = Callable[[Store], list[str]]
Outcomes = Callable[[Store], Outcome]
NAME, MOBILE, EMAIL = "金丝雀甲", "19900004242", "canary@example.invalid"
WHO = Identity.of([NAME, MOBILE, EMAIL])
AT = datetime(2026, 3, 1)  # noqa: DTZ001 - stored without a zone
REPORT = {"what": "other", "at": AT, "sender": "", "status": "new", "note": "", "by": ""}
HELD = {
    "account": 1,
    "audit_event": 1,
    "contact": 2,
    "decision": 1,
    "job": 1,
    "keyed_answer": 1,
    "mistake_report": 1,
    "scenario": 1,
    "staged_record": 1,
    "upload": 2,
}


def contacts(store: Store) -> list[tuple[str, str]]:
    with store.reading() as session:
        query = select(Contact.name, Contact.mobile).order_by(Contact.id)
        return [(row.name, row.mobile) for row in session.execute(query)]


def test_everything_is_found_before_and_gone_after(somebody: Store, signs: Signs) -> None:
    assert len(signs(somebody)) > len(HELD)
    with somebody.reading() as session:
        assert find(session, WHO) == HELD
    before = somebody.version()
    done = erase(somebody.engine, WHO, by="admin")
    assert (signs(somebody), dict(done.counts), done.total) == ([], HELD, 12)
    assert contacts(somebody) == [("示例乙", "18800001111")]
    assert somebody.version() == before + 1
    with somebody.reading() as session:
        kept = session.scalars(select(Upload.name).where(Upload.content.is_not(None))).all()
        assert (list(kept), session.scalar(select(Account.active))) == (["b.txt"], False)


def test_the_proof_holds_no_person_and_can_be_checked(somebody: Store) -> None:
    done = erase(somebody.engine, WHO, by="admin")
    with somebody.reading() as session:
        assert proof(session, done.number) == done
        assert proofs_for(session, ["+86 199-0000-4242"]) == [done]
        assert proofs_for(session, ["18800001111"]) == []
    assert [sign for sign in (MOBILE, *done.hashes) if sign in repr(done)] == []


def test_finding_changes_nothing(somebody: Store, signs: Signs) -> None:
    before = signs(somebody)
    with somebody.writing() as session:
        find(session, WHO)
    assert signs(somebody) == before


def test_the_old_file_does_not_bring_him_back(any_store: Store, import_old: Outcomes) -> None:
    erase(any_store.engine, WHO, by="admin")
    outcome = import_old(any_store)
    assert (contacts(any_store), outcome.erased) == ([("示例乙", "18800001111")], 1)


def test_without_an_erasure_the_file_brings_both(any_store: Store, import_old: Outcomes) -> None:
    assert import_old(any_store).erased == 0
    assert contacts(any_store) == [(NAME, "199-0000-4242"), ("示例乙", "18800001111")]


def test_a_restored_backup_is_erased_again(somebody: Store, tmp_path: Path, signs: Signs) -> None:
    other = Store.open(f"sqlite:///{tmp_path / 'present.sqlite'}")
    done = erase(other.engine, WHO, by="admin")
    with other.reading() as session:
        those = carried(session)
    other.close()
    with somebody.writing() as session:
        again = apply(session, those)
        assert apply(session, those) == {}
    # A bare name cannot be told from its hash: decisions keep theirs.
    assert again == HELD
    assert [one for one in signs(somebody) if NAME not in one] == []
    with somebody.reading() as session:
        assert session.scalar(select(Erasure.number)) == done.number
        assert session.scalar(select(func.count()).select_from(ErasureKey)) == 1


def test_a_second_erasure_of_the_same_person_finds_nothing(somebody: Store) -> None:
    erase(somebody.engine, WHO, by="admin")
    second = erase(somebody.engine, WHO, by="admin")
    assert dict(second.counts) == {}


def test_others_write_during_the_search_and_what_they_wrote_is_searched_too(
    somebody: Store, signs: Signs
) -> None:
    other = Store.attached(somebody.engine.url.render_as_string(hide_password=False))
    written: list[str] = []

    @event.listens_for(somebody.engine, "before_cursor_execute")
    def _meanwhile(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not written and "FROM contact" in statement:
            written.append(statement)
            with other.writing() as session:
                session.add(MistakeReport(place_id=1, text=f"请打 {MOBILE}", **REPORT))
                session.execute(update(Contact).where(Contact.id == 1).values(name="改了"))

    done = erase(somebody.engine, WHO, by="admin")
    other.close()
    assert len(written) == 1
    assert (signs(somebody), dict(done.counts)) == ([], HELD | {"mistake_report": 2})
    with somebody.reading() as session:
        assert proof(session, done.number) == done


@pytest.fixture
def big(store: Store) -> Path:
    """A file with many contacts, and the person in the middle of them."""
    with store.writing() as session:
        for number in range(3000):
            mobile = MOBILE if number == 1500 else f"188{number:08}"
            email = EMAIL if number == 2500 else ""
            session.add(
                Contact(
                    record_table="place", record_id=number, name="示例", mobile=mobile,
                    email=email, role="",
                )
            )  # fmt: skip
    return Path(str(store.engine.url.database))


def in_bytes(database: Path) -> list[str]:
    files = [path for path in database.parent.iterdir() if path.name.startswith(database.name)]
    held = b"".join(path.read_bytes() for path in files)
    return [sign for sign in (MOBILE, EMAIL) if sign.encode() in held]


def test_after_an_erasure_not_even_the_bytes_of_the_file_hold_the_person(
    store: Store, big: Path
) -> None:
    assert in_bytes(big) == [MOBILE, EMAIL]
    erase(store.engine, WHO, by="admin")
    # The journal still has the pages as they were.
    assert in_bytes(big) != []
    assert wipe(store.engine)
    assert in_bytes(big) == []


def test_what_is_deleted_anywhere_is_overwritten(store: Store, big: Path) -> None:
    with store.writing() as session:
        for row in session.scalars(select(Contact).where(Contact.mobile == MOBILE)):
            session.delete(row)
    with sqlite3.connect(big) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    assert in_bytes(big) == [EMAIL]
