"""A person who stands wherever a person could have got to."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.declared import Contact as Declared
from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.kinds import Kind, Status, Tier
from geodata.model import Reason, Unlocated
from geodata.store import Store
from geodata.storing.outcome import Outcome
from geodata.storing.short import Short
from geodata.tables import (
    Account,
    AuditEvent,
    Base,
    Contact,
    Decision,
    Job,
    KeyedAnswer,
    MistakeReport,
    Scenario,
    StagedFile,
    StagedRecord,
    Upload,
)

NAME, MOBILE, EMAIL = "金丝雀甲", "19900004242", "canary@example.invalid"
WRITTEN = ("199-0000-4242", "199 0000 4242", "１９９００００４２４２", "+86 19900004242")
AT = datetime(2026, 3, 1, 8)  # noqa: DTZ001 - stored without a zone, as UTC


def imported(*contacts: Declared) -> ImportedFile:
    service = DeclaredService(Kind.REST_ROOM, "", Status.PLAQUED, Tier.OTHER)
    source = Source("示例.xlsx", "表1", 2, {}, "stations")
    place = DeclaredPlace(
        "示例休息室", "福州路1号", "黄浦区", "", (service,), source, contacts=contacts
    )
    placed = Placed(place, None, Unlocated(Reason.NO_ADDRESS), "黄浦区")
    return ImportedFile("示例.xlsx", "0" * 64, (placed,), 1, 0, ("stations",))


def workbook() -> bytes:
    book, into = Workbook(), BytesIO()
    book.active["A1"] = f"联系人 {NAME} {WRITTEN[0]}"
    book.save(into)
    return into.getvalue()


@pytest.fixture
def somebody(any_store: Store) -> Store:
    """The person, and another one who is to stay."""
    any_store.publish(imported(Declared(NAME, MOBILE), Declared("示例乙", "18800001111")))
    with any_store.writing() as session:
        _everywhere(session)
    return any_store


def _everywhere(session: Session) -> None:
    session.add(StagedFile(id=1, file="示例.xlsx", sha256="", touched=AT, ready=True, **_NO_ROWS))
    session.flush()
    persons = f'[["{NAME}","{MOBILE}","",""],["示例乙","18800001111","",""]]'
    session.add_all(
        [
            Contact(record_table="place", record_id=1, name="", mobile="", email=EMAIL, role=""),
            StagedRecord(file_id=1, n=0, door=0, key="k", code="", payload="", persons=persons),
            Upload(name="a.xlsx", sha256="", size=1, content=workbook(), corrections=[], **_SENT),
            Upload(name="b.txt", sha256="", size=1, content=b"none", corrections=[], **_SENT),
            Upload(name="c.txt", sha256="", size=1, corrections=[["1", "2", WRITTEN[1]]], **_SENT),
            AuditEvent(
                at=AT, by="post", action="x", record_table="", district="", detail={"x": MOBILE}
            ),
            Decision(canonical=f"路 {MOBILE}", by="post", at=AT, note=f"问{NAME}"),
            KeyedAnswer(
                login="p", key="k", request_hash="", status=200, location="", at=AT,
                body=WRITTEN[3].encode(),
            ),
            MistakeReport(
                place_id=1, what="other", text=WRITTEN[2], at=AT, sender="", status="new",
                note="", by="",
            ),
            Scenario(name=f"方案{MOBILE}", changes=[{"name": EMAIL}], note="", by="", at=AT),
            Account(
                login=MOBILE, password_hash="", role="viewer", districts=[], unions=[],
                active=True, generation=0, made_at=AT,
            ),
            Job(
                kind="x", state="done", by=MOBILE, districts=[], unions=[], params={"a": [EMAIL]},
                result={}, done=0, total=0, sentence="", cancel_asked=False, holder="", tries=0,
                created=AT,
            ),
        ]
    )  # fmt: skip


_NO_ROWS = {"rows_refused": 0, "forms": [], "findings": {}}
_SENT = {"by": "p", "districts": [], "unions": [], "at": AT}


@pytest.fixture
def import_old() -> Callable[[Store], Outcome]:
    """Imports the file in which the person stood."""

    def published(store: Store) -> Outcome:
        file = imported(Declared(NAME, WRITTEN[0]), Declared("示例乙", "18800001111"))
        short = Short(file.name, file.sha256)
        short.add(file.records, [])
        short.finish(forms=file.forms, rows_refused=0, findings={})
        return store.staging.publish(short)

    return published


@pytest.fixture
def signs() -> Callable[[Store], list[str]]:
    """Where anything of the person still stands, over all tables and columns."""

    def found(store: Store) -> list[str]:
        looked_for = (NAME, MOBILE, EMAIL, *WRITTEN)
        with store.reading() as session:
            return [
                f"{table.name}: {sign}"
                for table in Base.metadata.sorted_tables
                for row in session.execute(select(*(c for c in table.c if c.name != "geom")))
                for sign in looked_for
                if sign in str(tuple(row)) or sign.encode() in b"".join(_bytes(row))
            ]

    return found


def _bytes(row: object) -> list[bytes]:
    return [one for one in tuple(row) if isinstance(one, bytes)]  # type: ignore[arg-type]
