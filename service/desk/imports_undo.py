"""`/desk/imports/runs/<id>/undo`: what taking an import back would do, and doing it."""

from flask import Blueprint, Response, redirect, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from geodata import database
from geodata.accounts.roles import Role
from geodata.errors import ConflictError, NotFoundError
from geodata.store import Store
from geodata.storing.undo import Undone, undo_in
from geodata.tables import ImportRun, Upload
from service import uploads
from service.desk.imports_view import may_undo
from service.desk.pages import desk_page
from service.guard import needs, person
from service.request import link_of
from service.uploads import Sent


def add(pages: Blueprint, store: Store) -> None:
    """Asking, and the answer yes."""

    @pages.get("/runs/<int(max=2147483647):run_id>/undo")
    @needs(Role.EDITOR)
    def ask(run_id: int) -> Response:
        with store.reading() as session:
            file = _may(session, run_id)
            run = session.get_one(ImportRun, run_id)
            would, why = _rehearsed(store, run_id)
            return desk_page(
                "desk/imports_undo.html", here="imports", file=file, run=run, would=would, why=why
            )

    @pages.post("/runs/<int(max=2147483647):run_id>/undo")
    @needs(Role.EDITOR)
    def take_back(run_id: int) -> BaseResponse:
        with database.writing(store.engine, long=True) as session:
            file = _may(session, run_id)
            undo_in(session, run_id, by=person().login)
        here = f"/desk/imports/{file.id}" if file else "/desk/imports"
        return redirect(link_of(request)(here), 303)


def _may(session: Session, run_id: int) -> Sent | None:
    """The file a run was made of, if it was sent in here.

    Raises:
        NotFoundError: there is no such run, or it is another's.
    """
    run = session.get(ImportRun, run_id)
    upload_id = session.scalar(select(Upload.id).where(Upload.run_id == run_id))
    file = uploads.sent(session, upload_id) if upload_id is not None else None
    if run is None or not may_undo(person(), file):
        raise NotFoundError(
            "没有这次导入，或者它是别人送来的：只有送这个文件的人，或者能审核它的账号，能撤销。"
        )
    return file


def _rehearsed(store: Store, run_id: int) -> tuple[Undone | None, str]:
    """What taking it back would do, or why it cannot be done; nothing is changed."""
    try:
        with database.rehearsing(store.engine, long=True) as session:
            return undo_in(session, run_id, by=person().login), ""
    except ConflictError as error:
        return None, str(error)
