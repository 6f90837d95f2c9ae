"""An answer as the changes of a scenario."""

from collections.abc import Iterator

import numpy as np

from geodata.answers.city import City
from geodata.coverage.gaps import UNKNOWN_HALF_DAYS
from geodata.errors import ConflictError, ParameterError
from geodata.scenarios.model import Change, NewPoint, Upgrade
from geodata.siting.answer import SitingAnswer
from geodata.siting.scene import NEW, UPGRADE

# An upgraded point opens half a day a week more; the notice asks for better rooms and hours.
MORE_HALF_DAYS = 1.0


def as_changes(answer: SitingAnswer, city: City) -> tuple[Change, ...]:
    """New points open, upgraded ones hold more half-days.

    Raises:
        ParameterError: the answer holds nothing that a scenario can hold.
        ConflictError: a point to be upgraded is there no more.
    """
    changes = tuple(_changes(answer, city))
    if not changes:
        raise ParameterError("这个答案里没有新建或升级的点，存不成方案；可以导出 xlsx。")
    return changes


def _changes(answer: SitingAnswer, city: City) -> Iterator[Change]:
    ids, half_days = city.points.id.tolist(), city.points.half_days
    for pick in answer.picks:
        if pick.works == NEW:
            yield NewPoint(pick.name, pick.lon, pick.lat, half_days=1.0)
        elif pick.works == UPGRADE:
            point = int(pick.key.partition(":")[2])
            if point not in ids:
                raise ConflictError(f"“{pick.name}”已经不在数据里了：请再算一次。")
            now = float(half_days[ids.index(point)])
            held = UNKNOWN_HALF_DAYS if np.isnan(now) else now
            yield Upgrade(point, held + MORE_HALF_DAYS)
