"""Why a provider gave no answer: one class for each thing that is done about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeopyError,
)


class ProviderError(Exception):
    """A provider gave no answer; `outcome` is how the ledger calls it."""

    outcome: ClassVar[str]


class RateLimitedError(ProviderError):
    """Too many requests a second; `retry_after_s` is what the provider asks for, if it does."""

    outcome = "rate"

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class TimedOutError(ProviderError):
    """No answer in time."""

    outcome = "timeout"


class UnavailableError(ProviderError):
    """The provider is busy or cannot be reached."""

    outcome = "unavailable"


class UnreadableAnswerError(ProviderError):
    """What came back is not what the provider's format promises."""

    outcome = "unreadable"


class MisalignedError(UnreadableAnswerError):
    """A batch came back with another number of answers than it had questions."""

    outcome = "misaligned"


class KeyRefusedError(ProviderError):
    """The key is wrong, or not allowed to do this."""

    outcome = "key"


class OutOfReachError(ProviderError):
    """Its host leads into an inner network that no setting names; the message says what to set."""

    outcome = "out_of_reach"


class QueryRefusedError(ProviderError):
    """The provider calls the request itself wrong."""

    outcome = "query"


class DailyQuotaError(ProviderError):
    """The day's quota is spent; a day begins at 00:00 in Shanghai."""

    outcome = "daily_quota"


# The nearest class comes first: geopy's inherit from each other.
_OURS: tuple[tuple[type[GeopyError], type[ProviderError]], ...] = (
    (GeocoderQuotaExceeded, DailyQuotaError),
    (GeocoderAuthenticationFailure, KeyRefusedError),
    (GeocoderInsufficientPrivileges, KeyRefusedError),
    (GeocoderQueryError, QueryRefusedError),
    (GeocoderTimedOut, TimedOutError),
    (GeocoderParseError, UnreadableAnswerError),
    (GeocoderServiceError, UnavailableError),
)


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turn what geopy raises, and an answer of another shape than promised, into our classes.

    The cause is cut off: it may hold the URL, and with it the key.
    """
    try:
        yield
    except GeocoderRateLimited as error:
        raise RateLimitedError(str(error), error.retry_after) from None
    except GeopyError as error:
        ours = next((mine for theirs, mine in _OURS if isinstance(error, theirs)), UnavailableError)
        raise ours(str(error)) from None
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableAnswerError(type(error).__name__) from None
