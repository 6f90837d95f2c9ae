"""Maximal covering (MCLP) and set covering (LSCP), proved.

The proof of a maximal covering goes from the linear bound inwards: a small programme over the
candidates that matter in it gives a choice close to the best, the price of each other candidate
then shuts most of them out, and the solver proves what is left (Church & ReVelle 1974; Cordeau,
Furini & Ljubic 2019 on why the coverage variables need not be integer).
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import block_array, csr_array, eye_array

from geodata.coverage.siting.greedy import greedy
from geodata.coverage.siting.mip import Programme, Progress, Solved, Status, Watch, relaxed, solved
from geodata.coverage.siting.problem import Bools, Cover, Floats, Ints, Question, Rule
from geodata.deadline import Deadline

# Beside the candidates of the linear answer, so many of the next best ones an allowed choice.
_KERNEL_EXTRA = 3
_KERNEL_SHARE = 0.2
_TINY = 1e-6


@dataclass(frozen=True)
class Answer:
    """A choice, what it is worth, and the bound no choice can beat.

    `first` is the choice that was there at once, before the proof.
    """

    status: Status
    chosen: tuple[int, ...]
    value: float
    bound: float
    first: tuple[int, ...] | None = None

    @property
    def gap(self) -> float:
        """What is unproved, as a share of the bound; 0 for a proved optimum."""
        if self.status is Status.OPTIMAL or not np.isfinite(self.bound) or self.bound == 0:
            return 0.0 if self.status is Status.OPTIMAL else np.inf
        return (self.bound - self.value) / abs(self.bound)


@dataclass
class Run:
    """The clock and the listener of one solution; `stopped` once the listener said no."""

    deadline: Deadline
    watch: Watch | None
    stopped: bool = False

    @classmethod
    def start(cls, time_limit_s: float, watch: Watch | None) -> "Run":
        return cls(Deadline(time_limit_s), watch)

    @property
    def left_s(self) -> float:
        return self.deadline.left_s

    def tell(self, stage: str, incumbent: float, bound: float) -> None:
        self.hear(Progress(stage, self.deadline.spent_s, incumbent, bound))

    def hear(self, seen: Progress) -> bool:
        """Pass a report on; whether to go on."""
        if self.watch is not None and not self.stopped:
            self.stopped = not self.watch(seen)
        return not self.stopped


def maximal_covering(
    question: Question, *, time_limit_s: float = 60.0, watch: Watch | None = None
) -> Answer:
    """The choice that covers most, with its proof or its gap."""
    run = Run.start(time_limit_s, watch)
    first = greedy(question)
    if not question.cover.candidates:
        broken = question.broken(())
        status = Status.INFEASIBLE if broken else Status.OPTIMAL
        return Answer(status, (), -np.inf if broken else 0.0, -np.inf if broken else 0.0, first)
    small = aggregated(question)
    programme = covering_programme(small)
    held = -np.inf if first is None else question.total(first)
    run.tell("greedy", held, np.inf)
    linear = relaxed(programme, time_limit_s=run.left_s)
    if linear.status is Status.INFEASIBLE:
        return Answer(Status.INFEASIBLE, (), -np.inf, -np.inf, first)
    start = None if first is None else _full(small, first)
    if linear.status is not Status.OPTIMAL:
        return _finish(question, solved(programme, time_limit_s=run.left_s, start=start), first)
    bound = _rounded(question, linear.bound)
    run.tell("bound", held, bound)
    if first is not None and held >= bound - _TINY * max(1.0, bound):
        return Answer(Status.OPTIMAL, tuple(sorted(first)), held, held, first)
    best = _within_kernel(small, programme, linear, start, run)
    final = _proof(small, programme, linear, best, run)
    return _finish(question, final, first, bound=bound)


def _within_kernel(
    question: Question, programme: Programme, linear: Solved, start: Floats | None, run: Run
) -> Solved | None:
    """The best choice among the candidates the linear answer uses or nearly uses."""
    count = question.cover.candidates
    used = np.flatnonzero(linear.x[:count] > _TINY)
    known = np.flatnonzero(start[:count]) if start is not None else np.empty(0, np.int64)
    price = -linear.reduced[:count]
    size = len(used) + _KERNEL_EXTRA * max(1, round(float(linear.x[:count].sum())))
    kernel = np.union1d(np.argsort(price, kind="stable")[:size], np.union1d(used, known))
    if len(kernel) > 0.8 * count or run.stopped:
        return None
    upper = programme.upper.copy()
    upper[:count][np.setdiff1d(np.arange(count), kernel)] = 0.0
    upper = np.maximum(upper, programme.lower)
    found = solved(
        replace(programme, upper=upper),
        time_limit_s=run.left_s * _KERNEL_SHARE,
        start=start,
        stage="kernel",
        # The bound of a part is none of the whole.
        watch=lambda seen: run.hear(replace(seen, bound=linear.bound)),
    )
    return found if np.isfinite(found.value) else None


def _proof(
    question: Question, programme: Programme, linear: Solved, best: Solved | None, run: Run
) -> Solved:
    """Solve what the price of each candidate leaves open, from the best choice known."""
    count = question.cover.candidates
    lower, upper = programme.lower.copy(), programme.upper.copy()
    start = None
    if best is not None:
        start = best.x
        room = linear.bound - best.value + _TINY * max(1.0, abs(linear.bound))
        reduced = linear.reduced[:count]
        upper[:count][(linear.x[:count] < _TINY) & (-reduced > room)] = 0.0
        lower[:count][(linear.x[:count] > 1.0 - _TINY) & (reduced > room)] = 1.0
    rest = replace(programme, lower=np.minimum(lower, upper), upper=np.maximum(lower, upper))
    if run.stopped and best is not None:
        return Solved(Status.CANCELLED, best.x, best.value, linear.bound)
    return solved(rest, time_limit_s=run.left_s, start=start, stage="proof", watch=run.hear)


def _finish(
    question: Question, found: Solved, first: tuple[int, ...] | None, *, bound: float = np.inf
) -> Answer:
    if found.status is Status.INFEASIBLE or not np.isfinite(found.value):
        if first is None or found.status is Status.INFEASIBLE:
            return Answer(found.status, (), -np.inf, min(found.bound, bound), first)
        status = Status.CANCELLED if found.status is Status.CANCELLED else Status.GAP
        return Answer(status, tuple(sorted(first)), question.total(first), bound, first)
    chosen = tuple(np.flatnonzero(found.x[: question.cover.candidates] > 0.5).tolist())
    value = question.total(chosen)
    if found.status is Status.OPTIMAL:
        return Answer(Status.OPTIMAL, chosen, value, value, first)
    best = min(bound, _rounded(question, found.bound))
    return Answer(found.status, chosen, value, max(best, value), first)


def aggregated(question: Question) -> Question:
    """The same question with demands that are covered from the same candidates taken together.

    Demands that nothing covers, or that nobody works at, are left out; shares keep theirs apart.
    """
    lists = question.cover.by_demand
    held = [share.demands for share in question.shares]
    kept = np.diff(lists.indptr) > 0
    if not held:
        kept &= question.workers > 0
    same, rows = _alike(lists, held, kept)
    workers: Floats = np.bincount(same, question.workers[kept], minlength=len(rows)).astype(
        np.float64
    )
    narrow = csr_array(lists[rows])
    place = np.full(question.cover.demands, -1, dtype=np.int64)
    place[kept] = same
    shares = tuple(
        replace(share, demands=np.unique(at[at >= 0]))
        for share in question.shares
        for at in [place[share.demands]]
    )
    return replace(
        question, workers=workers, cover=Cover(narrow, csr_array(narrow.T)), shares=shares
    )


def _alike(lists: csr_array, held: list[Ints], kept: Bools) -> tuple[Ints, Ints]:
    """For each kept demand the number of its class, and one demand of each class."""
    count, candidates = lists.shape
    drawn = np.random.default_rng(0).integers(1, 2**62, candidates + len(held), dtype=np.uint64)
    mark = np.zeros(count, dtype=np.uint64)
    np.add.at(mark, np.repeat(np.arange(count), np.diff(lists.indptr)), drawn[lists.indices])
    for number, demands in enumerate(held):
        mark[demands] += drawn[candidates + number]
    _, first, same = np.unique(mark[kept], return_index=True, return_inverse=True)
    return same.astype(np.int64), np.flatnonzero(kept)[first]


def covering_programme(question: Question) -> Programme:
    """Maximise covered workers: y_i <= the chosen that cover i, rules on x, shares on y."""
    cover = question.cover
    demands, candidates = cover.demands, cover.candidates
    link = csr_array(block_array([[-cover.by_demand, eye_array(demands)]]))
    parts = [link, rule_rows(question.rules, candidates, demands), _share_rows(question)]
    matrix = csr_array(block_array([[part] for part in parts if part.shape[0]]))
    low = np.concatenate(
        [
            np.full(demands, -np.inf),
            [rule.low for rule in question.rules],
            [share.least for share in question.shares],
        ]
    )
    high = np.concatenate(
        [
            np.zeros(demands),
            [rule.high for rule in question.rules],
            np.full(len(question.shares), np.inf),
        ]
    )
    lower, upper = np.zeros(candidates + demands), np.ones(candidates + demands)
    lower[list(question.required)] = 1.0
    upper[list(question.forbidden)] = 0.0
    integer = np.arange(candidates + demands) < candidates
    cost = np.concatenate([question.worth, question.workers])
    return Programme(cost, matrix, low, high, lower, upper, integer)


def rule_rows(rules: tuple[Rule, ...], candidates: int, others: int) -> csr_array:
    """One row a rule over the candidates, followed by `others` variables no rule touches."""
    sizes = [len(rule.candidates) for rule in rules]
    rows = np.repeat(np.arange(len(rules)), sizes)
    columns = np.concatenate([rule.candidates for rule in rules] or [np.empty(0, np.int64)])
    weights = np.concatenate([rule.weights for rule in rules] or [np.empty(0)])
    return csr_array((weights, (rows, columns)), shape=(len(rules), candidates + others))


def _share_rows(question: Question) -> csr_array:
    shares = question.shares
    rows = np.repeat(np.arange(len(shares)), [len(share.demands) for share in shares])
    at = np.concatenate([share.demands for share in shares] or [np.empty(0, np.int64)])
    shape = (len(shares), question.cover.candidates + question.cover.demands)
    return csr_array((question.workers[at], (rows, question.cover.candidates + at)), shape=shape)


def _full(question: Question, chosen: tuple[int, ...]) -> Floats:
    """A choice as a starting point: the candidates, then the demands they cover."""
    x = np.zeros(question.cover.candidates)
    x[list(chosen)] = 1.0
    return np.concatenate([x, (question.cover.times_covered(chosen) > 0).astype(np.float64)])


def _rounded(question: Question, bound: float) -> float:
    """Whole workers cannot make a fraction: the bound falls to the next whole number."""
    whole = (question.workers % 1 == 0).all() and (question.worth % 1 == 0).all()
    return float(np.floor(bound + _TINY * max(1.0, abs(bound)))) if whole else bound


def set_covering(
    cover: Cover,
    *,
    costs: Floats | None = None,
    rules: tuple[Rule, ...] = (),
    time_limit_s: float = 60.0,
    watch: Watch | None = None,
) -> Answer:
    """The fewest (or cheapest) candidates that cover every demand any candidate covers.

    `value` is minus the count or cost, so that more is better as everywhere.
    """
    price = np.ones(cover.candidates) if costs is None else costs
    within = cover.by_demand[np.flatnonzero(np.diff(cover.by_demand.indptr))]
    matrix = csr_array(block_array([[within], [rule_rows(rules, cover.candidates, 0)]]))
    ones = np.ones(within.shape[0])
    programme = Programme(
        -price,
        matrix,
        np.concatenate([ones, [rule.low for rule in rules]]),
        np.concatenate([ones * np.inf, [rule.high for rule in rules]]),
        np.zeros(cover.candidates),
        np.ones(cover.candidates),
        np.ones(cover.candidates, dtype=np.bool_),
    )
    found = solved(programme, time_limit_s=time_limit_s, stage="proof", watch=watch)
    if not np.isfinite(found.value):
        return Answer(found.status, (), found.value, found.bound)
    chosen = np.flatnonzero(found.x > 0.5)
    value = -float(price[chosen].sum())
    proved = found.status is Status.OPTIMAL
    return Answer(found.status, tuple(chosen.tolist()), value, value if proved else found.bound)
