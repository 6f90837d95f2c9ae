"""All operations of the API: one line a subject."""

from service.ogc.declared import OPERATIONS as OGC
from service.openapi.operations import Operation


def operations() -> tuple[Operation, ...]:
    """Every declared operation, in the order the document shows them."""
    return (*OGC,)
