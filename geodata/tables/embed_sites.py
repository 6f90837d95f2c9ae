"""Which sites may embed our maps."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class EmbedSite(Base):
    """A site that may show our maps in a frame; `added_at` is in UTC, `added_by` a login."""

    __tablename__ = "embed_site"

    id: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    asked_by: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[str]
