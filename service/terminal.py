"""What every command shares: an opened store, lines on the terminal, a progress bar."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from io import TextIOWrapper

import click

from geodata.store import Store
from service.settings import Settings
from service.workshop import walking


def never_die_of_an_encoding() -> None:
    """A terminal that lacks a character gets a question mark instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """The store of the settings, closed afterwards."""
    measured = walking(settings.network)
    opening = Store.open(settings.database, walking=measured, copies=settings.backups)
    with closing(opening) as store:
        yield store


def say(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        click.echo(line)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, told how many of how many; nothing where output is not one."""
    unseen = not sys.stderr.isatty()
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=unseen) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show
