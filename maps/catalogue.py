"""The sentences of the screens, read from gettext catalogues: one folder a language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

SOURCE = "zh"
LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The sentences of one language, by key.

    `counted` holds those that change with a number, in the order of their gettext plural forms;
    `form_of` says which form a whole number takes.
    """

    locale: Locale
    plain: Mapping[str, str]
    counted: Mapping[str, tuple[str, ...]]
    form_of: Callable[[int], int]

    def counted_as(self, key: str, count: float) -> str:
        """The form of a counted sentence; a fraction takes the last one."""
        forms = self.counted[key]
        return forms[self.form_of(int(count))] if count == int(count) else forms[-1]


@cache
def languages() -> tuple[str, ...]:
    """The languages there are sentences in, by the names of their folders; the source first."""
    found = {path.name for path in LOCALE.iterdir() if path.is_dir()}
    return SOURCE, *sorted(found - {SOURCE})


@cache
def catalogue(language: str) -> Catalogue:
    """All subjects of one language; locale and plural forms stand in the head of each file."""
    subjects = [_read(path) for path in sorted((LOCALE / language).glob("LC_MESSAGES/*.po"))]
    plain: dict[str, str] = {}
    counted: dict[str, tuple[str, ...]] = {}
    for subject in subjects:
        for message in subject:
            if message.pluralizable:
                counted[message.id[0]] = tuple(message.string or ())
            elif message.id:
                plain[str(message.id)] = str(message.string or "")
    first = subjects[0]
    assert first.locale is not None
    return Catalogue(first.locale, plain, counted, c2py(first.plural_expr))


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, domain=path.stem, abort_invalid=True)
