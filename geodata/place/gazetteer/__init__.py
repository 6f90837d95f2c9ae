"""A gazetteer: addresses, places and metro stations somebody has a position for.

`find` looks addresses up; `build` makes a gazetteer file from inputs, `lists` reads those; `store`
is the file. A small list may also be a CSV (`geodata.place.gazetteer_file`).
"""

from importlib.resources import files
from pathlib import Path

from geodata.place.gazetteer.find import Gazetteer, read_rows_of

__all__ = ["Gazetteer", "read_rows_of", "starter_file"]


def starter_file() -> Path:
    """The positions shipped with the package; docs/starter-gazetteer.md says how each was found."""
    return Path(str(files("geodata") / "data" / "starter_gazetteer.csv"))
