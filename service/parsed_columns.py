"""The fields of an address as columns of a table."""

import dataclasses

from geodata.model import Address

PARSED = tuple(field.name for field in dataclasses.fields(Address) if field.name != "text")


def parsed_columns(address: Address | None) -> tuple[str, ...]:
    """One text a field in the order of `PARSED`; several values are joined by |."""
    if address is None:
        return ("",) * len(PARSED)
    return tuple(_text(getattr(address, name)) for name in PARSED)


def _text(value: str | int | tuple[str, ...] | None) -> str:
    if isinstance(value, tuple):
        return "|".join(value)
    return "" if value is None else str(value)
