"""Build a gazetteer file from inputs."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from geodata.place.gazetteer.inputs import Input


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What went in, by input, and what became of it."""

    inputs: tuple[tuple[str, int], ...]


def build(inputs: Iterable[Input], out: Path) -> BuildReport:
    """Write the gazetteer file."""
    raise NotImplementedError(out, inputs)
