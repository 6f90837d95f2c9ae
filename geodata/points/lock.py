"""Optimistic locking: a form carries a mark of the record it was made from."""

import json
from hashlib import sha256
from typing import Any

from geodata.errors import ConflictError
from geodata.tables import ServicePoint

_LENGTH = 16


def values_of(point: ServicePoint) -> dict[str, Any]:
    """All columns of a service point."""
    return {column.name: getattr(point, column.name) for column in ServicePoint.__table__.columns}


def mark_of(point: ServicePoint) -> str:
    """A mark that changes with any column of the service point or its place's name."""
    values = [point.place.name, sorted(values_of(point).items())]
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:_LENGTH]


def must_be_as_seen(point: ServicePoint, mark: str) -> None:
    """Refuse a change that was made from an older state.

    Raises:
        ConflictError: somebody changed the record since.
    """
    if mark_of(point) != mark:
        raise ConflictError("这个点位刚被别人改过，没有存。下面是库里现在的值，请核对后再存。")
