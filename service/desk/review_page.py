"""The values of the review pages: the queue, and one address of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from geodata.accounts.roles import Person
from geodata.declared import Placed
from geodata.errors import NoSuchRecordError, NotFoundError, ParameterError
from geodata.model import Position
from geodata.place.candidate import DOUBT_LABELS, GAZETTEER, Candidate, Doubt
from geodata.place.district import load_districts
from geodata.place.locate import Locator
from geodata.place.question import Question, ask
from geodata.review.decisions import ACTION_LABELS, Action
from geodata.review.held import held
from geodata.review.narrow import Counts, Narrowed, Order, counted
from geodata.review.origins import origins
from geodata.review.queue import Item, address, queue, ref_of, resolve
from geodata.review.reach import must_reach
from geodata.review.stored import Row, declared_of, rows_at
from geodata.tables import Decision
from importers.forms import FORMS
from maps.base import Basemap
from maps.review import address_drawing
from maps.review_words import candidate_row, candidate_rows, kind_name, metres, parts, reasons
from maps.words import Words
from service.params import filters

# As many of the queue stand beside the address; all of it stands on the page of the queue.
BESIDE = 40
PAGE = 50
_FORM_TITLES = {form.code: form.title for form in FORMS}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where an address stands in the queue: the references before and after, "" for none."""

    before: str
    after: str
    items: tuple[Item, ...]
    left: int


def narrowed(query: Mapping[str, str]) -> Narrowed:
    """Which part of the queue a query asks for: district, doubt, form, order."""
    doubt, order = query.get("doubt", ""), query.get("order", "") or Order.WORKERS
    if doubt and doubt not in set(Doubt):
        raise ParameterError("doubt 不是一种疑问。")
    if order not in set(Order):
        raise ParameterError(f"order 只能是 {'、'.join(Order)}")
    return Narrowed(
        district=filters(query).district,
        doubt=Doubt(doubt) if doubt else None,
        form=query.get("form", "")[:60],
        order=Order(order),
    )


def kept_filters(query: Mapping[str, str]) -> dict[str, str]:
    """The part of a query that every link and form of the review keeps."""
    return {name: query[name] for name in ("district", "doubt", "form", "order") if query.get(name)}


