"""Legends, written from the registries: kinds, share classes, marks."""

from collections.abc import Iterable

from geodata.kinds import KINDS, Kind
from maps.base import Piece
from maps.classes import LUNCH_MARKS, SHARE_CLASSES, SITE_MARKS


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
    """The fixed classes of coverage, no count, and the marks of demand sites."""

    template = "share_legend"

    def __init__(self, *, theme: str = "health", key: str = "legend") -> None:
        super().__init__(
            key, shares=SHARE_CLASSES, marks=SITE_MARKS, lunch=LUNCH_MARKS, theme=theme
        )
