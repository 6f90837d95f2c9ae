"""One table from what went wrong to an HTTP status; pages get words, JSON a problem document."""

import logging
from http import HTTPStatus
from json import dumps

from flask import Flask, Response, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed
from werkzeug.wrappers import Response as BaseResponse

from geodata import errors, outages, store_faults
from service.observing import access, logs, request_id
from service.request import html_page

STATUS: dict[type[errors.ZhituError], int] = {
    errors.ZhituError: 500,
    errors.UnreadableFileError: 422,
    errors.UnknownFormError: 422,
    errors.CellError: 422,
    errors.CancelledError: 409,
    errors.ParameterError: 400,
    errors.DatumError: 422,
    errors.NotFoundError: 404,
    errors.NoSuchRecordError: 404,
    errors.SignInError: 401,
    errors.TooManyAttemptsError: 429,
    errors.ForbiddenError: 403,
    errors.ConflictError: 409,
    errors.KeyReusedError: 422,
    errors.SettingsError: 500,
    errors.StoreError: 503,
    errors.StoreFullError: 507,
    errors.StoreDamagedError: 503,
    errors.StoreNewerError: 503,
}
_HTTP_WORDS = {
    404: "没有这一页。",
    405: "这个网址不能这样用。",
    406: "没有这种格式，可用 JSON 和 HTML。",
    413: "送来的内容太大，没有收。请少选几个文件，或分成几份再送。",
}


# Seconds after which a database that was gone or busy is worth another try.
_RETRY_S = 3
_AWAY = "数据库暂时没有应答，请几秒后再试。"
_UNSURE = "刚才送来的多半没有存；重新送之前，请先看一眼存了没有。"
_FAULT = "服务出了问题，请稍后再试；还不行，请把编号告诉管理员。（编号 {number}）"


# Where programs ask: they get a problem document unless they would rather have a page.
_JSON_PATHS = frozenset({"/clusters", "/nearest", "/healthz", "/readyz", "/version"})
API_PATHS = ("/ogc", "/api", "/tiles/", "/exports/")


def install(app: Flask) -> None:
    """Answer every known error with its status."""
    app.register_error_handler(errors.ZhituError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SQLAlchemyError, _of_database)
    app.register_error_handler(OSError, _of_files)
    app.register_error_handler(Exception, _fault)


def wants_json() -> bool:
    """Whether the asker reads JSON: by the path, else by what it accepts over HTML."""
    if request.path.endswith(".json") or request.path in _JSON_PATHS:
        return True
    if request.headers.get("Authorization", "").lower().startswith("bearer"):
        return True
    if request.path.startswith(API_PATHS):
        return not wants_page()
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return best == "application/json"


def wants_page() -> bool:
    """Whether a caller of the API would rather have HTML: by f=, else by what it accepts."""
    asked = request.args.get("f")
    if asked in {"html", "json"}:
        return asked == "html"
    if "html" not in request.headers.get("Accept", ""):
        return False
    taken = request.accept_mimetypes
    return taken["text/html"] > max(taken["application/json"], taken["application/geo+json"])


def answer(status: int, sentence: str, **more: str) -> Response:
    """An error as a problem document (RFC 9457), with `more` members, or as a short page."""
    if wants_json():
        problem = _problem(status, sentence) | {name: one for name, one in more.items() if one}
        response = Response(_json(problem), content_type="application/problem+json")
    else:
        response = html_page("error.html", sentence=sentence)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _problem(status: int, sentence: str) -> dict[str, object]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence,
        "instance": request.script_root + request.path,
    }


def _known(error: errors.ZhituError) -> Response:
    parameter = error.parameter if isinstance(error, errors.ParameterError) else ""
    return answer(STATUS[type(error)], str(error), parameter=parameter)


def _of_files(error: OSError) -> Response:
    """A passing file found no room; the folder is not for visitors to know."""
    if not store_faults.is_full(error):
        return _fault(error)
    return answer(507, "服务器放临时文件的磁盘满了，刚才送来的没有收。请告诉管理员腾出空间再送。")


def _of_database(error: SQLAlchemyError) -> Response:
    """A database that is gone or busy comes back; anything else it says is a fault of ours."""
    if not outages.passes(error):
        return _fault(error)
    kind, number = type(error).__name__, request_id.number()
    logs.tell("database away", logging.WARNING, request_id=number, error=kind)
    told = _AWAY if request.method in {"GET", "HEAD"} else _AWAY + _UNSURE
    response = answer(503, told)
    response.headers["Retry-After"] = str(_RETRY_S)
    return response


def _fault(error: Exception) -> Response:
    """A fault of our own: the asker gets its number, the log where it is."""
    number = request_id.number()
    logs.tell_fault(error, number, route=access.route(), method=access.method())
    return answer(500, _FAULT.format(number=number), number=number)


def _failed(error: Exception) -> Response:
    if isinstance(error, errors.ZhituError):
        return _known(error)
    return _of_database(error) if isinstance(error, SQLAlchemyError) else _fault(error)


def _http(error: HTTPException) -> BaseResponse:
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, Exception):
        # What failed after the view: the answer was being packed or its session written.
        return _failed(error.original_exception)
    status = error.code or 500
    if status < 400:
        # A redirect travels as an exception too.
        return error.get_response()
    response = answer(status, _HTTP_WORDS.get(status, _ours_or_yours(status)))
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def _ours_or_yours(status: int) -> str:
    return "这个请求读不懂。" if status < 500 else "服务出了问题，请稍后再试。"


def _json(value: object) -> str:
    return dumps(value, ensure_ascii=False)
