"""Numbers of records in addresses: one no database can hold is an address that is not there."""

from typing import Any

from werkzeug.routing import IntegerConverter

# PostgreSQL's integer; SQLite's is larger.
_LARGEST = 2**31 - 1


class RecordNumber(IntegerConverter):
    """`<int:…>` of every route."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **({"max": _LARGEST} | options))
