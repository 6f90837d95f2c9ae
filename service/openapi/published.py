"""All operations of the API and the schemas they share: one line a subject."""

from collections.abc import Mapping

from service.calls.declared import OPERATIONS as CALLS
from service.calls.declared import SCHEMAS as CALL_SCHEMAS
from service.ogc.declared import OPERATIONS as OGC
from service.ogc.declared import SCHEMAS as OGC_SCHEMAS
from service.openapi.operations import Operation
from service.openapi.parameters import Schema
from service.tiles.declared import OPERATIONS as TILES
from service.tiles.declared import SCHEMAS as TILE_SCHEMAS


def operations() -> tuple[Operation, ...]:
    """Every declared operation, in the order the document shows them."""
    return (*OGC, *TILES, *CALLS)


def schemas() -> Mapping[str, Schema]:
    """What operations refer to by name."""
    return {**OGC_SCHEMAS, **TILE_SCHEMAS, **CALL_SCHEMAS}
