"""A row's way put together: store, gazetteer and importers, for the command line and the web."""

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from geodata.coverage.walking import ESTIMATE, Walking
from geodata.network.graph import Network
from geodata.network.walking import OnNetwork
from geodata.place.district import load_districts
from geodata.place.gazetteer import Gazetteer, starter_file
from geodata.place.locate import Locator
from geodata.review.suspect import answer_for, keep_answer
from geodata.store import Store
from importers.ingest import discard, ingest, preview, sha256_of, stage
from importers.reporting.report import ImportReport, Preview

Progress = Callable[[int, int], None]


def locator(store: Store, gazetteers: tuple[Path, ...] = ()) -> Locator:
    """Finds positions: decisions persons made, the user's gazetteers, the one that ships."""
    return Locator(Gazetteer.load(gazetteer_files(gazetteers)), load_districts(), store.decisions())


def gazetteer_files(own: tuple[Path, ...]) -> tuple[Path, ...]:
    """The user's gazetteers, then the one that ships; where they contradict the first one holds."""
    return (*own, starter_file())


def walking(network: Path | None) -> Walking:
    """How walks are measured: on the user's network, or estimated without one."""
    return OnNetwork(Network.load(network)) if network else ESTIMATE


def import_file(
    path: Path, store: Store, where: Locator, progress: Progress | None = None
) -> ImportReport:
    """Take in one file, whole or not at all; a datum a person names for it is remembered."""
    locate = for_file(path, store, where).locate
    report = ingest(path, area=store.staging, locate=locate, progress=progress)
    if where.datum is not None:
        with store.writing() as session:
            keep_answer(session, sha256_of(path), where.datum)
    return report


def for_file(path: Path, store: Store, where: Locator) -> Locator:
    """The locator for one file: with the datum a person names for it, now or before."""
    if where.datum is not None:
        return where
    with store.reading() as session:
        return replace(where, datum=answer_for(session, sha256_of(path)))


def preview_file(
    path: Path, store: Store, where: Locator, progress: Progress | None = None
) -> Preview:
    """What importing a file would do; leaves nothing behind."""
    staged = stage(path, area=store.staging, locate=where.locate, progress=progress)
    try:
        return preview(staged, area=store.staging)
    finally:
        discard(staged, area=store.staging)


def sample_files() -> list[Path]:
    """The files the demo takes in: what the notices print, and invented ones named 示例.

    The training points ship twice, as a workbook and as pasted text; the workbook is taken.
    """
    found = sorted(Path(str(files("importers") / "samples")).iterdir())
    return [path for path in found if path.suffix in {".xlsx", ".csv"}]
