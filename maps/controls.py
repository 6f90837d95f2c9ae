"""The controls of a map; zoom buttons and scale are built by `static/map.js`."""

from maps.base import Piece


class Zoom(Piece):
    """Zoom buttons in a corner: `topright` or `bottomright`."""

    template = "control"

    def __init__(self, *, corner: str = "bottomright", key: str = "zoom") -> None:
        super().__init__(key, control="zoom", corner=corner)


class Scale(Piece):
    """A scale bar in metres."""

    template = "control"

    def __init__(self, *, corner: str = "bottomright", key: str = "scale") -> None:
        super().__init__(key, control="scale", corner=corner)


class Locate(Piece):
    """The button that asks for the reader's position."""

    template = "locate"

    def __init__(self, *, key: str = "locate") -> None:
        super().__init__(key)


class Credit(Piece):
    """Where the basemap is from, its approval number, and what on it is a sketch or an estimate."""

    template = "credit"

    def __init__(
        self,
        *,
        attribution: str,
        url: str = "",
        approval: str = "",
        estimated: bool = False,
        approximate: bool = False,
        key: str = "credit",
    ) -> None:
        super().__init__(
            key,
            attribution=attribution,
            url=url,
            approval=approval,
            estimated=estimated,
            approximate=approximate,
        )
