"""Of which kinds the service points of a row are: the form, its 类别 cell or its title says so."""

import re
from dataclasses import replace
from typing import cast

from geodata.kinds import Kind
from importers.cells.kind_words import KindCell, kind_cell
from importers.rows.row import FormRow
from importers.tables.titles import kinds_in_title, surroundings

# A 服务职工综合体 is a grade of these two; the other kinds at its door are not.
COMPLEX_KINDS = frozenset({Kind.SERVICE_HUB, Kind.SERVICE_STATION})
_MODEL_TITLE = re.compile(r"样板间|示范点")


def kinds_of(row: FormRow) -> KindCell:
    """The kinds of a row's service points, at least one.

    Raises:
        RefusedRowError: neither a cell nor a title names a known kind.
    """
    if row.form.kind is not None:
        return KindCell((row.form.kind,), model=_is_model(row))
    if row.form.kind_in_title and not row.has("kind"):
        # The form was recognised by its title, which names one kind of place.
        named = cast("tuple[Kind, ...]", kinds_in_title(row.form.makes, row.table))
        return KindCell(named, model=_is_model(row))
    return _from_cell(row)


def _is_model(row: FormRow) -> bool:
    title, sheet, _file = surroundings(row.table)
    return "样板间" in row.form.titled or bool(_MODEL_TITLE.search(f"{title} {sheet}"))


def _from_cell(row: FormRow) -> KindCell:
    cell = row.needed_value("kind", kind_cell)
    if cell.unknown:
        row.fault("kind", f"已知的站点类别；“{'、'.join(cell.unknown)}”不是，没有登记")
    if not cell.kinds and not cell.complex_site:
        row.refuse("kind", "站点类别，例如 户外职工驿站、职工书屋")
    if COMPLEX_KINDS.issubset(cell.kinds):
        row.flag("hub_and_station", "同时写了总站和服务站，两类都已登记，请核对是哪一级", "kind")
    if not cell.complex_site or not COMPLEX_KINDS.isdisjoint(cell.kinds):
        return cell
    row.flag("hub_or_station", "写了“服务职工综合体”，未写总站还是服务站；暂按服务站", "kind")
    return replace(cell, kinds=(*cell.kinds, Kind.SERVICE_STATION))
