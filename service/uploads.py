"""Files sent in by a page: kept in the database until they are imported, then forgotten.

What was sent holds persons. It is read by the import and handed back to its sender alone; no page
shows it, no log names it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from geodata.accounts.roles import Person, Role
from geodata.errors import NotFoundError, ParameterError
from geodata.jobs import queue
from geodata.moments import utc_now
from geodata.store import Store
from geodata.tables import Upload, UploadRow
from importers.overrides import Overrides
from importers.private import public_name
from importers.tables.sheet import clean
from service.settings import Settings

MEGABYTE = 1_000_000
KEPT = timedelta(days=14)
# After an import its copies can still be fetched for a day.
KEPT_AFTER = timedelta(days=1)
PASTED = "粘贴的文本.txt"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/]')
_LONGEST_STEM, _LONGEST_SUFFIX = 60, 8
_SENT = select(Upload, Upload.content.is_not(None))
_GONE = "这个文件已经清掉了（导入一天后、或送来 14 天后就清）。请重新选择文件。"
_NOT_HERE = "没有这个文件：可能已经清掉了，也可能是别人送来的，你的账号不能看。"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent in; `is_kept` while its content is still there. Times are in UTC."""

    id: int
    name: str
    sha256: str
    size: int
    by: str
    districts: tuple[str, ...]
    unions: tuple[str, ...]
    at: datetime
    overrides: Overrides = field(repr=False)
    job_id: int | None
    run_id: int | None
    committed: datetime | None
    is_kept: bool

    @property
    def mark(self) -> str:
        """What tells one state of the corrections from another."""
        return hashlib.sha256(repr(sorted(self.overrides.items())).encode()).hexdigest()[:16]

    @property
    def sender(self) -> Person:
        """Who sent it, with the reach he had then."""
        return Person(self.by, Role.EDITOR, self.districts, self.unions)

    def opens_to(self, person: Person) -> bool:
        """Whether a person may look at what was found in it: the sender, and who reviews him."""
        if person.login == self.by:
            return True
        within = bool(self.districts or self.unions) and (
            set(self.districts) <= set(person.districts) and set(self.unions) <= set(person.unions)
        )
        return person.role.may(Role.REVIEWER) and (person.everywhere or within)


def request_limit(settings: Settings) -> int:
    """The bytes of a request that brings files: theirs and the form around them."""
    return settings.upload_mb * MEGABYTE + MEGABYTE // 10


def receive(session: Session, *, name: str, content: bytes, most_mb: int, by: Person) -> int:
    """Keep a file; returns its id.

    Raises:
        ParameterError: it is empty or too large.
    """
    if not content:
        raise ParameterError(f"“{safe_name(name)}”是空的，没有收。")
    if len(content) > most_mb * MEGABYTE:
        raise ParameterError(
            f"“{safe_name(name)}”超过 {most_mb} MB，没有收。"
            "请分成几个文件，或用 zhitu import 导入。"
        )
    row = Upload(
        name=safe_name(name),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        by=by.login,
        districts=list(by.districts),
        unions=list(by.unions),
        at=utc_now(),
        corrections=[],
    )
    session.add(row)
    session.flush()
    return row.id


def safe_name(name: str) -> str:
    """A file's name as it may be shown and written: no folder, no control character, no person."""
    last = clean(name).replace("\\", "/").rpartition("/")[2]
    path = Path(_NOT_IN_NAMES.sub("", last).strip(" .") or "未命名")
    kept = public_name(Path(path.stem[:_LONGEST_STEM] + path.suffix[:_LONGEST_SUFFIX]))
    return kept.strip(" .") or "未命名"


def sent(session: Session, upload_id: int, person: Person | None = None) -> Sent:
    """One file, if `person` may open it.

    Raises:
        NotFoundError: there is none, or it is another's.
    """
    one = session.execute(_SENT.where(Upload.id == upload_id)).one_or_none()
    found = _sent(*one) if one is not None else None
    if found is None or (person is not None and not found.opens_to(person)):
        raise NotFoundError(_NOT_HERE)
    return found


def newest(session: Session, most: int) -> Sequence[Sent]:
    """The files sent in last."""
    rows = session.execute(_SENT.order_by(Upload.id.desc()).limit(most))
    return [_sent(*one) for one in rows]


@contextmanager
def on_disk(store: Store, upload_id: int) -> Iterator[Path]:
    """The file in a folder of its own, gone afterwards.

    Raises:
        NotFoundError: its content has been cleared away.
    """
    with store.reading() as session:
        row = session.get(Upload, upload_id)
        content = row.content if row is not None else None
        name = row.name if row is not None else ""
    if content is None:
        raise NotFoundError(_GONE)
    with TemporaryDirectory(prefix="zhitu-") as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(content)
        yield path


def correct(session: Session, upload_id: int, overrides: Overrides) -> None:
    """Keep cells written anew, beside those written before."""
    row = session.get_one(Upload, upload_id)
    held = {**_overrides(row.corrections), **overrides}
    row.corrections = [[*map(str, place), text] for place, text in sorted(held.items())]


def assign(session: Session, upload_id: int, kind: str, *, by: Person) -> int:
    """Ask for a job about a file; the one before must be over."""
    row = session.get_one(Upload, upload_id)
    if row.job_id is not None and not queue.job(session, row.job_id).state.is_over:
        return row.job_id
    row.job_id = queue.submit(session, kind, by=by, params={"upload": upload_id})
    return row.job_id


def imported(session: Session, upload_id: int, run_id: int | None) -> None:
    """A file was imported, and which run it became; None where it changed nothing."""
    row = session.get_one(Upload, upload_id)
    row.run_id, row.committed = run_id, utc_now()


def keep_rows(session: Session, upload_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put down the rows of a file as a person sees them, instead of those before."""
    session.execute(delete(UploadRow).where(UploadRow.upload_id == upload_id))
    if rows:
        session.execute(insert(UploadRow), [{"upload_id": upload_id, **row} for row in rows])


def forget(session: Session, upload_id: int) -> None:
    """Clear away what a file held; that it was sent stays known."""
    session.execute(delete(UploadRow).where(UploadRow.upload_id == upload_id))
    session.execute(
        update(Upload).where(Upload.id == upload_id).values(content=None, corrections=[])
    )


def forget_old(store: Store, now: datetime | None = None) -> int:
    """Clear away what is no longer needed; returns how many files."""
    at = now or utc_now()
    old = or_(Upload.at < at - KEPT, Upload.committed < at - KEPT_AFTER)
    with store.reading() as session:
        ids = session.scalars(select(Upload.id).where(Upload.content.is_not(None), old)).all()
    for upload_id in ids:
        with store.writing() as session:
            forget(session, upload_id)
    return len(ids)


def _sent(row: Upload, is_kept: bool) -> Sent:
    return Sent(
        id=row.id,
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        by=row.by,
        districts=tuple(row.districts),
        unions=tuple(row.unions),
        at=row.at,
        overrides=_overrides(row.corrections),
        job_id=row.job_id,
        run_id=row.run_id,
        committed=row.committed,
        is_kept=is_kept,
    )


def _overrides(kept: Sequence[Sequence[str]]) -> dict[tuple[int, int, int], str]:
    return {(int(sheet), int(row), int(column)): text for sheet, row, column, text in kept}
