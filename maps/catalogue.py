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
# Every plural category of every language has a whole number below this.
_ALL_CATEGORIES = 200


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The sentences of one language, by key.

    `counted` holds those that change with a number, in the order of their gettext plural forms;
    `form_of` says which form a whole number takes, `subject_of` in whose file a sentence stands.
    """

    locale: Locale
    plain: Mapping[str, str]
    counted: Mapping[str, tuple[str, ...]]
    form_of: Callable[[int], int]
    subject_of: Mapping[str, str]

    def counted_as(self, key: str, count: float) -> str:
        """The form of a counted sentence; a fraction takes the last one."""
        forms = self.counted[key]
        return forms[self.form_of(int(count))] if count == int(count) else forms[-1]

    def by_category(self, key: str) -> Mapping[str, str]:
        """The forms of a counted sentence by CLDR plural category, as `Intl.PluralRules` has."""
        forms = {"other": self.counted[key][-1]}
        for number in range(_ALL_CATEGORIES):
            forms.setdefault(self.locale.plural_form(number), self.counted_as(key, number))
        return forms


@cache
def languages() -> tuple[str, ...]:
    """The languages there are sentences in, by the names of their folders; the source first."""
    found = {path.name for path in LOCALE.iterdir() if path.is_dir()}
    return SOURCE, *sorted(found - {SOURCE})


@cache
def catalogue(language: str) -> Catalogue:
    """The sentences of one of `languages()`."""
    return read(LOCALE / language)


def read(folder: Path) -> Catalogue:
    """All subjects of a language; locale and plural forms stand in the head of each file."""
    subjects = [_subject(path) for path in sorted(folder.glob("LC_MESSAGES/*.po"))]
    plain: dict[str, str] = {}
    counted: dict[str, tuple[str, ...]] = {}
    subject_of: dict[str, str] = {}
    for subject in subjects:
        for message in subject:
            key = message.id[0] if message.pluralizable else str(message.id)
            subject_of[key] = str(subject.domain)
            if message.pluralizable:
                counted[key] = tuple(message.string or ())
            elif message.id:
                plain[key] = str(message.string or "")
    first = subjects[0]
    locale = Locale.parse(first.locale_identifier)
    return Catalogue(locale, plain, counted, c2py(first.plural_expr), subject_of)


def _subject(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, domain=path.stem, abort_invalid=True)
