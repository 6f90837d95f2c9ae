"""Copies for the sender of a file: filled in with what was found, or with its faults marked."""

from io import BytesIO
from pathlib import Path

from flask import Blueprint, Response, send_file

from geodata.accounts.roles import Role
from geodata.errors import ConflictError, ForbiddenError, ParameterError
from geodata.jobs.model import State
from geodata.store import Store
from service import uploads
from service.desk.imports_view import job_of, note
from service.guard import needs, person
from service.jobs.copies import FILLED, MARKED, written
from service.settings import Settings

# Each row is located while the sender waits.
_MOST_ROWS = 5_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAMES = {FILLED: "回填", MARKED: "标错"}


def add(pages: Blueprint, settings: Settings, store: Store) -> None:
    """The two copies."""

    @pages.get("/<int(max=2147483647):upload_id>/filled.xlsx")
    @needs(Role.EDITOR)
    def filled(upload_id: int) -> Response:
        return _copy(settings, store, upload_id, FILLED)

    @pages.get("/<int(max=2147483647):upload_id>/errors.xlsx")
    @needs(Role.EDITOR)
    def errors(upload_id: int) -> Response:
        return _copy(settings, store, upload_id, MARKED)


def _copy(settings: Settings, store: Store, upload_id: int, what: str) -> Response:
    """A copy of a file, persons and all, for who sent it."""
    with store.writing() as session:
        file = uploads.sent(session, upload_id, person())
        if file.by != person().login:
            raise ForbiddenError("回填表和标错表里有原表的联系人，只交还送表的人。")
        job = job_of(session, file)
        # What could not be read is not opened again.
        if job is None or job.state is not State.DONE:
            raise ConflictError("这个文件还没有查完，或者没有读成，没有表可以交还。")
        if job.result.get("read", 0) > _MOST_ROWS:
            raise ParameterError(
                f"超过 {_MOST_ROWS:,} 行的表请用 zhitu import --fill 或 --errors 要这份表。"
            )
        note(session, file, "import.copy", by=person().login, copy=_NAMES[what])
    response = send_file(
        BytesIO(written(settings, store, upload_id, what)),
        mimetype=_XLSX,
        as_attachment=True,
        download_name=f"{_NAMES[what]}-{Path(file.name).stem}.xlsx",
    )
    response.headers["Cache-Control"] = "no-store"
    return response
