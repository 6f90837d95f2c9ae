"""The staging area: files on their way in, written in small steps that no reader sees.

A file is begun, filled, finished, and then published in one transaction or given up. Whatever a
killed program left is removed when the next one opens the database.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Engine, and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from geodata import database
from geodata.declared import Placed
from geodata.errors import NotFoundError
from geodata.moments import utc_now
from geodata.storing.bulk import insert_many
from geodata.storing.held import table_of_class
from geodata.storing.incoming import Refusal
from geodata.storing.outcome import Outcome
from geodata.storing.publish import compared, publish
from geodata.storing.ready import Ready, payload_of, persons_of, ready
from geodata.storing.short import Short
from geodata.storing.staged import BATCH, Waiting, batches, refusals
from geodata.tables import StagedFile, StagedRecord, StagedRefusal

# What else belongs in the transaction that publishes a file; told the run it became, if any.
Then = Callable[[Session, int | None], None]
# A file being read says so every few seconds; one read waits a day for a person's yes.
READING = timedelta(minutes=3)
WAITING = timedelta(days=1)
_ROWS_A_STEP = 20_000
_KEYS_A_STEP = 5_000
_MOST_REHEARSED = 20_000
_LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 - stored without a zone, as UTC


@dataclass(frozen=True, slots=True)
class Staging:
    """The staging area of one database."""

    engine: Engine

    def begin(self, file: str, sha256: str) -> int:
        """A new file; returns its id."""
        with database.writing(self.engine) as session:
            made = StagedFile(
                file=file,
                sha256=sha256,
                touched=utc_now(),
                ready=False,
                rows_refused=0,
                forms=[],
                findings={},
            )
            session.add(made)
            session.flush()
            return made.id

    def add(
        self, file_id: int, first: int, records: Sequence[Placed], refused: Sequence[Refusal]
    ) -> None:
        """Put records and refusals down in one short transaction, numbered from `first`.

        Raises:
            NotFoundError: the file was given up: a restore, or somebody who took it for left.
        """
        rows = [_staged(file_id, n, ready(one)) for n, one in enumerate(records, start=first)]
        with database.writing(self.engine) as session:
            _file(session, file_id).touched = utc_now()
            insert_many(session, table_of_class(StagedRecord), rows)
            if refused:
                start = session.scalar(
                    select(func.coalesce(func.max(StagedRefusal.n), -1) + 1).where(
                        StagedRefusal.file_id == file_id
                    )
                )
                session.execute(
                    insert(table_of_class(StagedRefusal)),
                    [
                        {"file_id": file_id, "n": n, "is_row": one.is_row, "payload": one.payload}
                        for n, one in enumerate(refused, start=start or 0)
                    ],
                )

    def finish(
        self, file_id: int, *, forms: Sequence[str], rows_refused: int, findings: Mapping[str, Any]
    ) -> None:
        """All is read: bring rows of one identity together; the file waits to be published."""
        self._bring_together(file_id)
        with database.writing(self.engine) as session:
            file = _file(session, file_id)
            file.forms, file.rows_refused = list(forms), rows_refused
            file.findings, file.touched, file.ready = dict(findings), utc_now(), True

    def _bring_together(self, file_id: int) -> None:
        """Lead every row to the first of its identity, a few thousand identities at a time."""
        of = StagedRecord
        repeated = (
            select(of.key, func.min(of.n).label("first"))
            .where(of.file_id == file_id)
            .group_by(of.key)
            .having(func.count() > 1)
            .order_by(of.key)
            .limit(_KEYS_A_STEP)
        )
        last = ""
        while True:
            with database.writing(self.engine) as session:
                some = session.execute(repeated.where(of.key > last)).all()
                if not some:
                    return
                last = some[-1].key
                its = and_(of.file_id == file_id, of.key == bindparam("its"))
                session.connection().execute(
                    update(table_of_class(of)).where(its).values(door=bindparam("first")),
                    [{"its": row.key, "first": row.first} for row in some],
                )

    def preview(self, file_id: int, *, then: Then | None = None) -> Outcome:
        """What publishing would do: a file is published, `then` looks, and all is taken back.

        A long one, which would keep others from writing, is compared only.
        """
        with database.reading(self.engine) as session:
            file = _ready_file(session, file_id)
            rows = select(func.count()).where(StagedRecord.file_id == file_id)
            if (session.scalar(rows) or 0) > _MOST_REHEARSED:
                return compared(session, Waiting(session, file))
        with database.rehearsing(self.engine) as session:
            outcome = publish(session, Waiting(session, _ready_file(session, file_id)))
            if then is not None:
                then(session, outcome.run_id)
            return outcome

    def commit(self, file_id: int, *, then: Then | None = None) -> Outcome:
        """Publish a file in one transaction, in which `then` may write too.

        Raises:
            NotFoundError: it was published or given up already.
        """
        with database.writing(self.engine) as session:
            file = _ready_file(session, file_id)
            outcome = publish(session, Waiting(session, file))
            # Not again, and to be removed even if this program dies now.
            file.ready, file.touched = False, _LONG_AGO
            if then is not None:
                then(session, outcome.run_id)
        self.discard(file_id)
        return outcome

    def publish(self, file: Short, *, at: datetime | None = None) -> Outcome:
        """Publish a file that waits in memory, in one transaction, as of now or a moment in UTC."""
        with database.writing(self.engine) as session:
            return publish(session, file, at=at)

    def discard(self, file_id: int) -> None:
        """Forget a file."""
        for table in (StagedRecord, StagedRefusal):
            while self._remove_some(table, file_id):
                pass
        with database.writing(self.engine) as session:
            session.execute(delete(StagedFile).where(StagedFile.id == file_id))

    def _remove_some(self, table: type[StagedRecord] | type[StagedRefusal], file_id: int) -> bool:
        with database.writing(self.engine) as session:
            some = select(table.n).where(table.file_id == file_id).order_by(table.n)
            last = session.scalars(some.limit(_ROWS_A_STEP)).all()
            if last:
                mine = delete(table).where(table.file_id == file_id, table.n <= last[-1])
                session.execute(mine)
            return bool(last)

    def first(self, file_id: int, most: int) -> list[Ready]:
        """The first records of a file, without persons."""
        with database.reading(self.engine) as session:
            rows = (row for batch in batches(session, file_id) for row in batch)
            return [replace(row, persons=()) for row in islice(rows, most)]

    def findings(self, file_id: int) -> dict[str, Any]:
        """What was found out while reading a file."""
        with database.reading(self.engine) as session:
            return dict(_ready_file(session, file_id).findings)

    def refusals(self, file_id: int) -> Iterator[Refusal]:
        """Every refused row and cell at fault of a file."""
        with database.reading(self.engine) as session:
            for some in refusals(session, file_id, BATCH):
                yield from some

    def clean(self, now: datetime | None = None) -> int:
        """Remove what programs that ended too soon left behind; returns how many files."""
        now = now or utc_now()
        file = StagedFile
        dead = or_(
            and_(file.ready.is_(False), file.touched < now - READING),
            and_(file.ready.is_(True), file.touched < now - WAITING),
        )
        with database.reading(self.engine) as session:
            left = session.scalars(select(file.id).where(dead)).all()
        for file_id in left:
            self.discard(file_id)
        return len(left)


def _staged(file_id: int, n: int, one: Ready) -> dict[str, object]:
    return {
        "file_id": file_id,
        "n": n,
        "door": n,
        "key": one.identity,
        "code": one.code,
        "payload": payload_of(one),
        "persons": persons_of(one),
    }


def _file(session: Session, file_id: int) -> StagedFile:
    file = session.get(StagedFile, file_id)
    if file is None:
        raise NotFoundError("这个文件已经导入，或者已经放弃：请重新选择文件导入。")
    return file


def _ready_file(session: Session, file_id: int) -> StagedFile:
    file = _file(session, file_id)
    if not file.ready:
        raise NotFoundError("这个文件还没有读完，或者已经导入：请重新选择文件导入。")
    return file
