"""What a route takes and answers, declared once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geodata.accounts.roles import Role
from service.openapi.parameters import Parameter, Schema

JSON = "application/json"
GEOJSON = "application/geo+json"
HTML = "text/html"
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Answer:
    """One status and what comes with it, by media type."""

    status: int
    description: str
    content: Mapping[str, Schema] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    """One method of one path.

    `path` is written as in OpenAPI (`/api/v1/jobs/{job}`) and parameters of the path are declared
    like the others. `body` is the schema of a JSON body. `faults` are the statuses that carry a
    problem document, besides 400 for parameters and 401 and 403 for a `role`.
    """

    id: str
    path: str
    summary: str
    answers: tuple[Answer, ...]
    method: str = "get"
    tag: str = ""
    parameters: tuple[Parameter[Any], ...] = ()
    body: Schema | None = None
    faults: tuple[int, ...] = ()
    role: Role | None = None
    html: bool = False

    @property
    def statuses(self) -> tuple[int, ...]:
        """All statuses that carry a problem document."""
        refused = (400,) if self.parameters or self.body else ()
        guarded = (401, 403) if self.role else ()
        return tuple(sorted({*refused, *guarded, *self.faults}))


def found(schema: Schema, description: str = "找到了 / Found", *, media: str = JSON) -> Answer:
    """The answer 200 with one JSON schema."""
    return Answer(200, description, {media: schema})
