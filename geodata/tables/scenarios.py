"""What a planner tries out: named changes, kept apart from the data they would change."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class Scenario(Base):
    """A set of changes under a name, each as `geodata.scenarios.model` writes it."""

    __tablename__ = "scenario"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    note: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
