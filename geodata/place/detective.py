"""Whether a whole batch of coordinates is in another datum than it says.

One pair can lie off by chance; of a batch the median difference from where the gazetteer has the
same addresses tells. What is found is offered as one repair.
"""

from array import array
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from geodata.declared import Placed
from geodata.model import Datum
from geodata.place.candidate import FORM, GAZETTEER
from geodata.place.shift import MISTAKES, NEAR_SHIFT_M, Mistake, metres_between, mistaken

AT_LEAST = 8
# Of the pairs, this share must lie nearer to the mistake than to the truth as it stands.
MOST = 0.75

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DatumFinding:
    """A batch said to be in `said` that fits `true`: its median difference in metres as it stands.

    `fitting` of `pairs` addresses that could be compared lie nearer to where they are when the
    batch is read in `true`.
    """

    said: Datum
    true: Datum
    pairs: int
    fitting: int
    east_m: float
    north_m: float

    @property
    def sentence(self) -> str:
        """What is offered to the person who sends the batch in."""
        off_m = np.hypot(self.east_m, self.north_m)
        return (
            f"整批坐标像是 {self.true}，不是 {self.said}："
            f"能核对的 {self.pairs} 处里 {self.fitting} 处相符，"
            f"按 {self.said} 整体偏了 {off_m:,.0f} 米。"
        )


def detect_datum(
    given: Floats, reference: Floats, *, said: Datum = Datum.WGS84, at_least: int = AT_LEAST
) -> DatumFinding | None:
    """Hold a batch against where its addresses are; None when no mistake explains the difference.

    Args:
        given: (n, 2) longitudes and latitudes as converted to WGS-84 from the datum they say.
        reference: (n, 2) where the same addresses lie, WGS-84; errors of some 100 m are usual.
        said: the datum the batch was converted from.
        at_least: fewer pairs prove nothing.
    """
    if len(given) < at_least:
        return None
    as_said = _away(given, reference)
    found = []
    for mistake in (one for one in MISTAKES if one.said is _plain(said)):
        there = np.column_stack(mistaken(mistake, reference[:, 0], reference[:, 1]))
        away = _away(given, there)
        off_m = float(np.hypot(*np.median(away, axis=0)))
        fitting = int((np.hypot(*away.T) < np.hypot(*as_said.T)).sum())
        if off_m <= NEAR_SHIFT_M and fitting >= MOST * len(given):
            found.append((off_m, fitting, mistake))
    if not found:
        return None
    _, fitting, mistake = min(found, key=lambda one: one[0])
    return _finding(said, mistake, len(given), fitting, as_said)


@dataclass(slots=True)
class DatumWatch:
    """Gathers the pairs of a file being read, 32 bytes each; ask `findings` once it is read."""

    _pairs: dict[Datum, "array[float]"] = field(default_factory=dict)

    def see(self, placed: Placed) -> None:
        """Take note of a record whose coordinates can be held against its address."""
        form = next((one for one in placed.candidates if one.provider == FORM), None)
        door = next((one for one in placed.candidates if one.provider == GAZETTEER), None)
        if form is None or door is None:
            return
        here, there = form.position, door.position
        pairs = self._pairs.setdefault(here.datum, array("d"))
        pairs.extend((here.lon, here.lat, there.lon, there.lat))

    def findings(self) -> tuple[DatumFinding, ...]:
        """What is wrong with the coordinates of each datum named; () when nothing is."""
        found = []
        for said, pairs in self._pairs.items():
            four = np.array(pairs).reshape(-1, 4)
            found.append(detect_datum(four[:, :2], four[:, 2:], said=said))
        return tuple(one for one in found if one is not None)


def _finding(
    said: Datum, mistake: Mistake, pairs: int, fitting: int, as_said: Floats
) -> DatumFinding:
    east_m, north_m = (float(value) for value in np.median(as_said, axis=0))
    return DatumFinding(said, mistake.true, pairs, fitting, round(east_m, 1), round(north_m, 1))


def _away(here: Floats, there: Floats) -> Floats:
    """(n, 2) metres east and north."""
    return np.column_stack(metres_between(here[:, 0], here[:, 1], there[:, 0], there[:, 1]))


def _plain(datum: Datum) -> Datum:
    return Datum.WGS84 if datum is Datum.CGCS2000 else datum
