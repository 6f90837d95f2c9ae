"""`/desk/imports`: files are sent in here, and what became of those before is listed."""

from flask import Blueprint, Response, redirect, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts import audit
from geodata.accounts.roles import Role
from geodata.errors import ParameterError
from geodata.store import Store
from service import uploads
from service.desk import imports_change, imports_copies, imports_file, imports_undo
from service.desk.imports_view import history
from service.desk.pages import desk_page
from service.guard import needs, person
from service.jobs.imports import PREVIEW
from service.request import link_of
from service.settings import Settings

_MOST_FILES = 20
_PASTED = 2_000_000


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """All pages about imports."""
    pages = Blueprint("imports", __name__, url_prefix="/desk/imports")

    @pages.get("")
    @needs(Role.EDITOR)
    def index() -> Response:
        with store.reading() as session:
            rows = history(session, person())
        return desk_page("desk/imports.html", here="imports", rows=rows, most_mb=settings.upload_mb)

    @pages.post("")
    @needs(Role.EDITOR)
    def send() -> BaseResponse:
        request.max_content_length = uploads.request_limit(settings)
        request.max_form_memory_size = _PASTED
        ids = [_kept(store, name, content, settings.upload_mb) for name, content in _given()]
        here = f"/desk/imports/{ids[0]}" if len(ids) == 1 else "/desk/imports"
        return redirect(link_of(request)(here), 303)

    imports_file.add(pages, store)
    imports_change.add(pages, store)
    imports_copies.add(pages, settings, store)
    imports_undo.add(pages, store)
    return pages


def _given() -> list[tuple[str, bytes]]:
    """What was sent: files, or a pasted text."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if len(files) > _MOST_FILES:
        raise ParameterError(f"一次最多送 {_MOST_FILES} 个文件。")
    found = [(_name(file), file.read()) for file in files]
    if text := request.form.get("text", "").strip():
        found.append((uploads.PASTED, text.encode()))
    if not found:
        raise ParameterError("没有收到文件，也没有粘贴的文字。请选择文件，或把表格粘贴进来。")
    return found


def _name(file: FileStorage) -> str:
    return file.filename or ""


def _kept(store: Store, name: str, content: bytes, most_mb: int) -> int:
    with store.writing() as session:
        upload_id = uploads.receive(
            session, name=name, content=content, most_mb=most_mb, by=person()
        )
        uploads.assign(session, upload_id, PREVIEW, by=person())
        audit.record(
            session,
            by=person().login,
            action="import.send",
            table="upload",
            record_id=upload_id,
            detail={"file": uploads.safe_name(name), "bytes": len(content)},
        )
    return upload_id
