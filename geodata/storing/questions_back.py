"""The review queue as it was before an import: its questions and their candidates."""

from collections.abc import Collection, Iterator
from itertools import islice

from sqlalchemy import Select, Table, delete, select
from sqlalchemy.orm import Session

from geodata.storing.bulk import insert_many
from geodata.storing.held import table, table_of_class
from geodata.storing.in_the_way import Touched
from geodata.storing.put_back import from_plain, images, insert_as_before, standing
from geodata.storing.ready import LOCATED, Values
from geodata.storing.traces import QUESTIONS, questions_of, timeless
from geodata.tables import GeocodeCandidate, ReviewItem

_ITEM, _CANDIDATE = table_of_class(ReviewItem), table_of_class(GeocodeCandidate)
_AT_ONCE = 1_000


def asked_since(session: Session, touched: Touched) -> set[str]:
    """The addresses of the run's records about which it was the first to ask."""
    found: set[str] = set()
    for located in LOCATED:
        of = table(located.__tablename__)
        mine = select(of.c.canonical).where(touched.has(of.c.id, of.name))
        for asked in (_ITEM, _CANDIDATE):
            new = asked.c.at >= touched.run.at
            found |= set(session.scalars(_keys(asked, mine).where(new)))
    for some in images(session, touched.run.id, QUESTIONS):
        found -= {image["record_key"] for image in some}
    return found


def _keys(of: Table, within: Select[tuple[str]]) -> Select[tuple[str]]:
    return select(of.c.canonical).where(of.c.canonical.in_(within)).distinct()


def restore_questions(
    session: Session, touched: Touched, asked: Collection[str], *, newest: bool
) -> None:
    """Put the queue back; what a later import may have asked as well stays while records stand."""
    _remove(session, set(asked) if newest else set(asked) - standing(session, asked))
    for some in images(session, touched.run.id, QUESTIONS):
        first = {image["record_key"]: image["before"] for image in some}
        last = {image["record_key"]: image["after"] for image in reversed(some)}
        kept = set() if newest else standing(session, first)
        now = questions_of(session, first)
        back = {
            key: before
            for key, before in first.items()
            if key not in kept and timeless(now.get(key, {})) == last[key]
        }
        _remove(session, back)
        _put(session, [one for one in back.values() if one])


def _remove(session: Session, keys: Collection[str]) -> None:
    for some in _pieces(keys):
        for of in (_ITEM, _CANDIDATE):
            session.execute(delete(of).where(of.c.canonical.in_(some)))


def _put(session: Session, questions: Collection[Values]) -> None:
    items = [one["item"] for one in questions if one["item"]]
    insert_many(session, _ITEM, [from_plain(_ITEM, one) for one in items])
    spots = [from_plain(_CANDIDATE, spot) for one in questions for spot in one["candidates"]]
    insert_as_before(session, _CANDIDATE, spots)


def _pieces(keys: Collection[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
