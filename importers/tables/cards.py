"""附件2-10-1, printed as a card: labels with blanks beside or behind them, three blocks, one unit.

A card is read as a stream of labels and texts, whatever cells they stand in, and becomes one row
of a table that has the same headers as a list of such applications.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from importers.tables.sheet import Row
from importers.tables.table import Header, Table

MARK = "参加现场培训"
# 所属区局 and 填报人 stand above the frame, a title and blank lines between.
_LINES_ABOVE = 8
_ROWS_SEARCHED = 20

# Where a block begins, and what its labels are called in a list.
_BLOCKS: tuple[tuple[str, dict[str, str]], ...] = (
    (MARK, {"参加人数": "参加人数", "培训地点": "培训地点", "计划时间": "计划时间"}),
    (
        "志愿守护行动",
        {
            "参加人数": "志愿守护参加人数",
            "轨交站点": "轨交站点",
            "计划时间": "志愿守护计划时间",
        },
    ),
    (
        "送轨交宣传培训课",
        {
            "覆盖职工人数": "覆盖职工人数",
            "覆盖企业数": "覆盖企业数",
            "培训方式": "培训方式",
            "培训时间": "培训时间",
            "线下培训地址": "线下培训地址",
        },
    ),
)
_ABOVE = {
    "所属区局": "所属区局（产业）",
    "活动申报单位": "活动申报单位",
    "填报人": "填报人",
    "联系人电话": "联系人电话",
}
HEADERS = (*_ABOVE.values(), *(name for _, block in _BLOCKS for name in block.values()))

_LABELS = sorted({*_ABOVE, *(label for _, block in _BLOCKS for label in block)}, key=len)
_STARTS = [start for start, _ in _BLOCKS]
_TOKEN = re.compile(
    rf"(?P<end>活动申报表|一、组织|注\s*[:：]|备注\s*[:：])"
    rf"|(?:[一二三四1-4]\s*[、.]\s*)?(?:参加地铁平安)?(?P<block>{'|'.join(_STARTS)})"
    rf"|(?P<label>{'|'.join(reversed(_LABELS))})(?:\([^()]*\))?\s*:?"
)
_MARKUP = re.compile(r"<[^<>]*>|[\\_]+")
# What the blank form prints where the answer goes.
_HINT = re.compile(r"\((?:可选|选填)[^()]*\)")
_WAY = r"(线上线下结合|线上|线下)"
_TICK = r"[√✓✔☑■●]"
_BOX = r"[□☐○√✓✔☑■●]"

Card = dict[str, str]


def unfolded(table: Table) -> Table | None:
    """The cards in a table's rows as a table of one row each; None where there are none."""
    texts = [header.text for header in table.headers]
    texts += [text for row in table.rows[:_ROWS_SEARCHED] for text in row.texts]
    if not any(MARK in text for text in texts):
        return None
    rows = _rows_of(table)
    return replace(
        table,
        # A card has no columns to speak of: its answers are counted.
        sheet=replace(table.sheet, lettered=False, spans=(), faults={}),
        head=(),
        headers=tuple(Header(column, text) for column, text in enumerate(HEADERS)),
        rows=tuple(_as_row(number, card) for number, card in _cards(rows)),
    )


def is_card(table: Table) -> bool:
    """Whether a table was made by `unfolded`: its columns stand nowhere in the file."""
    return not table.sheet.lettered and tuple(one.text for one in table.headers) == HEADERS


def is_card_head(above: Table, card: Table) -> bool:
    """Whether a table is no more than the labels above a card's frame."""
    near = 0 < card.header_row - above.header_row <= _LINES_ABOVE
    return near and not above.rows and tuple(one.text for one in card.headers) == HEADERS


def _rows_of(table: Table) -> list[Row]:
    last = table.rows[-1].number if table.rows else table.header_row
    first = table.header_row - _LINES_ABOVE
    return [row for row in table.sheet.rows if first <= row.number <= last]


def _as_row(number: int, card: Card) -> Row:
    return Row(number, tuple(card.get(header, "") for header in HEADERS))


def _cards(rows: Sequence[Row]) -> Iterator[tuple[int, Card]]:
    """Each card that reaches its first block, with the row it begins in."""
    number, card, begun = 0, Card(), False
    for row, name, text in _answers(rows):
        if name in card and name in {"所属区局（产业）", "活动申报单位", MARK}:
            if begun:
                yield number, card
            number, card, begun = 0, Card(), False
        # Lines above a table of a document have numbers below 1.
        number = number or max(row, 0)
        begun = begun or name == MARK
        card.setdefault(name, text)
    if begun:
        yield number, card


def _answers(rows: Sequence[Row]) -> Iterator[tuple[int, str, str]]:
    """Row, name and answer of every label, and every block's start under its own name."""
    known = _ABOVE
    pending: tuple[int, str] | None = None
    answer: list[str] = []
    for row in rows:
        text = _plain("\n".join(filter(None, row.texts)))
        cursor = 0
        for token in _TOKEN.finditer(text):
            answer.append(text[cursor : token.start()])
            if pending:
                yield *pending, _answer(answer)
            pending, answer, cursor = None, [], token.end()
            if token["block"]:
                known = dict(_BLOCKS)[token["block"]]
                yield row.number, token["block"], ""
            elif token["label"] in _ABOVE or token["label"] in known:
                known = _ABOVE if token["label"] in _ABOVE else known
                pending = row.number, known[token["label"]]
        answer.append(text[cursor:])
    if pending:
        yield *pending, _answer(answer)


def _plain(text: str) -> str:
    return _HINT.sub(" ", _MARKUP.sub(" ", unicodedata.normalize("NFKC", text)))


def _answer(parts: Sequence[str]) -> str:
    """An answer on one line; of boxes to tick those that are."""
    text = " ".join(" ".join(parts).strip(" \n:").split())
    if not re.fullmatch(rf"(?:{_WAY}|{_BOX}|\s)*", text) or re.fullmatch(_WAY, text):
        return text
    before = re.match(_BOX, text)
    return "、".join(re.findall(rf"{_TICK}\s*{_WAY}" if before else rf"{_WAY}\s*{_TICK}", text))
