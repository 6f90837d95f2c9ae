"""A file on its way to the tables, wherever its rows wait."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from geodata.storing.ready import Ready


class Refusal(NamedTuple):
    """A refused row, or a cell at fault, as the columns of its table."""

    is_row: bool
    payload: dict[str, object]


class Incoming(Protocol):
    """A file that has been read whole: its name and hash, what of it is refused, and its rows."""

    @property
    def file(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def forms(self) -> Sequence[str]: ...
    @property
    def rows_refused(self) -> int: ...
    @property
    def findings(self) -> Mapping[str, Any]: ...

    def batches(self) -> Iterator[list[Ready]]:
        """All records, those of one identity together, in the order of the first of each."""

    def refusals(self, at_once: int) -> Iterator[Sequence[Refusal]]:
        """All refused rows and cells in the order of the file."""

    def shared_codes(self, codes: Collection[str]) -> set[str]:
        """Those of the official codes that stand at several doors of the file."""

    def identities_in(self, identities: Collection[str]) -> set[str]:
        """Those of the identities, a table and a key, that the file has rows for."""


def keys_in(file: Incoming, keys: Collection[str]) -> set[str]:
    """Those of the keys of places that a file has rows for."""
    found = file.identities_in({f"place {key}" for key in keys})
    return {identity.removeprefix("place ") for identity in found}


def unbroken(pages: Iterable[Sequence[tuple[int, Ready]]], size: int) -> Iterator[list[Ready]]:
    """Pages of `size` rows with their doors as batches in which no door is cut in two."""
    rest: list[Ready] = []
    for page in pages:
        whole = len(page)
        if whole == size:
            # The last record of a page may go on in the next.
            last = page[-1][0]
            whole = next(n for n in range(size, -1, -1) if n == 0 or page[n - 1][0] != last)
        if whole:
            yield rest + [row for _, row in page[:whole]]
            rest = []
        rest += [row for _, row in page[whole:]]
    if rest:
        yield rest
