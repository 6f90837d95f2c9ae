"""What a form is, and which form a table is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import pairwise

from geodata.kinds import Kind, Status
from importers.cells.kind_words import names_kind
from importers.cells.words import Makes
from importers.field import Field
from importers.private import masked
from importers.tables.cards import is_card_head, unfolded
from importers.tables.headers import ADDED, header_key
from importers.tables.table import Header, Table
from importers.tables.titles import kinds_in_title, surroundings

_SAMPLE_ROWS = 50
# Of ten thousand headers the first say as much as all.
_MOST_COMPARED = 40
KIND_HEADER = "类别"
# In fewer rows than these a 类别 that nobody knows may be a slip; then the rows are refused.
_FEW_ROWS = 5


@dataclass(frozen=True, slots=True)
class Form:
    """A union's form: its columns, and what its rows are when no column says so.

    `kind_in_title`: without a 类别 column the title, sheet or file must name one kind; `titled`:
    one of these words must stand there or in a header.
    """

    code: str
    title: str
    fields: tuple[Field, ...]
    makes: Makes = Makes.PLACE
    kind: Kind | None = None
    status: Status = Status.PLAQUED
    district_in_name: bool = False
    kind_in_title: bool = False
    titled: tuple[str, ...] = ()
    by_header: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_header = {header_key(header): one for one in self.fields for header in one.headers}
        object.__setattr__(self, "by_header", by_header)
        object.__setattr__(self, "by_name", {one.name: one for one in self.fields})


@dataclass(frozen=True, slots=True)
class Match:
    """A table that is a form: where each field stands, and the headers no field takes.

    `public` are the fields that hold no persons with their columns, `read` the columns that fill a
    field or that we added, `unread` what heads the others.
    """

    form: Form
    table: Table
    columns: Mapping[str, Header]
    unused: tuple[Header, ...]
    public: tuple[tuple[str, int], ...] = field(init=False, repr=False, compare=False)
    read: frozenset[int] = field(init=False, repr=False, compare=False)
    unread: Mapping[int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ours = [one for one in self.table.headers if one.text.startswith(ADDED)]
        mine = (*self.columns.values(), *ours)
        read = frozenset(column for one in mine for column in _spanned(one))
        unread = {column: one.text for one in self.unused for column in _spanned(one) if one.text}
        public = tuple(
            (one.name, self.columns[one.name].column)
            for one in self.form.fields
            if not one.private and one.name in self.columns
        )
        object.__setattr__(self, "public", public)
        object.__setattr__(self, "read", read)
        object.__setattr__(self, "unread", unread)


@dataclass(frozen=True, slots=True)
class NoMatch:
    """A table that is no form, the form it comes nearest to, and what it lacks for it.

    Nothing may be `missing` and yet no cell of its 类别 column be a kind.
    """

    table: Table
    nearest: Form
    found: tuple[str, ...]
    missing: tuple[str, ...]


def _spanned(header: Header) -> range:
    return range(header.column, header.column + header.width)


def match(table: Table, forms: Sequence[Form]) -> Match | NoMatch:
    """The form most of whose columns a table has, among those it has every needed one of."""
    found = _match(table, forms)
    card = unfolded(table) if isinstance(found, NoMatch) else None
    return found if card is None else _match(card, forms)


def without_card_heads(found: Sequence[Match | NoMatch]) -> list[Match | NoMatch]:
    """The tables but for 所属区局 and 填报人 above a card, which are read with the card."""
    above = [
        isinstance(one, NoMatch)
        and isinstance(after, Match)
        and is_card_head(one.table, after.table)
        for one, after in pairwise(found)
    ]
    return [one for one, is_head in zip(found, [*above, False], strict=False) if not is_head]


def _match(table: Table, forms: Sequence[Form]) -> Match | NoMatch:
    tried = [_columns(table, form) for form in forms]
    complete = [one for one in tried if not _missing(one) and _is_titled(one)]
    if complete:
        best = max(complete, key=_rank)
        if _kinds_fit(best) or len(best.table.rows) < _FEW_ROWS:
            return best
    # A list that lacks nothing but its kind is told so by the form that has a 类别 column.
    likely = [one for one in tried if _is_titled(one) and _has_kind(one.form)]
    nearest = max(likely, key=_nearness)
    if not _telling(nearest):
        nearest = max(likely, key=_likeness)
    return NoMatch(
        table,
        nearest.form,
        found=tuple(one.headers[0] for one in _telling(nearest)),
        missing=_missing(nearest),
    )


def _rank(one: Match) -> tuple[bool, bool, int, int]:
    """How well a complete form suits: words only it wants, then columns, then what the title says.

    A 类别 column that holds this form's words comes first: lists of all sorts share headers.
    """
    named = kinds_in_title(one.form.makes, one.table)
    agrees = 0 if one.form.kind is None else 1 if named == (one.form.kind,) else -bool(named)
    return _kinds_fit(one) >= 0.5, bool(one.form.titled), len(one.columns), agrees


def _is_titled(one: Match) -> bool:
    if not one.form.titled:
        return True
    around = surroundings(one.table)
    # A file may hold 附件2-4-1 beside 2-4-2, which their own titles tell apart.
    near = around[:-1] if one.form.kind else around
    texts = (*near, *(header.text for header in one.table.headers))
    return any(word in text for word in one.form.titled for text in texts)


def _columns(table: Table, form: Form) -> Match:
    columns: dict[str, Header] = {}
    unused: list[Header] = []
    for header in table.headers:
        if header.text.startswith(ADDED):
            continue
        found = form.by_header.get(header_key(header.text))
        if found is None or found.name in columns:
            unused.append(header)
        else:
            # A header may name whom to call; what it says of the column is enough.
            columns[found.name] = replace(header, text=masked(header.text) or found.headers[0])
    return Match(form, table, columns, tuple(unused))


def _kinds_fit(one: Match) -> float:
    """The share of 类别 cells that hold this form's words."""
    if "kind" not in one.columns:
        return 1.0
    column = one.columns["kind"].column
    words = [row.text(column) for row in one.table.rows[:_SAMPLE_ROWS] if row.text(column)]
    fitting = sum(names_kind(one.form.makes, word) for word in words)
    return fitting / len(words) if words else 1.0


