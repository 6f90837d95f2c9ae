"""Every word of the screens, Chinese first; `Words` gives them in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from geodata.kinds import KINDS, SITE_KIND_LABELS, STATUS_LABELS, Kind, SiteKind, Status
from geodata.moments import BEIJING_TIME
from geodata.place.district import english_district, load_districts
from maps.catalogue import SOURCE, Catalogue, catalogue, languages

Sentence = str | Mapping[str, str]

ALSO_FOR_SCRIPTS = (
    *("close", "empty", "hours_unknown", "sample", "unplaced"),
    *("box_both", "box_declared_only", "box_computed_only", "box_neither", "box_no_data"),
)


class Language(str):
    """The language of a page, by the name of its folder in `maps/locale`."""

    __slots__ = ()

    @property
    def html(self) -> str:
        """Its lang attribute."""
        return str(self.locale).replace("_", "-")

    @property
    def locale(self) -> Locale:
        """What numbers and dates are written by."""
        return catalogue(self).locale

    @property
    def asked(self) -> str | None:
        """The `lang` of an address; Chinese needs none."""
        return None if self == SOURCE else str(self)

    @property
    def query(self) -> str:
        """The query of an address that keeps the language."""
        return f"?lang={self.asked}" if self.asked else ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: Language

    def __call__(self, key: str, /, **values: object) -> str:
        """The words under `key`, with `{name}` filled in."""
        return self._catalogue.plain[key].format(**values)

    def n(self, key: str, count: float, /, **values: object) -> str:
        """The words under `key` as `count` of something need them, with `{count}` filled in."""
        sentence = self._catalogue.counted_as(key, count)
        return sentence.format(count=self.number(count), **values)

    def number(self, value: float) -> str:
        """A number with its thousands apart, at most three decimals."""
        return format_decimal(value, locale=self.language.locale)

    def decimal(self, value: float, digits: int) -> str:
        """A number with exactly `digits` decimals."""
        return format_decimal(value, _pattern(digits), locale=self.language.locale)

    def percent(self, share: float, digits: int = 0) -> str:
        """A share of one as per cent."""
        return format_decimal(share, _pattern(digits) + "%", locale=self.language.locale)

    def date(self, day: date) -> str:
        """A day in words."""
        return format_date(day, "long", locale=self.language.locale)

    def moment(self, at: datetime) -> str:
        """A moment in Shanghai, to the minute; one without a zone is UTC, as the store keeps it."""
        known = at if at.tzinfo else at.replace(tzinfo=UTC)
        here = known.astimezone(BEIJING_TIME)
        return f"{self.date(here)} {here:%H:%M}"

    def kind(self, kind: Kind | str) -> str:
        """A kind's full name."""
        facts = KINDS[Kind(kind)]
        return self._pick((facts.label, facts.english))

    def kind_short(self, kind: Kind | str) -> str:
        """A kind's short name, for chips and legends."""
        facts = KINDS[Kind(kind)]
        return self._pick((facts.short, facts.english))

    def status(self, status: Status | str) -> str:
        """A status in words."""
        return self._pick(STATUS_LABELS[Status(status)])

    def site_kind(self, kind: SiteKind | str) -> str:
        """A demand site's kind in words."""
        return self._pick(SITE_KIND_LABELS[SiteKind(kind)])

    def district(self, name: str) -> str:
        """A district's name; one that is not known stays as it is written."""
        return self._pick((name, english_district(name)))

    def listed(self, names: Iterable[str]) -> str:
        """Names one after another, districts among them as `district` says them."""
        return self("list_comma").join(self.district(name) for name in names)

    def both(self, chinese: str, english: str) -> str:
        """One of two given texts; the Chinese where there is no English."""
        return self._pick((chinese, english)) or chinese

    def others(self) -> "tuple[Words, ...]":
        """The words of the languages a page can be switched to."""
        return tuple(words_in(code) for code in languages() if code != self.language)

    def for_scripts(self, *subjects: str) -> Mapping[str, Sentence]:
        """The sentences scripts put on the page, by their keys without `js_`.

        Of the `subjects` a page names (files of the catalogue), or all. One that is counted comes
        as its forms by plural category.
        """
        return _for_scripts(self, subjects)

    @property
    def _catalogue(self) -> Catalogue:
        return catalogue(self.language)

    def _pick(self, pair: tuple[str, str]) -> str:
        return pair[0] if self.language == SOURCE else pair[1]


def words_in(language: str) -> Words:
    """The words of a language; Chinese where there are none of it."""
    # Whatever stands in an address comes here: only languages are kept.
    return _words(language if language in languages() else SOURCE)


@cache
def _words(language: str) -> Words:
    return Words(Language(language))


@cache
def _for_scripts(words: Words, subjects: tuple[str, ...]) -> Mapping[str, Sentence]:
    found = catalogue(words.language)
    counted = {key: found.by_category(key) for key in found.counted}
    sentences: dict[str, Sentence] = {**found.plain, **counted}
    given = {
        key[3:]: text
        for key, text in sentences.items()
        if key.startswith("js_") and (not subjects or found.subject_of[key] in subjects)
    }
    shared = {
        key: sentences[key]
        for key in ALSO_FOR_SCRIPTS
        if not subjects or not key.startswith("box_")
    }
    kinds = {f"kind_{kind}": words.kind_short(kind) for kind in KINDS}
    statuses = {f"status_{status}": words.status(status) for status in STATUS_LABELS}
    return {**given, **shared, **kinds, **statuses, **_districts(words)}


def _districts(words: Words) -> dict[str, Sentence]:
    """None where scripts can write them as the data do."""
    named = {name: words.district(name) for name in load_districts().names}
    return {f"district_{name}": said for name, said in named.items() if said != name}


def _pattern(digits: int) -> str:
    return "#,##0." + "0" * digits if digits else "#,##0"


CHINESE = words_in("zh")
ENGLISH = words_in("en")