def queue_values(
    items: Sequence[Item], wanted: Narrowed, page: int, words: Words
) -> Mapping[str, Any]:
    """What the page of the queue shows."""
    part = wanted.of(items)
    start = (page - 1) * PAGE
    return {
        "total": len(items),
        "matching": len(part),
        "rows": [line(one, words) for one in part[start : start + PAGE]],
        "first": part[0].ref if part else "",
        "page": page,
        "pages": max(1, -(-len(part) // PAGE)),
        "wanted": wanted,
        "counts": _counts(counted(items), words),
    }


def line(one: Item, words: Words) -> dict[str, Any]:
    """An address in a list."""
    spots = [each.position for each in one.candidates]
    return {
        "ref": one.ref,
        "district": one.district,
        "address": one.address or words("review_no_address"),
        "names": one.names,
        "why": reasons(one.doubts, one.verdict, words),
        "workers": None if one.workers is None else words.number(one.workers),
        "error": metres(one.error_m, words),
        "candidates": len(spots),
        "since": words.date(one.since.date()),
        "sample": one.sample,
    }


def neighbours(items: Sequence[Item], ref: str) -> Neighbours:
    """Where an address stands among those it is shown with; of one decided, the first is next."""
    refs = [one.ref for one in items]
    n = refs.index(ref) if ref in refs else -1
    before = refs[n - 1] if n > 0 else ""
    after = refs[n + 1] if n + 1 < len(refs) else ""
    if not after and n > 0:
        after = refs[0]
    start = max(0, n - BESIDE // 4)
    return Neighbours(before, after, tuple(items[start : start + BESIDE]), len(items))


def reached(session: Session, ref: str, by: Person) -> tuple[str, list[Row]]:
    """The canonical address behind a short name, with all its records, all within reach.

    Raises:
        NoSuchRecordError: there is none, or some are another's.
    """
    try:
        canonical = resolve(session, ref)
    except NotFoundError:
        raise NoSuchRecordError from None
    rows = rows_at(session, canonical)
    must_reach(by, rows)
    return canonical, rows


def address_values(
    session: Session, ref: str, *, by: Person, basemap: Basemap, words: Words
) -> dict[str, Any]:
    """What the panel and the map of one address show."""
    canonical, rows = reached(session, ref, by)
    one, question = address(session, canonical), ask(declared_of(rows[0]))
    first = one.candidates[0] if one.candidates else None
    districts = load_districts()
    helds = [held(question, each, first, districts=districts) for each in one.candidates]
    own = (one.lon, one.lat) if one.lon is not None and one.lat is not None else None
    made = session.get(Decision, canonical)
    return {
        "one": line(one, words),
        "item": one,
        "parts": parts(rows[0].parsed, one.district, words),
        "origins": [_origin(each, words) for each in origins(session, rows)],
        "told": list(dict.fromkeys(flag["message"] for row in rows for flag in row.flags)),
        "candidates": candidate_rows(one.candidates, helds, words),
        "made": _made(made, words),
        "seen": seen(one, made),
        "drawing": address_drawing(
            one.candidates,
            basemap=basemap,
            district=one.district,
            own=own,
            aparts=["" if each.apart_m is None else metres(each.apart_m, words) for each in helds],
        ),
        "looked": None,
        "asked_link": "",
    }


def looked_values(
    session: Session, canonical: str, text: str, *, locator: Locator, words: Words
) -> tuple[dict[str, Any], Candidate | None]:
    """What a corrected address would find, in words and as a mark; nothing is written."""
    question = replace(ask(declared_of(rows_at(session, canonical)[0])), coordinates=None)
    asked = question.about(text)
    placed = replace(locator, decisions={}).answer(asked)
    found = _found(placed)
    row = _found_row(asked, found, words) if found else None
    return {"text": text, "row": row, "good": found is not None}, found


def seen(one: Item, made: Decision | None) -> str:
    """What a person was shown, as a word: a decision about anything else is refused."""
    shown = [(each.position.lon, each.position.lat) for each in one.candidates]
    decided = made.at.isoformat() if made else ""
    return hashlib.sha256(repr((shown, decided)).encode()).hexdigest()[:16]


def queued(session: Session, wanted: Narrowed, by: Person) -> list[Item]:
    """The part of the queue a person is shown."""
    return wanted.of(queue(session, by=by))


def _found(placed: Placed) -> Candidate | None:
    if isinstance(placed.outcome, Position) and placed.outcome.level.is_point:
        return Candidate(placed.outcome, GAZETTEER, district=placed.district)
    return placed.candidates[0] if placed.candidates else None


def _found_row(question: Question, found: Candidate, words: Words) -> Any:
    return candidate_row(0, found, held(question, found, None, districts=load_districts()), words)


def _origin(one: Any, words: Words) -> dict[str, Any]:
    kinds = [kind_name(kind, one.table, words) for kind in one.kinds]
    return {
        "name": one.name,
        "kinds": kinds,
        "file": one.file,
        "sheet": one.sheet,
        "row": one.row,
        "column": one.column,
    }


def _made(made: Decision | None, words: Words) -> dict[str, str] | None:
    if made is None:
        return None
    return {
        "how": words.both(*ACTION_LABELS[Action(made.action)]),
        "to": made.corrected_address,
        "by": made.by,
        "at": words.moment(made.at),
        "ref": ref_of(made.canonical),
    }


def _counts(counts: Counts, words: Words) -> dict[str, list[tuple[str, str, int]]]:
    """Value, words and number of each thing the queue can be narrowed by."""
    return {
        "doubt": [
            (str(doubt), words.both(*DOUBT_LABELS[doubt]), n) for doubt, n in counts.doubts.items()
        ],
        "district": [
            (name, words.district(name), n) for name, n in counts.districts.items() if name
        ],
        "form": [(name, _FORM_TITLES.get(name, name), n) for name, n in counts.forms.items()],
    }
