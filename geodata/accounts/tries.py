"""How often somebody may try to sign in; in the database, so that all workers count together."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from geodata.errors import TooManyAttemptsError
from geodata.moments import utc_now
from geodata.tables import SignInTry

WINDOW = timedelta(minutes=15)
# One office behind one address mistypes more than one person does.
MOST_BY_BOTH = 5
MOST_BY_ADDRESS = 20
MOST_BY_ACCOUNT = 20
# A provider gives each customer that many addresses of the newer kind.
_IPV6_PREFIX = 64


@dataclass(frozen=True, slots=True)
class Tried:
    """A try that was let through, counted as wrong until `forget` takes it back."""

    ids: tuple[int, ...]


def begin(
    session: Session,
    login: str,
    address: str,
    *,
    key: str,
    device: str = "",
    now: datetime | None = None,
) -> Tried:
    """Count a try before the password is looked at, so that guesses at once cannot slip past.

    `device` is a browser by which the account has come in before: its tries count by themselves,
    so that nobody shuts the account's owner out by guessing elsewhere.

    Raises:
        TooManyAttemptsError: too many have failed in the last quarter of an hour.
    """
    at = now or utc_now()
    # What lies ahead was counted before the clock was put right, and would count for ever.
    past, ahead = SignInTry.at < at - WINDOW, SignInTry.at > at + WINDOW
    session.execute(delete(SignInTry).where(or_(past, ahead)))
    limits = _limits(login, address, key, device)
    tried = select(SignInTry.who, func.count()).where(SignInTry.who.in_(limits))
    counted = {row.who: row[1] for row in session.execute(tried.group_by(SignInTry.who))}
    if any(counted.get(who, 0) >= most for who, most in limits.items()):
        raise TooManyAttemptsError("口令错了太多次，请过 15 分钟再试。")
    rows = [SignInTry(who=who, at=at) for who in limits]
    session.add_all(rows)
    session.flush()
    return Tried(tuple(row.id for row in rows))


def forget(session: Session, tried: Tried) -> None:
    """Take back the one try that was right; earlier wrong ones stay counted."""
    session.execute(delete(SignInTry).where(SignInTry.id.in_(tried.ids)))


def _limits(login: str, address: str, key: str, device: str) -> dict[str, int]:
    """What is counted against which limit; neither logins nor addresses are kept as they are."""
    where = network_of(address)

    def hashed(*parts: str) -> str:
        return hmac.new(key.encode(), "\n".join(parts).encode(), "sha256").hexdigest()

    if device:
        return {hashed("device", device): MOST_BY_BOTH, hashed("address", where): MOST_BY_ADDRESS}
    return {
        hashed("both", login, where): MOST_BY_BOTH,
        hashed("address", where): MOST_BY_ADDRESS,
        hashed("account", login): MOST_BY_ACCOUNT,
    }


def network_of(address: str) -> str:
    """Whom an address stands for: itself, or all those a provider gives one customer."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    mapped = known.ipv4_mapped
    return str(mapped or ip_network((known, _IPV6_PREFIX), strict=False))
