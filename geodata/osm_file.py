"""OpenStreetMap extracts, read through osmium: an extra, so imported only when needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from geodata.errors import UnreadableFileError

ENDINGS = (".osm", ".osm.pbf", ".pbf", ".osm.gz", ".osm.bz2")
TERMS = "ODbL 1.0，© OpenStreetMap contributors"


@contextmanager
def extract(path: Path) -> Iterator[tuple[Any, Any]]:
    """osmium, and a processor of the file that knows where its nodes are.

    Raises:
        UnreadableFileError: osmium is not installed, or the file is no extract.
    """
    try:
        import osmium  # noqa: PLC0415 - an extra
        import osmium.filter  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UnreadableFileError(
            f"读 {path.name} 要先安装 osmium：pip install 'zhitu[osm]'"
        ) from error
    if not path.name.lower().endswith(ENDINGS):
        raise UnreadableFileError(f"{path.name} 应为 OpenStreetMap 文件：{'、'.join(ENDINGS)}。")
    try:
        yield osmium, osmium.FileProcessor(str(path)).with_locations()
    # osmium's own errors have no common base: broken XML, numbers, places off the globe.
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise UnreadableFileError(f"{path.name} 不是完好的 OpenStreetMap 文件：{error}") from error
