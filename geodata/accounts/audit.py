"""The audit trail: who changed or read what; written in the transaction of the change."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from geodata.moments import utc_now
from geodata.tables import AuditEvent


def record(
    session: Session,
    *,
    by: str,
    action: str,
    table: str = "",
    record_id: int | None = None,
    district: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Note that `by` (a login) did `action` (such as "status.move", "contact.read").

    `detail` says what was before and after; it never holds a contact's name, mobile or e-mail.
    """
    session.add(
        AuditEvent(
            at=utc_now(),
            by=by,
            action=action,
            record_table=table,
            record_id=record_id,
            district=district,
            detail=dict(detail or {}),
        )
    )
