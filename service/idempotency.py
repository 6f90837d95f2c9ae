"""A write sent twice under one Idempotency-Key is done once and answered twice alike."""

import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import blake2b

from flask import Response, request
from sqlalchemy import Select, delete, select

from geodata.errors import ConflictError, KeyReusedError
from geodata.moments import utc_now
from geodata.store import Store
from geodata.tables import KeyedAnswer
from service.openapi.operations import JSON
from service.openapi.parameters import Parameter, text

KEPT_FOR = timedelta(hours=24)
# Who has not answered by then has died with its process; another may try.
_AT_WORK = timedelta(minutes=2)
_AT_MOST = 100
_VISIBLE = re.compile(r"[!-~]+")
KEY: Parameter[str] = text(
    "Idempotency-Key",
    "自己取的一个号；24 小时内同号同内容只办一次，回答一样；同号不同内容是 422。"
    " / Any name: the same request under it is done once within 24 hours.",
    longest=_AT_MOST,
    pattern=f"^{_VISIBLE.pattern}$",
    where="header",
)


def once(store: Store, login: str, work: Callable[[], Response]) -> Response:
    """What `work` answers, or what it answered under the request's key before.

    Raises:
        KeyReusedError: the key came with another request.
        ConflictError: the same request is still at work.
        ParameterError: the key is not one.
    """
    if KEY.name not in request.headers:
        return work()
    key = KEY.of({KEY.name: request.headers[KEY.name]})
    held = _taken(store, login, key)
    if held is not None:
        return held
    try:
        answer = work()
    except BaseException:
        # Nothing was done; the same key may try again.
        _forget(store, login, key)
        raise
    _keep(store, login, key, answer)
    return answer


def _taken(store: Store, login: str, key: str) -> Response | None:
    """The answer that is kept; None once the key is this request's own."""
    mine = _hash()
    # Writers take turns on both databases, so that two of one key cannot both find none.
    with store.writing() as session:
        session.execute(delete(KeyedAnswer).where(KeyedAnswer.at < utc_now() - KEPT_FOR))
        row = session.scalar(_row(login, key))
        if row is not None and (row.status != 0 or row.at > utc_now() - _AT_WORK):
            return _said_again(row, mine)
        if row is not None:
            session.delete(row)
            session.flush()
        session.add(_at_work(login, key, mine))
    return None


def _said_again(row: KeyedAnswer, mine: str) -> Response:
    if row.request_hash != mine:
        raise KeyReusedError("这个 Idempotency-Key 已经用在另一个请求上，请换一个。")
    if row.status == 0:
        raise ConflictError("同一个请求正在办，请稍后再问。")
    answer = Response(row.body, row.status, content_type=JSON)
    answer.headers["Idempotency-Replayed"] = "true"
    if row.location:
        answer.headers["Location"] = row.location
    return answer


def _at_work(login: str, key: str, mine: str) -> KeyedAnswer:
    return KeyedAnswer(
        login=login, key=key, request_hash=mine, status=0, location="", body=b"", at=utc_now()
    )


def _keep(store: Store, login: str, key: str, answer: Response) -> None:
    with store.writing() as session:
        row = session.scalar(_row(login, key))
        if row is not None:
            row.status, row.body = answer.status_code, answer.get_data()
            row.location = answer.headers.get("Location", "")


def _forget(store: Store, login: str, key: str) -> None:
    with store.writing() as session:
        session.execute(
            delete(KeyedAnswer).where(KeyedAnswer.login == login, KeyedAnswer.key == key)
        )


def _row(login: str, key: str) -> Select[KeyedAnswer]:
    return select(KeyedAnswer).where(KeyedAnswer.login == login, KeyedAnswer.key == key)


def _hash() -> str:
    said = f"{request.method} {request.full_path}\n".encode() + request.get_data()
    return blake2b(said, digest_size=16).hexdigest()
