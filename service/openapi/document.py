"""The OpenAPI 3.0.3 document, made from the declarations."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from service.openapi.operations import HTML, JSON, PROBLEM, Answer, Operation
from service.openapi.parameters import Parameter
from service.openapi.schemas import SHARED, ref

MEDIA = "application/vnd.oai.openapi+json;version=3.0"
VERSION = "1.0.0"
TITLE = "职图 zhitu"
ABOUT = (
    "工会服务点、服务阵地和覆盖情况。坐标默认 WGS-84（CRS84）；时间是北京时间。"
    "出错时回 RFC 9457 problem+json。 / Where a trade union serves its workers, and who is covered."
)


def document(
    operations: Iterable[Operation],
    *,
    server: str,
    base: str = "",
    schemas: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """All operations under `base`, with their paths beneath `server`, which stands for it."""
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        if one.path.startswith(base):
            path = one.path.removeprefix(base) or "/"
            paths.setdefault(path, {})[one.method] = _operation(one)
    return {
        "openapi": "3.0.3",
        "info": {"title": TITLE, "version": VERSION, "description": ABOUT},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {
            "schemas": {**SHARED, **(schemas or {})},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(one: Operation) -> dict[str, Any]:
    said: dict[str, Any] = {
        "operationId": one.id,
        "summary": one.summary,
        "tags": [one.tag] if one.tag else [],
        "parameters": [_parameter(each) for each in one.parameters],
        "responses": _responses(one),
    }
    if one.body is not None:
        said["requestBody"] = {"required": True, "content": {JSON: {"schema": one.body}}}
    if one.role is not None:
        said["security"] = [{"bearer": []}]
    return said


def _parameter(one: Parameter[Any]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": one.name,
        "in": one.where,
        "description": one.description,
        "required": one.required,
        "schema": dict(one.schema),
    }
    if one.where == "query":
        said |= {"style": "form", "explode": False}
    return said


def _responses(one: Operation) -> dict[str, Any]:
    answers = {str(answer.status): _answer(answer) for answer in one.answers}
    return answers | {str(status): _fault(status, html=one.html) for status in one.statuses}


def _answer(answer: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {"description": answer.description}
    if answer.content:
        said["content"] = {media: {"schema": schema} for media, schema in answer.content.items()}
    if answer.headers:
        said["headers"] = {
            name: {"description": text, "schema": {"type": "string"}}
            for name, text in answer.headers.items()
        }
    return said


def _fault(status: int, *, html: bool) -> dict[str, Any]:
    content: dict[str, Any] = {PROBLEM: {"schema": ref("Problem")}}
    if html:
        content[HTML] = {"schema": {"type": "string"}}
    return {"description": HTTPStatus(status).phrase, "content": content}
