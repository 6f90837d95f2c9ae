"""Build a gazetteer from inputs: filed, merged, its errors learned, written as one file."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from geodata.place.error_model import ErrorModel
from geodata.place.gazetteer.entry import Entry, Kind
from geodata.place.gazetteer.filing import drawn, filed, with_districts, with_reach
from geodata.place.gazetteer.find import Gazetteer
from geodata.place.gazetteer.inputs import Input
from geodata.place.gazetteer.leave_out import learned
from geodata.place.gazetteer.lines import RoadLines, Stretch
from geodata.place.gazetteer.merge import merge
from geodata.place.gazetteer.store import Origin, Stored, write


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What went in by input, what the file holds, and what was merged, dropped and learned."""

    origins: tuple[Origin, ...]
    counts: tuple[tuple[Kind, int], ...]
    lines: int
    folded: int
    dropped: int
    model: ErrorModel


def build(inputs: Iterable[Input], out: Path) -> BuildReport:
    """Write the gazetteer file of some inputs; the same inputs make the same file."""
    stored, report = assemble(inputs)
    write(stored, out)
    return report


def assemble(inputs: Iterable[Input]) -> tuple[Stored, BuildReport]:
    """The gazetteer of some inputs in memory, and what became of them."""
    origins: list[Origin] = []
    every: list[Entry] = []
    lines: list[tuple[str, Stretch]] = []
    for number, one in enumerate(inputs, start=1):
        of_items = list(filed(one, number))
        used = sum(map(bool, of_items)) + len(one.items) - len(of_items)
        origins.append(Origin(one.name, one.license, one.source, one.datum, len(one.items), used))
        every += [entry for found in of_items for entry in found]
        lines += drawn(one)
    kept = merge(with_districts(with_reach(every)))
    courses = RoadLines(lines)
    model = learned(Gazetteer(kept.entries, lines=courses).roads, courses)
    report = BuildReport(
        origins=tuple(origins),
        counts=tuple((kind, sum(one.kind is kind for one in kept.entries)) for kind in Kind),
        lines=len(lines),
        folded=kept.folded,
        dropped=kept.dropped,
        model=model,
    )
    return Stored(kept.entries, tuple(lines), model, tuple(origins)), report
