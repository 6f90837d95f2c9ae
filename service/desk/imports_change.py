"""What the sender of a file may do about it: correct cells, name its datum, import it, drop it."""

import re

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.roles import Role
from geodata.errors import ConflictError, ForbiddenError, NotFoundError, ParameterError
from geodata.jobs import queue
from geodata.jobs.model import Job, State
from geodata.model import Datum
from geodata.review.suspect import keep_answer
from geodata.store import Store
from geodata.tables import UploadRow
from service import params, uploads
from service.desk.imports_view import job_of, note
from service.guard import needs, person
from service.jobs.imports import COMMIT, PREVIEW
from service.request import link_of
from service.uploads import Sent

_INPUT = re.compile(r"c(\d{1,6})-(\d{1,5})")
_LONGEST_CELL = 2_000
_MOST_FIELDS_BYTES = 1_000_000


def add(pages: Blueprint, store: Store) -> None:
    """Everything that changes how a file stands."""

    @pages.post("/<int(max=2147483647):upload_id>/cancel")
    @needs(Role.EDITOR)
    def cancel(upload_id: int) -> BaseResponse:
        with store.writing() as session:
            file = uploads.sent(session, upload_id, person())
            if file.job_id is not None:
                queue.cancel(session, file.job_id)
            note(session, file, "import.cancel", by=person().login)
        return _back(upload_id)

    @pages.post("/<int(max=2147483647):upload_id>/cells")
    @needs(Role.EDITOR)
    def correct(upload_id: int) -> BaseResponse:
        request.max_content_length = request.max_form_memory_size = _MOST_FIELDS_BYTES
        with store.writing() as session:
            file, job = _open(session, upload_id)
            cells = _cells(session, file, _seen(job))
            uploads.correct(session, upload_id, cells)
            # What was written is not told: a cell may hold a person.
            note(session, file, "import.correct", by=person().login, cells=len(cells))
            if request.form.get("then") != "next":
                uploads.assign(session, upload_id, PREVIEW, by=person())
                return _back(upload_id)
        return _back(upload_id, page=params.page(request.form) + 1)

    @pages.post("/<int(max=2147483647):upload_id>/datum")
    @needs(Role.EDITOR)
    def datum(upload_id: int) -> BaseResponse:
        said = request.form.get("datum", "")
        if said not in set(Datum):
            raise ParameterError("请选择一个坐标系。")
        with store.writing() as session:
            file, _ = _open(session, upload_id)
            keep_answer(session, file.sha256, Datum(said))
            note(session, file, "import.datum", by=person().login, datum=said)
            uploads.assign(session, upload_id, PREVIEW, by=person())
        return _back(upload_id)

    @pages.post("/<int(max=2147483647):upload_id>/again")
    @needs(Role.EDITOR)
    def again(upload_id: int) -> BaseResponse:
        with store.writing() as session:
            _open(session, upload_id)
            uploads.assign(session, upload_id, PREVIEW, by=person())
        return _back(upload_id)

    @pages.post("/<int(max=2147483647):upload_id>/import")
    @needs(Role.EDITOR)
    def take_in(upload_id: int) -> BaseResponse:
        with store.writing() as session:
            file, job = _open(session, upload_id)
            if _seen(job).result["mark"] != file.mark:
                raise ConflictError("改过的格子还没有再检查。请先按“再检查”，看过结果再导入。")
            uploads.assign(session, upload_id, COMMIT, by=person())
        return _back(upload_id)

    @pages.post("/<int(max=2147483647):upload_id>/discard")
    @needs(Role.EDITOR)
    def discard(upload_id: int) -> BaseResponse:
        with store.writing() as session:
            file, _ = _open(session, upload_id)
            uploads.forget(session, upload_id)
            note(session, file, "import.discard", by=person().login)
        return redirect(link_of(request)("/desk/imports"), 303)


def _open(session: Session, upload_id: int) -> tuple[Sent, Job]:
    """A file that may still be changed, and its last job, which is over."""
    file = uploads.sent(session, upload_id, person())
    if file.by != person().login:
        raise ForbiddenError("这个文件是别人送来的，只有送的人能改、能导入。")
    job = job_of(session, file)
    if file.committed is not None:
        raise ConflictError("这个文件已经导入了。要改请重新送一份，或撤销那次导入。")
    if job is None or not file.is_kept:
        raise NotFoundError("这个文件已经清掉了，请重新选择文件。")
    if not job.state.is_over:
        raise ConflictError("这个文件正在处理，请等它做完，或先取消。")
    return file, job


def _cells(session: Session, file: Sent, job: Job) -> dict[tuple[int, int, int], str]:
    """The cells of a form that say something else than before."""
    found: dict[tuple[int, int, int], str] = {}
    for name, written in request.form.items():
        asked = _INPUT.fullmatch(name)
        row = session.get(UploadRow, (file.id, int(asked[1]))) if asked else None
        if asked is None or row is None or asked[2] not in row.shown["places"]:
            continue
        column, text = asked[2], written.strip()[:_LONGEST_CELL]
        is_private = _is_private(job, row, int(column))
        if text == ("" if is_private else row.shown["cells"].get(column, "")):
            continue
        sheet = job.result["tables"][row.part]["sheet"]
        first, *others = ((sheet, *place) for place in row.shown["places"][column])
        found |= dict.fromkeys(others, "") | {first: text}
    return found


def _is_private(job: Job, row: UploadRow, column: int) -> bool:
    columns = job.result["tables"][row.part]["columns"]
    return any(one["private"] for one in columns if one["column"] == column)


def _seen(job: Job) -> Job:
    """The preview that the sender has before him."""
    if job.kind != PREVIEW or job.state is not State.DONE:
        raise ConflictError("这个文件还没有查完。请先按“再检查”，看过结果再改、再导入。")
    return job


def _back(upload_id: int, **changes: object) -> BaseResponse:
    return redirect(link_of(request)(f"/desk/imports/{upload_id}", **changes), 303)
