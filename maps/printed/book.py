"""Sheets of A4 that become one PDF; places on a sheet are millimetres from its upper left."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from maps.base import Bounds
from maps.printed.drawing import GROUND, ready
from maps.printed.type import MM_A_POINT, Type

WIDTH_MM, HEIGHT_MM = 210.0, 297.0
MARGIN_MM = 18.0
INK, INK_2, INK_3 = "#1B2430", "#465160", "#5F6B79"
RULE, WEAK, PRIMARY = "#E3E1DA", "#E4F0EF", "#0B5D66"
GOOD, BAD, DOUBT = "#0B6B45", "#C2361B", "#8F4A00"
_MM_AN_INCH = 25.4
_FOOT_MM = HEIGHT_MM - 11.0
# Type stands on its base line, so much below the top of its square.
_ASCENT = 0.88


@dataclass(frozen=True, eq=False)
class Sheet:
    """One page: `paper` are axes over all of it."""

    figure: Any
    paper: Any
    type: Type

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 10.0,
        colour: str = INK,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """One line with its top at `y`."""
        self.paper.text(
            x,
            y + size * MM_A_POINT * _ASCENT,
            self.type.plain(text),
            fontproperties=self.type.face(bold=bold),
            fontsize=size,
            color=colour,
            ha=align,
            va="baseline",
            parse_math=False,
        )

    def rule(self, y: float, *, colour: str = RULE, x: float = MARGIN_MM, to: float = 0.0) -> None:
        """A hairline across the page, or from `x` to `to`."""
        self.paper.plot([x, to or WIDTH_MM - MARGIN_MM], [y, y], color=colour, linewidth=0.6)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle."""
        self.paper.fill_between([x, x + width], y, y + height, color=colour, linewidth=0)

    def map_axes(self, x: float, y: float, width: float, height: float, bounds: Bounds) -> Any:
        """Axes for a map of the bounds, which must have the shape of the box."""
        place = (
            x / WIDTH_MM,
            1 - (y + height) / HEIGHT_MM,
            width / WIDTH_MM,
            height / HEIGHT_MM,
        )
        axes = self.figure.add_axes(place, facecolor=GROUND)
        ready(axes, bounds)
        return axes


@dataclass(frozen=True, eq=False)
class Book:
    """A document: `foot` stands below every page, `day` is the day of its data."""

    title: str
    foot: str
    day: date
    type: Type
    sheets: list[Sheet] = field(default_factory=list)

    def sheet(self) -> Sheet:
        """One more page."""
        from matplotlib.figure import Figure  # noqa: PLC0415 - an extra

        figure = Figure(figsize=(WIDTH_MM / _MM_AN_INCH, HEIGHT_MM / _MM_AN_INCH))
        paper = figure.add_axes((0, 0, 1, 1))
        paper.set(xlim=(0, WIDTH_MM), ylim=(HEIGHT_MM, 0))
        paper.axis("off")
        made = Sheet(figure, paper, self.type)
        self.sheets.append(made)
        return made

    def pdf(self) -> bytes:
        """The file: the same bytes for the same data, whenever it is printed."""
        from matplotlib.backends.backend_pdf import PdfPages  # noqa: PLC0415 - an extra

        self._number()
        made = datetime(self.day.year, self.day.month, self.day.day)  # noqa: DTZ001 - no clock
        told = {"Title": self.title, "Creator": "zhitu", "Producer": None, "CreationDate": made}
        out = BytesIO()
        with PdfPages(out, metadata=told) as pages:
            for sheet in self.sheets:
                pages.savefig(sheet.figure)
        return out.getvalue()

    def _number(self) -> None:
        for number, sheet in enumerate(self.sheets, start=1):
            sheet.rule(_FOOT_MM - 2.0)
            sheet.text(MARGIN_MM, _FOOT_MM, self.foot, size=7.5, colour=INK_3)
            page = f"{number} / {len(self.sheets)}"
            sheet.text(WIDTH_MM - MARGIN_MM, _FOOT_MM, page, size=7.5, colour=INK_3, align="right")


def columns_mm(shares: Sequence[float]) -> list[float]:
    """Widths that fill a line, in the proportion of the shares."""
    whole = WIDTH_MM - 2 * MARGIN_MM
    return [whole * share / sum(shares) for share in shares]