def _missing(one: Match) -> tuple[str, ...]:
    """What a table lacks for a form, by its first headers."""
    needed = (field for field in one.form.fields if field.column)
    missing = tuple(field.headers[0] for field in needed if field.name not in one.columns)
    if one.form.kind_in_title and "kind" not in one.columns and not _kind_of(one):
        return (*missing, KIND_HEADER)
    return missing


def _has_kind(form: Form) -> bool:
    return "kind" in form.by_name or not form.kind_in_title


def _kind_of(one: Match) -> bool:
    return len(kinds_in_title(one.form.makes, one.table)) == 1


def _telling(one: Match) -> list[Field]:
    """The matched fields that say what a table is about; any table has numbers and contacts."""
    fields = (one.form.by_name[name] for name in one.columns)
    return [field for field in fields if not field.private and field.name != "number"]


def _nearness(one: Match) -> tuple[bool, float, int]:
    """What a table calls its rows says most about it."""
    needed = [field for field in one.form.fields if field.column]
    met = sum(field.name in one.columns for field in needed)
    lacking = len(_missing(one))
    return "name" in one.columns, met / (met + lacking or 1), len(_telling(one))


def _likeness(one: Match) -> float:
    """How alike the headers are written, for a table none of whose headers is known."""
    known = [header for field in one.form.fields if field.column for header in field.headers]
    return sum(
        max(SequenceMatcher(None, header.text, other).ratio() for other in known)
        for header in one.table.headers[:_MOST_COMPARED]
    )
