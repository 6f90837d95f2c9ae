"""Visitors in processes of their own: they ask, time and compare every answer."""

import http.client
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from bench.traffic import SHARES, said

_HEADERS = {"Accept": "application/geo+json, text/html;q=0.9, */*;q=0.8"}


@dataclass(frozen=True, slots=True)
class Plan:
    """`right` are the answers that may come; at `until` (monotonic) all end."""

    port: int
    asked: Mapping[str, tuple[str, ...]]
    right: Mapping[str, frozenset[str]]
    until: float


@dataclass(slots=True)
class Seen:
    """Milliseconds by kind of request, statuses, and requests whose answer was wrong."""

    took_ms: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Seen") -> None:
        for kind, took in other.took_ms.items():
            self.took_ms.setdefault(kind, []).extend(took)
        self.statuses += other.statuses
        self.wrong += other.wrong

    @property
    def count(self) -> int:
        return sum(map(len, self.took_ms.values()))

    def quantiles(self, kind: str = "") -> list[float]:
        """Half, 95 % and 99 % are no slower, in milliseconds; and the slowest."""
        took = [ms for name, some in self.took_ms.items() if kind in {"", name} for ms in some]
        return [round(float(each), 1) for each in np.percentile(took, [50, 95, 99, 100])]


def visit(plan: Plan, *, processes: int = 2, threads: int = 4) -> Seen:
    """Ask on processes × threads kept connections; a broken one counts as status 0."""
    seen = Seen()
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes) as pool:
        for one in pool.starmap(_visit, [(plan, n, threads) for n in range(processes)]):
            seen.add(one)
    return seen


def _visit(plan: Plan, number: int, threads: int) -> Seen:
    seen = Seen()
    with ThreadPoolExecutor(threads) as pool:
        seeds = [number * 1_000 + n for n in range(threads)]
        for one in pool.map(lambda seed: _one(plan, seed), seeds):
            seen.add(one)
    return seen


def _one(plan: Plan, seed: int) -> Seen:
    chance, seen = random.Random(seed), Seen()
    connection = http.client.HTTPConnection("127.0.0.1", plan.port, timeout=60)
    kinds: Sequence[str] = list(SHARES)
    while time.monotonic() < plan.until:
        kind = chance.choices(kinds, weights=list(SHARES.values()))[0]
        path = chance.choice(plan.asked[kind])
        start = time.perf_counter()
        try:
            connection.request("GET", path, headers=_HEADERS)
            answer = connection.getresponse()
            status, body = answer.status, answer.read()
        except (http.client.HTTPException, OSError):
            connection.close()
            status, body = 0, b""
        seen.took_ms.setdefault(kind, []).append((time.perf_counter() - start) * 1000)
        seen.statuses[status] += 1
        seen.wrong[kind] += status == 200 and said(body) not in plan.right[path]
    connection.close()
    return seen
