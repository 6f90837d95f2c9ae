"""From a book that is being written to the bytes of its PDF, one book at a time."""

from collections.abc import Callable, Sequence
from datetime import date

from geodata.views import PlannerView
from maps.invented import sample_sentence
from maps.printed.book import Book
from maps.printed.coverage import Made
from maps.printed.drawing import FONTS, drawing
from maps.printed.type import Type
from maps.words import Words


def published(
    title: str, made: Made, view: PlannerView, words: Words, write: Callable[[Book], None]
) -> bytes:
    """Write a book about a view and print it.

    Raises:
        CannotDrawError: Matplotlib or a Chinese font is missing.
    """
    version = view.parameters.data_version if view.parameters else ""
    foot = words("report_foot", date=words.date(made.day), version=version)
    samples = [one.sample for one in view.sites] + [one.sample for one in view.points]
    sample = sample_sentence(samples)
    return bound(title, f"{foot} · {words(sample)}" if sample else foot, made.day, write)


def bound(
    title: str,
    foot: str,
    day: date,
    write: Callable[[Book], None],
    *,
    fonts: Sequence[str] = FONTS,
) -> bytes:
    """Write a book and print it.

    Raises:
        CannotDrawError: Matplotlib or a Chinese font is missing.
    """
    with drawing:
        book = Book(title, foot, day, Type.of(fonts))
        write(book)
        return book.pdf()
