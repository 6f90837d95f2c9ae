"""A person's word on two records."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Said:
    """Who decided, when (UTC, without a zone as stored) and why."""

    by: str
    at: datetime
    note: str = ""
