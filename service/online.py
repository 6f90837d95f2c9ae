"""The online geocoders of the settings, over one cache and ledger."""

from geodata.place.online.book import Book
from geodata.place.online.clock import Clock
from geodata.place.online.provider import Online
from geodata.place.online.registry import connect
from geodata.store import Store
from service.settings import Settings


def geocoders(settings: Settings, store: Store, *, clock: Clock | None = None) -> list[Online]:
    """In the order they are asked; none unless a key or a server is set."""
    return connect(settings.geocoders, Book(store.engine, clock or Clock()))
