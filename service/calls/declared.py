"""The calls of `/api/v1`, and the public files, as the OpenAPI document shows them."""

from typing import Any

from geodata.accounts.roles import Role
from geodata.kinds import Kind
from geodata.scenarios.model import CHANGES
from service.calls import asked
from service.desk.exports import FORMATS, STREAMED, WRITTEN
from service.idempotency import KEY
from service.ogc.asked import SEARCHED
from service.openapi.operations import JSON, Answer, Operation, found
from service.openapi.parameters import Parameter, Schema, choice
from service.openapi.schemas import COUNT, NUMBER, TEXT, WHOLE, YES_NO, listed, record, ref

_TAG = "服务调用 / Calls"
_OBJECT: Schema = {"type": "object"}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "nullable": True}


_KINDS = listed({"type": "string", "enum": list(Kind)})
_NAMED = {"id": WHOLE, "name": TEXT, "kinds": _KINDS}
_SERVICE = record(
    {
        "id": WHOLE,
        "kind": TEXT,
        "name": TEXT,
        "hours": TEXT,
        "facilities": listed(TEXT),
        "phone": TEXT,
    }
)
_PLACE = {
    **_NAMED,
    "district": TEXT,
    "town": TEXT,
    "address": TEXT,
    "lon": NUMBER,
    "lat": NUMBER,
    "error_m": _or_null(NUMBER),
    "sample": YES_NO,
    "services": listed(_SERVICE),
    "walk_m": COUNT,
}
_SITE = {
    "id": WHOLE,
    "name": TEXT,
    "kind": TEXT,
    "district": TEXT,
    "town": TEXT,
    "lon": _or_null(NUMBER),
    "lat": _or_null(NUMBER),
    "state": TEXT,
    "priority": YES_NO,
    "workers": _or_null(COUNT),
    "nearest_m": _or_null(COUNT),
    "sample": YES_NO,
}
_POSITION = record({"lon": NUMBER, "lat": NUMBER, "level": TEXT, "error_m": NUMBER, "source": TEXT})
_STATES = ["waiting", "running", "done", "failed", "cancelled"]
SCHEMAS: dict[str, Schema] = {
    "Nearest": record({"places": listed(record(_PLACE)), "detour": NUMBER}),
    "PointCoverage": record(
        {
            "radius_m": NUMBER,
            "detour": NUMBER,
            "within": COUNT,
            "kinds": listed(
                record(
                    {
                        "kind": TEXT,
                        "within": COUNT,
                        "nearest": _or_null(record({**_NAMED, "walk_m": COUNT})),
                    }
                )
            ),
        }
    ),
    "Address": record({"address": _OBJECT, "canonical": TEXT}),
    "Geocoded": record(
        {
            "position": _or_null(_POSITION),
            "reason": TEXT,
            "district": TEXT,
            "verdict": TEXT,
            "left_today": COUNT,
        }
    ),
    "Gaps": record({"radius_m": NUMBER, "matched": COUNT, "gaps": listed(record(_SITE))}),
    "WhatIf": record(
        {
            "radius_m": NUMBER,
            "city": _OBJECT,
            "districts": listed(_OBJECT),
            "sites": listed(_OBJECT),
        }
    ),
    "SitingJob": record(
        {
            "job": WHOLE,
            "state": {"type": "string", "enum": _STATES},
            "sentence": TEXT,
            "cancelling": YES_NO,
        }
    ),
}
_CHANGE: Schema = {
    "type": "object",
    "required": ["do"],
    "properties": {"do": {"type": "string", "enum": list(CHANGES)}},
    "description": "docs/api.md 里有各种变更的写法 / See docs/api.md",
}
_WHAT_IF: Schema = {
    "type": "object",
    "required": ["changes"],
    "additionalProperties": False,
    "properties": {
        "changes": {"type": "array", "minItems": 1, "maxItems": 100, "items": _CHANGE},
        "radius": dict(asked.RADIUS.schema),
    },
}
_GEOCODE: Schema = {
    "type": "object",
    "required": ["address"],
    "additionalProperties": False,
    "properties": {
        "address": {"type": "string", "minLength": 1, "maxLength": 200},
        "district": {"type": "string", "maxLength": 20},
    },
}


