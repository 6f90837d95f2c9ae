"""One column of a form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a form, found by any of its headers.

    `column`: the table must have it; `filled`: each row must fill it; `private`: it holds
    persons; `carry_down`: a blank cell means the one above.
    """

    name: str
    headers: tuple[str, ...]
    column: bool = False
    filled: bool = False
    private: bool = False
    carry_down: bool = False
