"""An answer at once: take the candidate that adds most, then exchange pairs while that helps."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from geodata.coverage.siting.problem import Bools, Floats, Ints, Question

_NOTHING = 1e-9


@dataclass(frozen=True)
class Plain:
    """Every rule as one row of a sparse table over the candidates."""

    rows: csr_array
    columns: csr_array
    low: Floats
    high: Floats

    @classmethod
    def of(cls, question: Question) -> "Plain":
        """The rules of a question side by side; required and forbidden ones are not among them."""
        rules = question.rules
        sizes = [len(rule.candidates) for rule in rules]
        at = (
            np.repeat(np.arange(len(rules)), sizes),
            np.concatenate([rule.candidates for rule in rules] or [np.empty(0, np.int64)]),
        )
        weights = np.concatenate([rule.weights for rule in rules] or [np.empty(0)])
        rows = csr_array((weights, at), shape=(len(rules), question.cover.candidates))
        return cls(
            rows,
            csr_array(rows.T),
            np.array([rule.low for rule in rules]),
            np.array([rule.high for rule in rules]),
        )


class Choice:
    """A set of chosen candidates, kept with what each further one would add."""

    def __init__(self, question: Question, plain: Plain) -> None:
        self.question = question
        self.plain = plain
        self.chosen: list[int] = []
        self.times = np.zeros(question.cover.demands, dtype=np.int64)
        self.gain: Floats = question.cover.by_candidate @ question.workers + question.worth
        self.used = np.zeros(len(plain.low))
        self.open = np.ones(question.cover.candidates, dtype=np.bool_)
        self.open[list(question.forbidden)] = False
        for one in question.required:
            self.add(one)

    def add(self, candidate: int) -> None:
        served = self.question.cover.served_by(candidate)
        self.gain -= self._weight_of(served[self.times[served] == 0])
        self.times[served] += 1
        self._use(self.used, candidate, 1.0)
        self.chosen.append(candidate)
        self.open[candidate] = False

    def drop(self, candidate: int) -> None:
        served = self.question.cover.served_by(candidate)
        self.times[served] -= 1
        self.gain += self._weight_of(served[self.times[served] == 0])
        self._use(self.used, candidate, -1.0)
        self.chosen.remove(candidate)
        self.open[candidate] = True

    def fits(self) -> Bools:
        """The open candidates no rule's maximum shuts out."""
        return self.open & ~self._too_much(self.used)

    def lacking(self) -> Bools:
        """The rules whose minimum is not reached yet."""
        return np.asarray(self.used < self.plain.low - 1e-6, dtype=np.bool_)

    def exchange(self) -> bool:
        """Make the best exchange of one chosen for one open candidate; False when none helps."""
        best, pair = _NOTHING, None
        for out in [one for one in self.chosen if one not in self.question.required]:
            gain = self._gain_without(out)
            candidate = int(np.argmax(gain))
            if gain[candidate] > best:
                best, pair = float(gain[candidate]), (out, candidate)
        if pair is None:
            return False
        self.drop(pair[0])
        self.add(pair[1])
        return True

    def _gain_without(self, out: int) -> Floats:
        """What each candidate adds in the place of `out`; minus infinity where a rule forbids."""
        served = self.question.cover.served_by(out)
        only = served[self.times[served] == 1]
        lost = float(self.question.workers[only].sum() + self.question.worth[out])
        gain: Floats = self.gain + self._weight_of(only) - lost
        left = self.used.copy()
        self._use(left, out, -1.0)
        gain[~self.open | self._too_much(left) | self._too_little(left)] = -np.inf
        return gain

    def _weight_of(self, demands: Ints) -> Floats:
        """For each candidate the workers it serves among some demands."""
        lists = self.question.cover.by_demand[demands]
        weights = np.repeat(self.question.workers[demands], np.diff(lists.indptr))
        size = self.question.cover.candidates
        return np.bincount(lists.indices, weights, minlength=size).astype(np.float64)

    def _use(self, used: Floats, candidate: int, times: float) -> None:
        """Count a candidate in what the rules have used, or out of it."""
        table = self.plain.columns
        at = slice(*table.indptr[candidate : candidate + 2])
        used[table.indices[at]] += times * table.data[at]

    def _too_much(self, used: Floats) -> Bools:
        table = self.plain.rows
        excess = table.data > np.repeat(self.plain.high - used, np.diff(table.indptr)) + 1e-6
        hit = np.zeros(len(self.open), dtype=np.bool_)
        hit[table.indices[excess]] = True
        return hit

    def _too_little(self, used: Floats) -> Bools:
        short = np.flatnonzero(used < self.plain.low - 1e-6)
        if not len(short):
            return np.zeros(len(self.open), dtype=np.bool_)
        given = self.plain.rows[short].toarray()
        return np.asarray((given < (self.plain.low - used)[short, None] - 1e-6).any(axis=0))


def greedy(question: Question, *, exchange: bool = True) -> tuple[int, ...] | None:
    """A choice that keeps the rules, best first; None where this way finds none.

    Minima come first: among the candidates that help a rule still short, the one that adds most.
    Shares (floors on coverage) are left to the proof.
    """
    choice = Choice(question, Plain.of(question))
    while True:
        fits = choice.fits()
        lacking = choice.lacking()
        if lacking.any():
            helps = choice.plain.rows[np.flatnonzero(lacking)].sum(axis=0) > 0
            fits &= helps
        gain = np.where(fits, choice.gain, -np.inf)
        best = int(np.argmax(gain)) if len(gain) else -1
        if best < 0 or gain[best] == -np.inf or (gain[best] <= _NOTHING and not lacking.any()):
            break
        choice.add(best)
    while exchange and choice.exchange():
        pass
    chosen = tuple(choice.chosen)
    return None if question.broken(chosen) else chosen