_JOB = (asked.JOB,)
_FILES = {
    media: {"type": "string", "format": "binary"}
    for media, _ in (*STREAMED.values(), *WRITTEN.values())
}
_FORMAT: Parameter[str] = choice("format", "格式。 / Format.", FORMATS, where="path")


def _call(
    name: str,
    path: str,
    summary: str,
    answer: Answer,
    *,
    parameters: tuple[Parameter[Any], ...] = (),
    method: str = "get",
    body: Schema | None = None,
    role: Role | None = None,
    faults: tuple[int, ...] = (),
) -> Operation:
    return Operation(
        f"v1_{name}",
        f"/api/v1/{path}",
        summary,
        (answer,),
        method=method,
        tag=_TAG,
        parameters=parameters,
        body=body,
        role=role,
        faults=faults,
    )


_VIEWER, _EDITOR = Role.VIEWER, Role.EDITOR
_STARTED = Answer(202, "已排队 / Queued", {JSON: ref("SitingJob")}, {"Location": "进度 / Progress"})
OPERATIONS = (
    _call(
        "nearest",
        "nearest",
        "最近的几处，估算的步行距离 / The nearest places",
        found(ref("Nearest")),
        parameters=asked.NEAREST,
    ),
    _call(
        "coverage",
        "coverage",
        "一个位置步行多少米内有什么 / What a position has within a walk",
        found(ref("PointCoverage")),
        parameters=asked.COVERAGE,
    ),
    _call(
        "address",
        "address",
        "把一个地址拆开 / An address taken apart",
        found(ref("Address")),
        parameters=asked.PARSE,
    ),
    _call(
        "geocode",
        "geocode",
        "一个地址在哪里，每个账号每天 500 个 / Where an address lies, 500 a day",
        found(ref("Geocoded")),
        method="post",
        parameters=(KEY,),
        body=_GEOCODE,
        role=_EDITOR,
        faults=(409, 413, 422, 429),
    ),
    _call(
        "gaps",
        "gaps",
        "空白点和待核的，职工多的在前 / Sites nobody serves",
        found(ref("Gaps")),
        parameters=asked.GAPS,
        role=_VIEWER,
    ),
    _call(
        "what_if",
        "what-if",
        "如果这样开、关、搬，覆盖变多少；数据不动 / What would be",
        found(ref("WhatIf")),
        method="post",
        body=_WHAT_IF,
        role=_VIEWER,
        faults=(404, 413),
    ),
    _call(
        "siting",
        "siting",
        "开始一次选址计算 / Start a siting question",
        _STARTED,
        method="post",
        parameters=(KEY,),
        body={"type": "object", "description": "与 zhitu siting 的问题文件同样的键 / As its file"},
        role=_VIEWER,
        faults=(404, 409, 413, 422),
    ),
    _call(
        "siting_job",
        "siting/{job}",
        "算到哪里了 / How far a siting question is",
        found(ref("SitingJob")),
        parameters=_JOB,
        role=_VIEWER,
        faults=(404,),
    ),
    _call(
        "siting_cancel",
        "siting/{job}",
        "取消 / Cancel a siting question",
        found(ref("SitingJob")),
        method="delete",
        parameters=_JOB,
        role=_VIEWER,
        faults=(404,),
    ),
    _call(
        "siting_result",
        "siting/{job}/result",
        "选址的答案 / The answer of a siting question",
        found(_OBJECT),
        parameters=_JOB,
        role=_VIEWER,
        faults=(404, 409),
    ),
    Operation(
        "exports_points",
        "/exports/points.{format}",
        "公开的服务点，整份下载 / All public points as a file",
        (Answer(200, "文件 / The file", _FILES),),
        tag="下载 / Downloads",
        parameters=(_FORMAT, *SEARCHED),
        faults=(404, 429),
    ),
)
