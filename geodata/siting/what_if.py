"""A pick put somewhere else by hand: what it costs, and which rules it breaks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geodata.answers.words import Said
from geodata.errors import NotFoundError, ParameterError
from geodata.place.district import load_districts
from geodata.siting.answer import SitingAnswer
from geodata.siting.pose import Posed, posed
from geodata.siting.report import report
from geodata.siting.scene import NEW, Candidate
from geodata.siting.solve import Choice

BY_HAND = "hand"
# Whoever drags a pick on a map means the spot to within this.
_HAND_M = 50.0


@dataclass(frozen=True)
class WhatIf:
    """The answer with one pick moved; `change_workers` is below 0 for fewer."""

    answer: SitingAnswer
    moved: str
    to: str
    change_workers: int
    broken: tuple[Said, ...]


def swapped(question: Posed, answer: SitingAnswer, pick: str, to: str) -> WhatIf:
    """Another candidate in the place of a pick, both by key.

    Raises:
        NotFoundError: no pick or no candidate has this key.
        ParameterError: the candidate is chosen already or is another type of works.
    """
    at = {one.key: number for number, one in enumerate(question.scene.candidates)}
    if to not in at:
        raise NotFoundError(f"没有编号为 {to[:40]} 的候选点。")
    leaving = _picked(question, answer, pick)
    entering = at[to]
    if to in {one.key for one in answer.picks} and to != pick:
        raise ParameterError("这一处已经选上了，请换一个候选点。")
    candidates = question.scene.candidates
    if candidates[leaving].works != candidates[entering].works:
        raise ParameterError("新建的只能换新建的，升级的只能换升级的。")
    return _changed(question, answer, leaving, entering)


def moved(question: Posed, answer: SitingAnswer, pick: str, *, lon: float, lat: float) -> WhatIf:
    """A new point dragged to another spot, WGS-84.

    Raises:
        NotFoundError: no pick has this key.
        ParameterError: the pick is an upgrade, or the spot is outside the city.
    """
    leaving = _picked(question, answer, pick)
    old = question.scene.candidates[leaving]
    district = load_districts().at(lon, lat)
    if old.works != NEW:
        raise ParameterError("升级的是已有的点，不能挪动；可以换成别的点。")
    if district is None:
        raise ParameterError("这里在本市范围以外。")
    spot = replace(
        old,
        key=f"{BY_HAND}:{lon:.6f},{lat:.6f}",
        name=f"{old.name}（挪动）",
        lon=lon,
        lat=lat,
        error_m=_HAND_M,
        district=district,
        town="",
    )
    wider = posed(replace(question.scene, candidates=(*question.scene.candidates, spot)))
    return _changed(wider, answer, leaving, len(question.scene.candidates))


def _picked(question: Posed, answer: SitingAnswer, key: str) -> int:
    keys = [one.key for one in question.scene.candidates]
    if key not in {pick.key for pick in answer.picks}:
        raise NotFoundError(f"选中的点里没有 {key[:40]}。")
    return keys.index(key)


def _changed(question: Posed, answer: SitingAnswer, leaving: int, entering: int) -> WhatIf:
    candidates = question.scene.candidates
    kept = _chosen(candidates, answer)
    chosen = tuple(sorted({entering if one == leaving else one for one in kept}))
    value = question.question.total(chosen)
    choice = Choice("by_hand", chosen, value, float("inf"), None)
    after = report(question, choice, seconds=0.0)
    texts = question.texts
    broken = question.question.broken(chosen)
    return WhatIf(
        answer=after,
        moved=candidates[leaving].name,
        to=candidates[entering].name,
        change_workers=_served(after) - _served(answer),
        broken=tuple(texts.get(name, Said(name, name)) for name in broken),
    )


def _chosen(candidates: Sequence[Candidate], answer: SitingAnswer) -> tuple[int, ...]:
    keys = {pick.key for pick in answer.picks}
    return tuple(number for number, one in enumerate(candidates) if one.key in keys)


def _served(answer: SitingAnswer) -> int:
    return answer.gained_workers + answer.upgraded_workers
