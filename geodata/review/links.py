"""One-time links: whoever holds one may pin one address, once, for two weeks.

Only the hash of a token is stored; a new link for an address ends the older ones.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from geodata.declared import is_sample
from geodata.errors import NotFoundError
from geodata.geodesy import geodesic_m
from geodata.model import Level
from geodata.review.candidates import candidates_of
from geodata.review.stored import Row, names_an_address, rows_at
from geodata.tables import PinLink

LIVES = timedelta(days=14)
_GONE = "这个链接不对、已经用过，或者过期了：请向发链接的人再要一个。"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person on the spot is asked about; lon, lat is a first guess, None for none."""

    canonical: str
    name: str
    address: str
    district: str
    lon: float | None
    lat: float | None
    sample: bool


def make_link(session: Session, canonical: str, *, now: datetime) -> str:
    """A new token for an address.

    Raises:
        NotFoundError: no record has the address.
    """
    if not names_an_address(canonical) or not rows_at(session, canonical):
        raise NotFoundError("没有哪条记录用这个地址，不用核定。")
    unused = (PinLink.canonical == canonical) & PinLink.used_at.is_(None)
    session.execute(delete(PinLink).where(unused))
    token = secrets.token_urlsafe(24)
    session.add(
        PinLink(
            token_hash=_hash(token),
            canonical=canonical,
            made_at=now,
            expires_at=now + LIVES,
            used_at=None,
        )
    )
    session.flush()
    return token


def asked_by(session: Session, token: str, *, now: datetime) -> Asked:
    """What a link asks about.

    Raises:
        NotFoundError: no such link, used already, too old, or its records are gone.
    """
    link = _valid(session, token, now)
    rows = rows_at(session, link.canonical)
    if not rows:
        raise NotFoundError(_GONE)
    spot = _first_guess(session, link.canonical, rows)
    return Asked(
        canonical=link.canonical,
        name="、".join(dict.fromkeys(row.name for row in rows)),
        address=rows[0].address,
        district=rows[0].district,
        lon=spot[0] if spot else None,
        lat=spot[1] if spot else None,
        sample=any(is_sample(row.name) for row in rows),
    )


def use(session: Session, token: str, *, now: datetime) -> str:
    """End a link; returns the address it was for. NotFoundError as `asked_by`."""
    link = _valid(session, token, now)
    link.used_at = now
    session.flush()
    return link.canonical


def _valid(session: Session, token: str, now: datetime) -> PinLink:
    link = session.get(PinLink, _hash(token), populate_existing=True)
    if link is None or link.used_at is not None or link.expires_at <= now:
        raise NotFoundError(_GONE)
    return link


def _first_guess(session: Session, canonical: str, rows: list[Row]) -> tuple[float, float] | None:
    """Where the address is drawn, else the middle of candidates that lie together."""
    for row in rows:
        if row.level and Level(row.level).is_point and row.lon is not None and row.lat is not None:
            return row.lon, row.lat
    points = [
        one.position for one in candidates_of(session, canonical) if one.position.level.is_point
    ]
    if not points:
        return None
    first = points[0]
    near = [p for p in points if float(geodesic_m(p.lon, p.lat, first.lon, first.lat)) < 2000.0]
    return sum(p.lon for p in near) / len(near), sum(p.lat for p in near) / len(near)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
