"""The tables of a Word document and the paragraphs around them, as their text stands on paper.

What is hidden, or deleted or moved away in a tracked change, is left out; what is inserted stays.
"""

from collections import deque
from typing import IO

from importers.readers.markup import TooLargeError, parser
from importers.readers.word_table import WordTable
from importers.tables.grid import HEAD_ROWS, NOTE_LINES
from importers.tables.sheet import LONGEST_CELL

_CHUNK = 1 << 18
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
# A text box is written twice, the second time for old programs; ruby is how to read a word.
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "rt"})
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
_MOST_CELLS = 300_000
_WIDEST = 1_000


class Document:
    """Gathers the tables of a document in the order in which they begin."""

    def __init__(self) -> None:
        self.tables: list[WordTable] = []
        self._open: list[WordTable] = []
        self._recent: deque[str] = deque(maxlen=HEAD_ROWS)
        self._closed: WordTable | None = None
        # The text being written: of the body's paragraph, then of each cell inside another.
        self._texts: list[list[str]] = [[]]
        self._within: list[str] = []
        self._unseen = self._cells = 0
        self._run_hidden = False
        self._names: dict[str, str] = {}

    @classmethod
    def read(cls, file: IO[bytes]) -> "Document":
        """The document whose main part is in a file."""
        document = cls()
        expat = parser(start=document.start, end=document.end, text=document.text)
        while chunk := file.read(_CHUNK):
            expat.Parse(chunk, False)
        expat.Parse(b"", True)
        return document

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        tag = self._local(name)
        value = next((text for key, text in attributes.items() if key.endswith(" val")), "")
        self._unseen += tag in _UNSEEN
        if tag in {"tbl", "tr", "tc"}:
            self._begin(tag)
        elif tag == "r":
            self._run_hidden = False
        elif tag == "vanish" and "r" in self._within:
            self._run_hidden = value not in {"0", "false", "off"}
        elif tag in _BREAKS and self._within[-1:] == ["r"]:
            self._write(_BREAKS[tag])
        elif self._open and self._open[-1].rows:
            self._describe(tag, value)
        self._within.append(tag)

    def end(self, name: str) -> None:
        """A tag ends."""
        tag = self._local(name)
        self._within.pop()
        self._unseen -= tag in _UNSEEN
        if tag == "p":
            self._end_paragraph()
        elif tag == "tc":
            text = "".join(self._texts.pop())
            if len(text) > LONGEST_CELL:
                raise TooLargeError
            self._open[-1].rows[-1][-1].text = text
        elif tag == "tbl":
            table = self._open.pop()
            if not self._open:
                self._closed = table

    def text(self, text: str) -> None:
        """Characters stand between two tags."""
        if self._within[-1:] == ["t"]:
            self._write(text)

    def _local(self, name: str) -> str:
        if name not in self._names:
            space, _, tag = name.rpartition(" ")
            self._names[name] = tag if space in _WORD or tag == "Fallback" else ""
        return self._names[name]

    def _write(self, text: str) -> None:
        if not self._unseen and not self._run_hidden:
            self._texts[-1].append(text)

    def _begin(self, tag: str) -> None:
        if tag == "tbl":
            table = WordTable([] if self._open else list(self._recent))
            self._recent.clear()
            self._open.append(table)
            self.tables.append(table)
        elif tag == "tr":
            self._open[-1].begin_row()
        else:
            self._texts.append([])
            self._cells += 1
            column = self._open[-1].begin_cell()
            if self._cells > _MOST_CELLS or column > _WIDEST:
                raise TooLargeError

    def _describe(self, tag: str, value: str) -> None:
        """A property of the row or cell that is open."""
        table = self._open[-1]
        if tag == "hidden" and self._within[-1:] == ["trPr"]:
            table.hidden.add(len(table.rows))
        elif tag == "del" and self._within[-1:] == ["trPr"]:
            table.deleted.add(len(table.rows))
        elif tag == "gridBefore":
            table.skipped = min(int(value), _WIDEST)
        elif tag == "gridSpan":
            table.rows[-1][-1].width = max(1, min(int(value), _WIDEST))
        elif tag == "vMerge":
            table.rows[-1][-1].continues = value != "restart"

    def _end_paragraph(self) -> None:
        if len(self._texts) > 1:
            self._texts[-1].append("\n")
            return
        text = "".join(self._texts[0]).strip()
        self._texts[0].clear()
        if not text:
            return
        self._recent.append(text)
        if self._closed is not None and len(self._closed.below) < NOTE_LINES:
            self._closed.below.append(text)
