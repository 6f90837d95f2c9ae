"""Every command there is, and the files it writes: no byte of a person."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from service.cli import main
from service.commands import COMMANDS

Told = Callable[[bytes | str], bool]
# {out} is a folder to write to, {list} a list of addresses with persons in it.
RUN = (
    *("gaps", "gaps --by town", "why 1", "why 1 --json", "access", "lunch", "fitness", "tiers"),
    *("training", "imports", "refused", "relocate --dry-run", "scenario list", "duty list"),
    *("duplicates list", "review list", "form list", "check", "check --json", "account list"),
    *("form template all --out {out}/forms", "map --out {out}/map.html"),
    *("export points --out {out}/points.csv", "export points --out {out}/points.xlsx"),
    *("export points --out {out}/points.geojson", "export points --out {out}/points.kml"),
    *("export points --out {out}/points.gpkg", "duty ics --out {out}/duty.ics"),
    *("report district 黄浦区 --out {out}/district.pdf", "report year --out {out}/year.html"),
    *("boundaries list", "network points", "erase --list", "undo 999999", "gazetteer list"),
)
# Why a command is not run here.
BUT = {
    "address": "writes the list of its user back, with what stood in it",
    "geocode": "writes the list of its user back, with what stood in it",
    "backup": "below",
    "demo": "imports the samples that ship, and serves",
    "import": "ran to make the database; below",
    "move": "writes another database",
    "national": "reads two files of numbers",
    "rest": "reads a list of crews",
    "restore": "writes another database",
    "serve": "is walked by its routes",
    "site": "reads a question",
    "work": "has no output",
}


def run(database: str, *arguments: str) -> str:
    """What a command says, its own faults with it."""
    done = CliRunner().invoke(main, ["--database", database, *arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_every_command_is_run_or_has_a_reason() -> None:
    assert set(COMMANDS) - {line.split()[0] for line in RUN} - set(BUT) == set()


@pytest.mark.parametrize("line", RUN)
def test_no_command_says_or_writes_a_person(
    poisoned_url: str, told: Told, tmp_path: Path, line: str
) -> None:
    said = run(poisoned_url, *(part.format(out=tmp_path) for part in line.split()))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not told(said)
    assert [path.name for path in files if told(path.read_bytes())] == []


def test_what_a_backup_says_of_itself_names_nobody(
    poisoned_url: str, told: Told, tmp_path: Path
) -> None:
    out = tmp_path / "backup.zip"
    assert not told(run(poisoned_url, "backup", "--out", str(out)))
    with ZipFile(out) as archive:
        assert not told(archive.read("manifest.json"))


def test_an_import_reports_no_person(poisoned_url: str, told: Told) -> None:
    folder = Path(poisoned_url.removeprefix("sqlite:///")).parent
    files = sorted(
        path for path in folder.iterdir() if path.suffix in {".csv", ".docx", ".xlsx", ".txt"}
    )
    assert len(files) == 31
    assert [
        path.name[:12] for path in files[::3] if told(run(poisoned_url, "import", str(path)))
    ] == []
