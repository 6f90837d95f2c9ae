"""Records a file of this name brought before and does not hold now: they stay, and are told."""

from array import array
from collections.abc import Mapping

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.storing.held import rows_with, table_of_class
from geodata.storing.ready import LOCATED
from geodata.tables import SourceRow

_NAMED = 30


def left_out(session: Session, file: str, met: Mapping[str, "array[int]"]) -> tuple[int, list[str]]:
    """How many there are, and the names of the first; `met` are the ids met now, by table."""
    count, names = 0, list[str]()
    for located in LOCATED:
        of = table_of_class(located)
        mine = select(SourceRow.record_id).where(
            SourceRow.file == file, SourceRow.record_table == of.name
        )
        # Arrays, eight bytes an id: a file may hold a million.
        before = np.fromiter(session.scalars(mine.execution_options(yield_per=10_000)), np.int64)
        missing = np.setdiff1d(before, np.array(met.get(of.name, ()), np.int64)).tolist()
        standing = select(of.c.id, of.c.name).where(of.c.merged_into.is_(None))
        found = [row["name"] for row in rows_with(session, standing, of.c.id, missing)]
        count += len(found)
        names += found[: _NAMED - len(names)]
    return count, names
