"""Legends, written from the registries: kinds, share classes, marks."""

from collections.abc import Iterable

from geodata.kinds import KINDS, Kind
from maps.base import Piece
from maps.classes import BOX_MARKS, HEX_CLASSES, MEAL_CLASSES, SHARE_CLASSES, SITE_MARKS


class KindLegend(Piece):
    """Kinds with their marks; with `switch` each can be turned on and off."""

    template = "kind_legend"

    def __init__(
        self,
        kinds: Iterable[Kind] = KINDS,
        *,
        switch: bool = False,
        shown: Iterable[Kind] = (),
        key: str = "kinds",
    ) -> None:
        super().__init__(key, kinds=tuple(kinds), switch=switch, shown=tuple(shown))


class ShareLegend(Piece):
    """The fixed classes of what is filled, no count, and the marks of demand sites."""

    template = "share_legend"

    def __init__(
        self, *, theme: str = "health", area: str = "district", key: str = "legend"
    ) -> None:
        classes = HEX_CLASSES if area == "hex" else SHARE_CLASSES
        if theme == "lunch" and area != "hex":
            classes = MEAL_CLASSES
        super().__init__(
            key,
            classes=classes,
            marks=SITE_MARKS,
            boxes=BOX_MARKS,
            theme=theme,
            area=area,
            heading=_heading(theme, area),
        )


def _heading(theme: str, area: str) -> str:
    if area == "hex":
        return "hex_legend"
    if theme == "lunch":
        return "meal_legend"
    return "share_legend_town" if area == "town" else "share_legend"
