"""Copies for the sender of a file: filled in with what was found, or with its faults marked."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from flask import Blueprint, Response, send_file

from geodata.accounts.roles import Role
from geodata.errors import ConflictError, ForbiddenError, ParameterError
from geodata.jobs.model import State
from geodata.store import Store
from importers.handback.filled import write_filled
from importers.handback.marked import write_errors
from service import uploads
from service.desk.imports_view import job_of, note
from service.guard import needs, person
from service.jobs.imports import Importing
from service.settings import Settings
from service.uploads import Sent

# Each row is located while the sender waits.
_MOST_ROWS = 5_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add(pages: Blueprint, settings: Settings, store: Store) -> None:
    """The two copies."""
    desk = Importing(settings, store)

    @pages.get("/<int(max=2147483647):upload_id>/filled.xlsx")
    @needs(Role.EDITOR)
    def filled(upload_id: int) -> Response:
        def write(path: Path, out: Path, file: Sent) -> None:
            locate = desk.locator(path).locate
            write_filled(path, out, locate=locate, overrides=file.overrides)

        return _copy(store, upload_id, "回填", write)

    @pages.get("/<int(max=2147483647):upload_id>/errors.xlsx")
    @needs(Role.EDITOR)
    def errors(upload_id: int) -> Response:
        def write(path: Path, out: Path, file: Sent) -> None:
            write_errors(path, out, overrides=file.overrides)

        return _copy(store, upload_id, "标错", write)


def _copy(
    store: Store, upload_id: int, what: str, write: Callable[[Path, Path, Sent], None]
) -> Response:
    """A copy of a file, persons and all, for who sent it."""
    with store.writing() as session:
        file = uploads.sent(session, upload_id, person())
        if file.by != person().login:
            raise ForbiddenError("回填表和标错表里有原表的联系人，只交还送表的人。")
        job = job_of(session, file)
        # What the job's own process could not read is not opened in this one.
        if job is None or job.state is not State.DONE:
            raise ConflictError("这个文件还没有查完，或者没有读成，没有表可以交还。")
        if job.result.get("read", 0) > _MOST_ROWS:
            raise ParameterError(
                f"超过 {_MOST_ROWS:,} 行的表请用 zhitu import --fill 或 --errors 要这份表。"
            )
        note(session, file, "import.copy", by=person().login, copy=what)
    with uploads.on_disk(store, upload_id) as path:
        out = path.with_name(f"{what}.xlsx")
        write(path, out, file)
        content = out.read_bytes()
    response = send_file(
        BytesIO(content),
        mimetype=_XLSX,
        as_attachment=True,
        download_name=f"{what}-{Path(file.name).stem}.xlsx",
    )
    response.headers["Cache-Control"] = "no-store"
    return response
