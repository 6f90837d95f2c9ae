"""午餐难 as a year's programme: declared against computed, and what a plan would solve."""

from dataclasses import dataclass

import numpy as np

from geodata.answers.answer import Answer
from geodata.coverage.lunch import LISTED_SHARE, Goal, LunchBox, box, goal


@dataclass(frozen=True, slots=True)
class Box:
    """Sites in one of the four boxes, or without data, and their known workers."""

    box: LunchBox
    sites: int
    workers: int


@dataclass(frozen=True, slots=True)
class LunchProgramme:
    """The list by boxes; `solved` is what a scenario takes off it, None without one."""

    boxes: tuple[Box, ...]
    listed: int
    listed_workers: int
    solved: Goal | None


def lunch_programme(now: Answer, planned: Answer | None = None) -> LunchProgramme:
    """The list as it stands, and what is solved once a plan is carried out.

    A site is solved when at least 30 % of its meals are missing now and fewer are then: what a
    district declared stays declared, whatever is built.
    """
    meals, workers = now.meals, now.city.sites.workers
    boxes = [
        box(declared=bool(declared), computed=bool(computed) if known else None)
        for declared, computed, known in zip(
            meals.declared, meals.computed, meals.known, strict=True
        )
    ]
    names = np.array(boxes, dtype=np.str_)
    return LunchProgramme(
        boxes=tuple(
            Box(one, int((names == one).sum()), int(np.nansum(workers[names == one])))
            for one in LunchBox
        ),
        listed=int(meals.listed.sum()),
        listed_workers=int(np.nansum(workers[meals.listed])),
        solved=_solved(now, planned) if planned is not None else None,
    )


def _solved(now: Answer, planned: Answer) -> Goal:
    before = now.meals
    hard = before.known & (before.found.share >= LISTED_SHARE)
    after = planned.meals
    eased = after.known & (after.found.share < LISTED_SHARE)
    relieved = np.isin(now.city.sites.id, planned.city.sites.id[eased])
    return goal(before.listed, hard & relieved, now.city.sites.workers)
