"""What the workers do with a file that was sent in: look at it, then take it in.

Both read the file from its beginning, so that a worker that dies can be followed by another. The
import itself, its entry in the audit trail and the end of its job are one transaction.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from geodata.accounts import audit
from geodata.place.district import load_districts
from geodata.place.gazetteer import Gazetteer
from geodata.place.locate import Locator
from geodata.store import Store
from geodata.tables import ImportRun
from importers.ingest import Staged, commit, discard, preview, stage
from importers.overrides import Overrides
from service import uploads
from service.jobs.context import Context, Work
from service.jobs.import_preview import rows_of, summary
from service.online import geocoders
from service.reach import bar_for, must_have_reached
from service.settings import Settings
from service.uploads import Sent
from service.workshop import for_file, gazetteer_files

PREVIEW, COMMIT = "import.preview", "import.commit"
KINDS = (PREVIEW, COMMIT)


def works(settings: Settings, store: Store) -> Mapping[str, Work]:
    """The kinds of job that imports are made of."""
    desk = Importing(settings, store)
    return {PREVIEW: desk.preview, COMMIT: desk.commit}


@dataclass(frozen=True)
class Importing:
    """Imports into one store; the gazetteer is loaded once."""

    settings: Settings
    store: Store

    def preview(self, context: Context) -> None:
        """Read a file and say what importing it would do; only what was found is kept."""
        with self._read(context) as (file, path, staged):
            context.say("正在比对")

            def then(session: Session, run_id: int | None) -> None:
                _check_reach(session, file, run_id)

            seen = preview(staged, area=self.store.staging, then=then)
            refusals = list(self.store.staging.refusals(staged.id))
            tables, rows = rows_of(path, file.overrides, refusals)
        everywhere = file.sender.everywhere
        result = summary(seen, tables, rows, everywhere=everywhere) | {"mark": file.mark}
        with context.ending(result) as session:
            uploads.keep_rows(session, file.id, rows)

    def commit(self, context: Context) -> None:
        """Read a file and publish it."""
        with self._read(context) as (file, _, staged):
            context.say("正在存入")
            context.go_on()

            def then(session: Session, run_id: int | None) -> None:
                _check_reach(session, file, run_id)
                uploads.imported(session, file.id, run_id)
                told = _told(session, run_id) | {"read": staged.findings.rows_read}
                audit.record(
                    session,
                    by=context.job.by,
                    action="import.commit",
                    table="import_run",
                    record_id=run_id,
                    detail={"upload": file.id, "file": file.name, **told},
                )
                context.finish(session, told)

            commit(staged, area=self.store.staging, then=then)

    def locator(self, path: Path) -> Locator:
        """Finds the positions of a file's rows, in the datum a person named for it."""
        where = Locator(self._gazetteer, load_districts(), self.store.decisions())
        where = replace(where, providers=geocoders(self.settings, self.store))
        return for_file(path, self.store, where)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer.load(gazetteer_files(self.settings.gazetteers))

    @contextmanager
    def _read(self, context: Context) -> Iterator[tuple[Sent, Path, Staged]]:
        """The file of a job, read into the staging area for as long as it is looked at."""
        with self.store.reading() as session:
            file = uploads.sent(session, context.job.params["upload"])
        with uploads.on_disk(self.store, file.id) as path:
            context.say("正在读表、找位置")
            staged = self._staged(context, file, path, file.overrides)
            try:
                yield file, path, staged
            finally:
                discard(staged, area=self.store.staging)

    def _staged(self, context: Context, file: Sent, path: Path, overrides: Overrides) -> Staged:
        """The one place where what somebody sent is opened."""
        return stage(
            path,
            area=self.store.staging,
            locate=self.locator(path).locate,
            bar=bar_for(self.store, file.sender),
            overrides=overrides,
            progress=context.progress,
            cancelled=context.is_cancelled,
        )


def _check_reach(session: Session, file: Sent, run_id: int | None) -> None:
    if run_id is not None:
        must_have_reached(session, run_id, file.sender)


def _told(session: Session, run_id: int | None) -> dict[str, Any]:
    """What became of a file; one that changed nothing became no run."""
    if run_id is None:
        return {"run": None, "new": 0, "changed": 0, "refused": 0}
    made = session.get_one(ImportRun, run_id)
    return {
        "run": made.id,
        "new": made.new,
        "changed": made.changed,
        "refused": made.rows_refused,
    }
