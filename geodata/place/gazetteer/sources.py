"""Files a gazetteer can be built from, by the end of their names."""

from collections.abc import Callable
from pathlib import Path

from geodata.errors import UnreadableFileError
from geodata.model import Datum
from geodata.osm_file import ENDINGS
from geodata.place.gazetteer.lists import ListRead, read_list
from geodata.place.gazetteer.osm import read_osm

# Path, the datum the user names (None if he does not), terms of use.
Reader = Callable[[Path, Datum | None, str], ListRead]


def read_source(path: Path, datum: Datum | None, terms: str) -> ListRead:
    """The input a file holds; UnreadableFileError for a kind no reader knows."""
    for ending, reader in READERS.items():
        if path.name.lower().endswith(ending):
            return reader(path, datum, terms)
    raise UnreadableFileError(f"{path.name} 不是能用的来源：应为 {'、'.join(READERS)} 文件。")


def _csv(path: Path, datum: Datum | None, terms: str) -> ListRead:
    return read_list(path, datum=datum, terms=terms)


def _osm(path: Path, _datum: Datum | None, _terms: str) -> ListRead:
    # OpenStreetMap has one datum and one licence, whatever is said of the other files.
    return read_osm(path)


READERS: dict[str, Reader] = {".csv": _csv, **dict.fromkeys(ENDINGS, _osm)}
