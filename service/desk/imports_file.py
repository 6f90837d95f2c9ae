"""`/desk/imports/<id>`: one file on its way: its progress, what was found in it, its cells."""

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.orm import Session

from geodata.accounts.roles import Role
from geodata.errors import NotFoundError
from geodata.jobs.model import Job
from geodata.model import Datum
from geodata.store import Store
from geodata.tables import ImportRun
from service import params, uploads
from service.desk.imports_view import Sheet, job_of, may_undo, sheet_of, state_of
from service.desk.pages import desk_page
from service.guard import needs, person
from service.uploads import Sent


def add(pages: Blueprint, store: Store) -> None:
    """Looking at one file."""

    @pages.get("/<int(max=2147483647):upload_id>")
    @needs(Role.EDITOR)
    def look(upload_id: int) -> Response:
        with store.reading() as session:
            file = uploads.sent(session, upload_id, person())
            job = job_of(session, file)
            run = session.get(ImportRun, file.run_id) if file.run_id else None
            state = state_of(file, job)
            found = job.result if job and state == "ready" else {}
            return desk_page(
                "desk/imports_file.html",
                here="imports",
                file=file,
                job=job,
                state=state,
                run=run,
                found=found,
                sheet=_sheet(session, file, job) if state == "ready" else None,
                unchecked=bool(found) and found["mark"] != file.mark,
                datums=tuple(Datum),
                is_mine=file.by == person().login,
                can_undo=run is not None and run.undone_at is None and may_undo(person(), file),
            )

    @pages.get("/<int(max=2147483647):upload_id>/state.json")
    @needs(Role.EDITOR)
    def progress(upload_id: int) -> Response:
        with store.reading() as session:
            job = job_of(session, uploads.sent(session, upload_id, person()))
        if job is None:
            raise NotFoundError("这个文件没有在处理。")
        response = jsonify(
            state=job.state.value,
            over=job.state.is_over,
            done=job.done,
            total=job.total,
            sentence=job.sentence,
            cancelling=job.cancelling,
        )
        response.headers["Cache-Control"] = "no-store"
        return response


def _sheet(session: Session, file: Sent, job: Job | None) -> Sheet:
    found = job.result if job is not None else {}
    everything = request.args.get("rows") == "all"
    number = params.page(request.args)
    return sheet_of(session, file.id, found, number=number, everything=everything)
