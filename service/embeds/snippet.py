"""What a web master pasted into his page, read as a browser would: frames and scripts of it."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

_TAGS = {"iframe", "script", "embed", "object"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One element: its tag and attributes by lower-case name; one without a value is empty."""

    tag: str
    attributes: dict[str, str]

    @property
    def source(self) -> str:
        """Where it loads from."""
        return self.attributes.get("src", self.attributes.get("data", "")).strip()

    @property
    def parameters(self) -> dict[str, str]:
        """Of the map: in the address of a frame, as data- attributes of a script."""
        if self.tag == "script":
            data = {n[5:]: v for n, v in self.attributes.items() if n.startswith("data-")}
            return {n: v for n, v in data.items() if n not in {"title", "height"}}
        try:
            return dict(parse_qsl(urlsplit(self.source).query, keep_blank_values=True))
        except ValueError:
            return {}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _TAGS:
            # Of two equal attributes browsers take the first.
            found: dict[str, str] = {}
            for name, value in attrs:
                found.setdefault(name, value or "")
            self.pieces.append(Piece(tag, found))


def pieces_of(snippet: str) -> list[Piece]:
    """All frames and scripts of a piece of HTML; broken HTML gives what can be read of it."""
    reader = _Reader()
    reader.feed(snippet)
    reader.close()
    return reader.pieces
