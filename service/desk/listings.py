"""有地图可查: how points stand in consumer maps, and the file those are given."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.roles import Role
from geodata.errors import NotFoundError, ParameterError
from geodata.exports import delimited, workbook
from geodata.exports.rows import Export
from geodata.exports.submission import submission
from geodata.listings.listed import App, Listed, counted, listings, look_up
from geodata.store import Store
from service.clock import today
from service.desk.pages import desk_page
from service.free_text import typed_line
from service.guard import needs, person
from service.public import public_places
from service.request import link_of
from service.settings import Settings

# A marker farther off would send people to another door.
WITHIN_M = 100.0
APP_LABELS = {
    App.AMAP: ("高德", "AMap"),
    App.TENCENT: ("腾讯", "Tencent"),
    App.BAIDU: ("百度", "Baidu"),
}
FORMATS = ("csv", "xlsx")
Choice = TypeVar("Choice", App, Listed)


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/desk/reports/listings`."""
    pages = Blueprint("listings", __name__, url_prefix="/desk/reports/listings")
    snapshot = public_places(settings, store)

    @pages.get("")
    @needs(Role.VIEWER)
    def look() -> Response:
        with store.reading() as session:
            found = listings(session, person())
        wanted = request.args.get("district", "")
        shown = [one for one in found if one.district == wanted] if wanted else []
        return desk_page(
            "desk/listings.html",
            here="reports",
            counts=counted(found),
            shown=shown,
            district=wanted,
            apps=APP_LABELS,
            states=list(Listed),
            day=today(),
            within_m=WITHIN_M,
        )

    @pages.post("/<int:service_id>")
    @needs(Role.EDITOR)
    def tell(service_id: int) -> BaseResponse:
        form = request.form
        with store.writing() as session:
            look_up(
                session,
                service_id,
                _one_of(App, form.get("app", "")),
                _one_of(Listed, form.get("state", "")),
                on=_day(form.get("on", "")),
                note=typed_line(form, "note"),
                by=person(),
            )
        back = link_of(request)("/desk/reports/listings", district=form.get("district") or None)
        return redirect(f"{back}#point-{service_id}", 303)

    @pages.get("/submission.<suffix>")
    @needs(Role.VIEWER)
    def file(suffix: str) -> Response:
        return _file(submission(snapshot().find(), within_m=WITHIN_M), suffix)

    return pages


def _file(export: Export, suffix: str) -> Response:
    if suffix == "csv":
        body, media = b"".join(delimited.csv_bytes(export)), delimited.MEDIA_TYPE
    elif suffix == "xlsx":
        with TemporaryDirectory(prefix="zhitu-") as folder:
            path = Path(folder) / "a.xlsx"
            workbook.write_xlsx(export, path)
            body, media = path.read_bytes(), workbook.MEDIA_TYPE
    else:
        raise NotFoundError(f"没有这种格式，可用：{'、'.join(FORMATS)}。")
    headers = {"Content-Disposition": f'attachment; filename="zhitu-gcj02.{suffix}"'}
    return Response(body, content_type=media, headers=headers)


def _one_of(kind: type[Choice], text: str) -> Choice:
    if text not in set(kind):
        raise ParameterError(f"只能是 {'、'.join(kind)}")
    return kind(text)


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise ParameterError("日期要写成 2026-03-31") from error
    if found > today():
        raise ParameterError("查看的日期不能在今天之后")
    return found
