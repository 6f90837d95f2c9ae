"""An online geocoder as the ladder sees it: paced, counted, remembered, and stopped in time.

`Online` stands between those who ask and a service that costs: it answers from the cache, counts
every address in the ledger before it goes out, waits and tries again where that helps, and closes
the door for the run or the day where it does not. It never raises for what a provider does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from geodata.model import Address, Datum
from geodata.place.candidate import Candidate
from geodata.place.online.answer import Answer, candidate
from geodata.place.online.book import Book, Candidates
from geodata.place.online.clock import Clock, Pace
from geodata.place.online.errors import (
    DailyQuotaError,
    KeyRefusedError,
    MisalignedError,
    OutOfReachError,
    ProviderError,
    QueryRefusedError,
    RateLimitedError,
)
from geodata.place.online.query import Query, query

RATE_RETRIES = 3
FAULT_RETRIES = 2
# A provider that wants a longer rest than this is left alone for the run.
LONGEST_WAIT_S = 300.0
# So many batches without an answer in a row, and the run goes on without the provider.
FAULTS_IN_A_ROW = 3


class Provider(Protocol):
    """Any source of positions that is asked by address."""

    @property
    def name(self) -> str: ...

    @property
    def datum(self) -> Datum:
        """The datum the source itself works in; candidates are in WGS-84 all the same."""
        ...

    def candidates(self, address: Address, *, district: str) -> tuple[Candidate, ...]:
        """What the source offers, best first; () when it knows nothing or cannot be asked."""
        ...


Outcome = tuple[Answer, ...] | ProviderError


class Service(Protocol):
    """A geocoder on the net, as it is: it raises a `ProviderError` when it has no answer."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def datum(self) -> Datum: ...

    @property
    def batch_size(self) -> int: ...

    @property
    def counts_each(self) -> bool:
        """Whether the requests inside a batch count one by one against its limit a second."""
        ...

    def ask(self, queries: Sequence[Query]) -> list[Outcome]: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast and how often a service may be asked; `daily` None is not known."""

    per_second: float = 3.0
    daily: int | None = None


@dataclass(slots=True)
class Tally:
    """What a run did: addresses sent, answered from the cache, and left without an answer."""

    sends: int = 0
    cached: int = 0
    unasked: int = 0


class Online:
    """A service behind its cache, ledger, pace and circuit; a `Provider`."""

    def __init__(
        self,
        service: Service,
        book: Book,
        *,
        clock: Clock | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.tally = Tally()
        self.stopped = ""
        self._service = service
        self._book = book
        self._clock = clock or book.clock
        self._limits = limits or Limits()
        self._pace = Pace(self._clock, self._limits.per_second)
        self._batch_size = service.batch_size
        self._faults = 0

    @property
    def name(self) -> str:
        return self._service.name

    @property
    def label(self) -> str:
        return self._service.label

    @property
    def datum(self) -> Datum:
        return self._service.datum

    def remaining(self) -> int | None:
        """How many addresses may still be sent today; None when no daily limit is known."""
        if self._book.quota_spent(self.name):
            return 0
        if self._limits.daily is None:
            return None
        return max(0, self._limits.daily - self._book.sent_today(self.name))

    def resumes_at(self) -> datetime | None:
        """When the day's spent quota comes back; None while there is some left."""
        return self._clock.midnight() if self.remaining() == 0 else None

    def candidates(self, address: Address, *, district: str) -> tuple[Candidate, ...]:
        """What the service offers for one address; see `Provider`."""
        asked = query(address, district)
        if asked is None:
            return ()
        answers = self.ask([asked])
        self.tally.unasked += not answers
        return answers.get(asked.key, ())

    def ask(self, queries: Sequence[Query]) -> dict[str, Candidates]:
        """Answers by key. A key that is missing could not be asked; () means nothing is there."""
        wanted = {each.key: each for each in queries}
        answers = self._book.known(self.name, tuple(wanted))
        self.tally.cached += len(answers)
        waiting = [each for key, each in wanted.items() if key not in answers]
        while waiting and not self.stopped and (room := self._room()):
            batch, waiting = waiting[:room], waiting[room:]
            answers |= self._sent(batch)
        return answers

    def _room(self) -> int:
        """How many addresses may go in the next request."""
        left = self.remaining()
        return self._batch_size if left is None else min(self._batch_size, left)

    def _sent(self, batch: Sequence[Query]) -> dict[str, Candidates]:
        """One batch, tried again as long as that helps; what failed for good is left out."""
        answers: dict[str, Candidates] = {}
        rest = list(batch)
        tries: dict[type[ProviderError], int] = {}
        while rest:
            found, error = self._once(rest)
            answers |= found
            rest = [each for each in rest if each.key not in found]
            if error is None:
                self._faults = 0
                break
            if isinstance(error, MisalignedError | QueryRefusedError) and len(rest) > 1:
                # Asked one by one, those that are not to blame get their answers.
                self._batch_size = 1
                return answers | self._one_by_one(rest)
            wait_s = self._wait_s(error, tries, rest[0])
            if wait_s is None or not self._room():
                break
            self._clock.sleep(wait_s)
        return answers

    def _one_by_one(self, queries: Sequence[Query]) -> dict[str, Candidates]:
        answers: dict[str, Candidates] = {}
        for each in queries:
            if not self.stopped and self._room():
                answers |= self._sent([each])
        return answers

    def _once(self, batch: Sequence[Query]) -> tuple[dict[str, Candidates], ProviderError | None]:
        """One request: what it brought, and the error of what it did not bring."""
        self._pace.wait(len(batch) if self._service.counts_each else 1)
        keys = [each.key for each in batch]
        sends = dict(zip(keys, self._book.sending(self.name, keys), strict=True))
        self.tally.sends += len(keys)
        try:
            outcomes = self._service.ask(batch)
        except ProviderError as error:
            self._book.failed(list(sends.values()), error.outcome)
            return {}, error
        return self._settled(dict(zip(keys, zip(batch, outcomes, strict=True), strict=True)), sends)

    def _settled(
        self, outcomes: Mapping[str, tuple[Query, Outcome]], sends: Mapping[str, int]
    ) -> tuple[dict[str, Candidates], ProviderError | None]:
        """Keep what a request brought; one entry of a batch may have failed by itself."""
        found: dict[str, Candidates] = {}
        failure: ProviderError | None = None
        for key, (asked, outcome) in outcomes.items():
            if isinstance(outcome, ProviderError):
                self._book.failed([sends[key]], outcome.outcome)
                failure = failure or outcome
            else:
                found[key] = self._candidates(asked, outcome)
        self._book.answered(self.name, sends, found)
        return found, failure

    def _candidates(self, asked: Query, answers: Sequence[Answer]) -> Candidates:
        return tuple(
            candidate(
                answer,
                asked.address,
                provider=self.name,
                label=self.label,
                datum=self.datum,
            )
            for answer in answers
        )

    def _wait_s(
        self, error: ProviderError, tries: dict[type[ProviderError], int], asked: Query
    ) -> float | None:
        """Seconds until the next try; None when there is none, and the reason is kept."""
        if for_good := _for_good(error, asked):
            self.stopped = for_good
            return None
        if isinstance(error, DailyQuotaError):
            return None
        before = tries[type(error)] = tries.get(type(error), -1) + 1
        most = RATE_RETRIES if isinstance(error, RateLimitedError) else FAULT_RETRIES
        wait_s = _asked_for(error) or 2.0**before
        if wait_s > LONGEST_WAIT_S:
            self.stopped = f"要求等 {wait_s:,.0f} 秒再问"
            return None
        if before >= most:
            self._give_up(error)
            return None
        return wait_s

    def _give_up(self, error: ProviderError) -> None:
        self._faults += 1
        if self._faults >= FAULTS_IN_A_ROW:
            self.stopped = f"连着 {self._faults} 次没有答复（{error}）"


def _for_good(error: ProviderError, asked: Query) -> str:
    """Why no further question makes sense; "" where one may."""
    if isinstance(error, KeyRefusedError):
        return f"密钥被拒绝，请检查设置里的密钥和它的权限（{error}）"
    if isinstance(error, QueryRefusedError):
        return f"请求被拒绝，请检查这个地址：“{asked.line}”（{error}）"
    return str(error) if isinstance(error, OutOfReachError) else ""


def _asked_for(error: ProviderError) -> float | None:
    return error.retry_after_s if isinstance(error, RateLimitedError) else None
