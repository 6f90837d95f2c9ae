"""The legend below a printed map: each mark as it is drawn, with its words, in rows."""

from geodata.kinds import Kind
from maps.printed.area import SHARE_COLOURS, Area, legend_rows, mark_point, mark_site
from maps.printed.book import INK_2, MARGIN_MM, WIDTH_MM
from maps.printed.flow import Flow
from maps.words import Words

_SIZE = 8.0
_ROW_MM = 5.2
_APART_MM = 5.0
_MARK_MM = 5.6


def draw_legend(flow: Flow, area: Area, words: Words) -> None:
    """Write the legend of a map down, as wide as the page allows."""
    x = MARGIN_MM
    for what, key, text in legend_rows(area, words):
        width = _MARK_MM + flow.book.type.width_mm(text, size=_SIZE) + _APART_MM
        if x + width > WIDTH_MM - MARGIN_MM:
            x, flow.y = MARGIN_MM, flow.y + _ROW_MM
        _mark(flow, what, key, x + 2.2, flow.y + 1.6)
        flow.sheet.text(x + _MARK_MM, flow.y, text, size=_SIZE, colour=INK_2)
        x += width
    flow.y += _ROW_MM + 1.0


def _mark(flow: Flow, what: str, key: str, x: float, y: float) -> None:
    paper = flow.sheet.paper
    match what:
        case "site":
            mark_site(paper, key, [(x, y)])
        case "kind":
            mark_point(paper, Kind(key), [(x, y)])
        case _:
            flow.sheet.box(x - 1.8, y - 1.6, 3.6, 3.4, SHARE_COLOURS[key])
