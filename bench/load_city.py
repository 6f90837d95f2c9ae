"""A city, a workbook on its way into it, and what is right before and after."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.api_city import store_city
from bench.invented import write_gazetteer
from bench.traffic import answers
from bench.whole_import import write_workbook
from geodata.store import Store
from service.app import create_app
from service.settings import Settings

PLACES, ROWS = 10_000, 20_000
ZHITU = (sys.executable, "-c", "from service.cli import main; main()")
_ACCEPT = {"Accept": "application/geo+json, text/html;q=0.9, */*;q=0.8"}


@dataclass(frozen=True)
class City:
    """A folder with `before.sqlite`, `after.sqlite`, the workbook and the gazetteer."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> "City":
        """Invent it where it is not there yet."""
        city = cls(folder)
        if not city.database("after").exists():
            folder.mkdir(parents=True, exist_ok=True)
            write_workbook(folder / "示例.xlsx", ROWS)
            write_gazetteer(folder / "gazetteer.csv")
            store_city(city.database("before"), PLACES)
            if city.importing(city.copy("coming")).wait():
                raise SystemExit("the import failed")
            city.database("coming").rename(city.database("after"))
        return city

    def database(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite"

    def copy(self, name: str) -> Path:
        """A copy of the city before the import."""
        for old in self.folder.glob(f"{name}.sqlite*"):
            old.unlink()
        with sqlite3.connect(self.database("before")) as source:
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        source.close()
        return Path(shutil.copy(self.database("before"), self.database(name)))

    def importing(self, database: Path) -> subprocess.Popen[bytes]:
        """`zhitu import` of the workbook, begun."""
        environ = {
            "ZHITU_DATABASE": f"sqlite:///{database}",
            "ZHITU_GAZETTEERS": str(self.folder / "gazetteer.csv"),
        }
        command = [*ZHITU, "import", str(self.folder / "示例.xlsx")]
        return subprocess.Popen(command, env=os.environ | environ, stdout=subprocess.DEVNULL)

    def right(self, name: str, asked: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        """What a service that nobody else asks says over one of the databases."""
        settings = Settings(database=f"sqlite:///{self.database(name)}")
        store = Store.open(settings.database)
        client = create_app(settings, store).test_client()

        def ask(path: str) -> tuple[int, bytes]:
            answer = client.get(path, headers=_ACCEPT)
            return answer.status_code, answer.data

        found = answers(asked, ask)
        store.close()
        return found


def either(*rights: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Any of several answers may come."""
    return {path: frozenset(right[path] for right in rights) for path in rights[0]}


def checked(right: Mapping[str, str], other: Mapping[str, str]) -> None:
    """The import changes what is asked: otherwise nothing could be wrong."""
    changed = sum(right[path] != other[path] for path in right)
    if changed < len(right) // 4:
        raise SystemExit(f"only {changed} of {len(right)} answers change")
