"""The sums of a run as a document, with the parameters they depend on."""

import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from geodata.coverage.catchment import BANDS
from geodata.coverage.gaps import Tally
from geodata.national.stations import Stations
from geodata.national.tasks import Served, together


@dataclass(frozen=True, eq=False)
class Totals:
    """By district and together. `idle` counted points have no worker in reach."""

    radius_m: float
    detour: float
    points: Stations
    idle: int
    served: Served

    @property
    def all(self) -> Tally:
        """The tally of the whole country."""
        return together(list(self.served.tally.values()))

    @property
    def half_days(self) -> float:
        """Half-days a week that workers get: all that points not idle give."""
        return sum(self.served.half_days.values())

    def document(self) -> dict[str, Any]:
        """As JSON; shares are shares of workers with a count and a position, null without any."""
        served = self.served
        return {
            "parameters": {
                "radius_m": self.radius_m,
                "walk": f"geodesic x {self.detour}",
                "bands": [list(band) for band in BANDS],
                "software_version": version("zhitu"),
            },
            "stations": {
                "in_file": self.points.total,
                "counted": len(self.points.half_days),
                "idle": self.idle,
                "half_days": float(self.points.half_days.sum()),
            },
            "total": _entry(self.all, self.half_days),
            "districts": {
                name: _entry(tally, served.half_days[name]) for name, tally in served.tally.items()
            },
        }

    def write(self, file: Path) -> None:
        """Write the document."""
        text = json.dumps(self.document(), ensure_ascii=False, indent=1)
        file.write_text(text + "\n", encoding="utf-8")


def _entry(tally: Tally, half_days: float) -> dict[str, Any]:
    return {
        "sites": tally.sites,
        "uncounted": tally.uncounted,
        "not_placed": tally.not_placed,
        "workers": tally.counted_workers,
        "covered_workers": tally.covered_workers,
        "share": tally.share,
        "gaps": tally.gaps,
        "priority": tally.priority,
        "unknown_clinic": tally.unknown,
        "half_days": half_days,
    }
