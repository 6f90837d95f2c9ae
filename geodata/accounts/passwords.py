"""Passwords: hashed with argon2id, checked in the same time whether an account exists or not."""

import secrets
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from geodata.errors import ParameterError

# OWASP's smallest set: four tries at once must not take the memory of a small server.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
SHORTEST = 10
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a password was right; `rehashed` is its new hash where the parameters changed."""

    right: bool
    rehashed: str = ""


def hashed(password: str) -> str:
    """The hash to keep."""
    return _HASHER.hash(normalize("NFC", password))


def check(password_hash: str, password: str) -> Checked:
    """Compare a password with a kept hash; an empty hash fits none and takes as long."""
    given = normalize("NFC", password[:LONGEST])
    try:
        _HASHER.verify(password_hash or _nobodys(), given)
    except (VerificationError, InvalidHashError):
        return Checked(right=False)
    if not password_hash:
        return Checked(right=False)
    stale = _HASHER.check_needs_rehash(password_hash)
    return Checked(right=True, rehashed=_HASHER.hash(given) if stale else "")


def must_be_good(password: str, login: str) -> None:
    """Refuse a password that is soon guessed.

    Raises:
        ParameterError: it is too short, too long, one sign over and over, or holds the login.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise ParameterError(f"口令要 {SHORTEST} 到 {LONGEST} 个字符。")
    if len(set(password)) < 4 or login.casefold() in password.casefold():
        raise ParameterError("这个口令太容易猜：不要含账号名，也不要总是同一个字符。")


def made_up() -> str:
    """A password nobody guesses, to be shown once."""
    return secrets.token_urlsafe(12)


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe(32))
