"""Every word of the screens, Chinese first; `Words` gives them in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geodata.kinds import KINDS, SITE_KIND_LABELS, STATUS_LABELS, Kind, SiteKind, Status
from maps.sentences import ALSO_FOR_SCRIPTS, SENTENCES


class Language(StrEnum):
    """The language of a page; `html` is its lang attribute."""

    ZH = "zh"
    EN = "en"

    @property
    def html(self) -> str:
        return "zh-Hans" if self is Language.ZH else "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: Language

    def __call__(self, key: str, /, **values: object) -> str:
        """The words under `key`, with `{name}` filled in."""
        return self._pick(SENTENCES[key]).format(**values)

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

    def both(self, chinese: str, english: str) -> str:
        """One of two given texts; the Chinese where there is no English."""
        return self._pick((chinese, english)) or chinese

    def for_scripts(self) -> Mapping[str, str]:
        """The sentences scripts put on the page, by their keys without `js_`."""
        picked = {key: self._pick(pair) for key, pair in SENTENCES.items()}
        sentences = {key[3:]: text for key, text in picked.items() if key.startswith("js_")}
        shared = {key: picked[key] for key in ALSO_FOR_SCRIPTS}
        kinds = {f"kind_{kind}": self.kind_short(kind) for kind in KINDS}
        statuses = {f"status_{status}": self.status(status) for status in STATUS_LABELS}
        return sentences | shared | kinds | statuses

    def _pick(self, pair: tuple[str, str]) -> str:
        return pair[0] if self.language is Language.ZH else pair[1]


CHINESE = Words(Language.ZH)
ENGLISH = Words(Language.EN)
