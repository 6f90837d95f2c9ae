"""All that `zhitu check` looks at, in order; a later one runs even when an earlier one failed."""

from collections.abc import Callable, Iterator

from sqlalchemy.exc import DBAPIError

from geodata.errors import SettingsError, StoreError
from service.checking import contents, database, sources, surroundings
from service.checking.finding import Finding, Mark, wrong
from service.settings import Given, Settings

# What can be looked at only where the database can be read.
_INSIDE: tuple[Callable[[Settings], Iterator[Finding]], ...] = (contents.findings, sources.findings)


def findings(given: Given) -> Iterator[Finding]:
    """Everything about what was set and what is there."""
    yield from surroundings.misspelt(given)
    yield from surroundings.files(given)
    yield from surroundings.clock()
    try:
        settings = Settings.of(given)
    except SettingsError as error:
        yield wrong("设置", str(error))
        return
    yield from surroundings.public_service(settings)
    about = list(database.findings(settings))
    yield from about
    if not any(one.mark is Mark.WRONG for one in about):
        yield from _inside(settings)
    yield from sources.hosts(settings)
    yield from surroundings.disks(settings)
    yield from surroundings.passing_files()


def _inside(settings: Settings) -> Iterator[Finding]:
    for look in _INSIDE:
        try:
            yield from look(settings)
        except StoreError as error:
            yield wrong("数据库", str(error))
        except DBAPIError as error:
            why = str(error.orig).strip().splitlines()[0]
            yield wrong("数据库", f"读到一半读不下去了：{why}。")
