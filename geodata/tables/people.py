"""The persons behind records: private."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from geodata.tables.base import Base


class Contact(Base):
    """A person behind a record. The only table of the data with names, mobiles and e-mails.

    Until their file is published they wait in `staged_record.persons`.
    """

    __tablename__ = "contact"
    __table_args__ = (Index(None, "record_table", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_table: Mapped[str]
    record_id: Mapped[int]
    name: Mapped[str]
    mobile: Mapped[str]
    email: Mapped[str]
    role: Mapped[str]
