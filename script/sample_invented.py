"""What every invented sample shares: its prefix, its first row, where it lies, whom it names."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from script.sample_anchors import Anchor

PREFIX = "示例"
BANNER = "示例数据，非真实点位"
WGS84 = "WGS-84"

_METRES_PER_DEGREE = 111_200.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Canary:
    """A plainly invented contact; one that shows up on a public page proves a leak."""

    name: str
    mobile: str
    email: str


CANARIES = tuple(
    Canary(f"金丝雀{stem}", f"199000000{number:02d}", f"canary-{letter}@example.invalid")
    for number, (stem, letter) in enumerate(
        zip("甲乙丙丁戊己庚辛壬癸", "abcdefghij", strict=True), start=1
    )
)


class Draw:
    """Seeded draws from one stream, using only what random promises to keep stable."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[int(self._random.random() * len(choices))]

    def between(self, low: float, high: float) -> float:
        """A number in [low, high)."""
        return low + self._random.random() * (high - low)

    def whole(self, low: int, high: int, *, step: int = 1) -> int:
        """A multiple of `step` from `low`, below `high`."""
        return low + step * int(self._random.random() * ((high - low) / step))

    def near(self, anchor: Anchor, *, low_m: float, high_m: float) -> tuple[float, float]:
        """A longitude and latitude at a distance from an anchor, any direction, 6 decimals."""
        distance = self.between(low_m, high_m) / _METRES_PER_DEGREE
        bearing = self.between(0, 2 * math.pi)
        lon = anchor.lon + distance * math.sin(bearing) / math.cos(math.radians(anchor.lat))
        return round(lon, 6), round(anchor.lat + distance * math.cos(bearing), 6)
