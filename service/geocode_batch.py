"""A list of addresses located in order: the ladder row by row, the net in batches.

Nothing but the cache is kept of a run that was broken off. The next one starts at the first row
and finds there what has been paid for; so it writes what an unbroken one writes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from geodata.declared import Placed
from geodata.model import Address
from geodata.place.locate import Locator
from geodata.place.online.book import Candidates
from geodata.place.online.provider import Online
from geodata.place.online.query import Query, query
from geodata.place.question import ask_about
from service.address_list import Entry

CHUNK_ROWS = 200


class UnansweredError(Exception):
    """A row cannot be located before a provider has answered a question."""

    def __init__(self, provider: str, asked: Query) -> None:
        super().__init__(provider)
        self.provider = provider
        self.asked = asked


@dataclass(frozen=True, slots=True)
class Held:
    """A provider that knows what was asked of it already, and says what is still to be asked."""

    name: str
    answers: dict[str, Candidates] = field(default_factory=dict)

    def candidates(self, address: Address, *, district: str) -> Candidates:
        asked = query(address, district)
        if asked is None:
            return ()
        if asked.key not in self.answers:
            raise UnansweredError(self.name, asked)
        return self.answers[asked.key]


@dataclass(frozen=True, slots=True)
class Batch:
    """Locates rows with online geocoders behind the ladder.

    `when_spent` is told which geocoder's day is spent and when the next begins; it waits until
    then, or raises to end the run.
    """

    locator: Locator
    geocoders: Sequence[Online]
    when_spent: Callable[[Online, datetime], None]

    def locate(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Placed]]:
        """Every row with its outcome, in order; no more than a chunk is held at a time."""
        rows = iter(entries)
        while chunk := list(islice(rows, CHUNK_ROWS)):
            yield from zip(chunk, self._chunk(chunk), strict=True)

    def _chunk(self, entries: Sequence[Entry]) -> list[Placed]:
        held = {each.name: Held(each.name) for each in self.geocoders}
        locator = replace(self.locator, providers=tuple(held.values()))
        questions = [ask_about(entry.address, district=entry.district) for entry in entries]
        placed: dict[int, Placed] = {}
        while len(placed) < len(questions):
            wanted: dict[str, list[Query]] = {}
            for at, question in enumerate(questions):
                if at in placed:
                    continue
                try:
                    placed[at] = locator.answer(question)
                except UnansweredError as missing:
                    wanted.setdefault(missing.provider, []).append(missing.asked)
            for each in self.geocoders:
                held[each.name].answers.update(self._answers(each, wanted.get(each.name, ())))
        return [placed[at] for at in range(len(questions))]

    def _answers(self, geocoder: Online, queries: Sequence[Query]) -> dict[str, Candidates]:
        """An answer for every question; nothing, where the geocoder cannot be asked."""
        answers = geocoder.ask(queries)
        while missing := [each for each in queries if each.key not in answers]:
            resumes_at = None if geocoder.stopped else geocoder.resumes_at()
            if resumes_at is None:
                break
            self.when_spent(geocoder, resumes_at)
            answers |= geocoder.ask(missing)
        unanswered = {each.key: () for each in missing}
        geocoder.tally.unasked += len(unanswered)
        return answers | unanswered
