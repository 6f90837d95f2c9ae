"""What became of a file, or would: stored, refused, doubtful or not placed, cell by cell."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from geodata.declared import Stored
from geodata.kinds import KINDS, Kind
from geodata.model import Level
from geodata.storing.outcome import Outcome
from geodata.storing.ready import Ready
from importers.parse import RefusedRow
from importers.reporting.findings import Doubt, FormFound, RefusedTable, Unplaced, visible
from importers.reporting.labels import label, shown_changes
from importers.reporting.seen import Findings
from importers.rows.row import CellFault

FIRST_ROWS = 5
_ROWS_SHOWN = 8
_NOTES_SHOWN = 8
_CHANGES_SHOWN = 30
_REFUSED_SHOWN = 60
_FOUND_SHOWN = 40
_CELL_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of importing one file: counts are whole, of long lists the first are kept."""

    findings: Findings
    outcome: Outcome

    @property
    def file(self) -> str:
        return self.findings.file

    @property
    def sha256(self) -> str:
        return self.findings.sha256

    @property
    def forms(self) -> tuple[FormFound, ...]:
        return self.findings.forms

    @property
    def empty_forms(self) -> tuple[FormFound, ...]:
        return self.findings.empty_forms

    @property
    def refused_tables(self) -> tuple[RefusedTable, ...]:
        return self.findings.refused_tables

    @property
    def rows_read(self) -> int:
        return self.findings.rows_read

    @property
    def stored(self) -> Stored:
        return self.outcome.stored

    @property
    def refused_rows(self) -> tuple[RefusedRow, ...]:
        return self.findings.refused.first

    @property
    def unplaced(self) -> tuple[Unplaced, ...]:
        return self.findings.unplaced.first

    @property
    def faults(self) -> tuple[CellFault, ...]:
        return self.findings.faults.first

    @property
    def flags(self) -> tuple[Doubt, ...]:
        return self.findings.flags.first

    def lines(self) -> list[str]:
        """The report in Chinese for a terminal, in the order of a person's questions."""
        return [
            f"文件“{self.file}”",
            *_forms(self.findings),
            _counts(self.findings, self.outcome),
            *_found(self.findings, self.outcome),
        ]

    def as_json(self) -> dict[str, object]:
        """The report as plain values, for the web."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do; `rows` are its first records, without persons."""

    findings: Findings
    outcome: Outcome
    rows: tuple[Ready, ...]

    def lines(self) -> list[str]:
        """The preview in Chinese for a terminal."""
        return [
            f"预览“{self.findings.file}”：还没有存入任何内容",
            *_forms(self.findings, fields=True),
            *(f"  {_where(visible(row.source.sheet))}{_first_row(row)}" for row in self.rows),
            _counts(self.findings, self.outcome),
            *_found(self.findings, self.outcome),
        ]


def _found(findings: Findings, outcome: Outcome) -> Iterator[str]:
    for datum in findings.datums:
        yield f"坐标系：{datum.sentence}带坐标的行先不上图。"
        yield f"  确认后一次全部改正：zhitu import 原文件 --datum {datum.true}"
    yield from _changes(outcome)
    yield from _kept(outcome)
    yield from _left_out(outcome)
    yield from _erased(outcome)
    yield from _refused_rows(findings)
    yield from _faults(findings)
    yield from _unplaced(findings)
    yield from _flags(findings)
    yield from _refused_tables(findings)


def _forms(findings: Findings, *, fields: bool = False) -> Iterator[str]:
    for form in findings.forms:
        yield f"认出：{_where(form.sheet)}第 {form.header_row} 行起的“{form.title}”，{form.rows} 行"
        yield f"  依据的列：{'、'.join(form.matched)}"
        if fields:
            yield f"  表头→字段：{'；'.join(f'{head}→{name}' for head, name in form.fields)}"
        if form.unused:
            yield f"  没有对应字段、照原文留存的列：{'、'.join(form.unused)}"
        yield from _notes(form)
    for form in findings.empty_forms:
        yield f"空表：{_where(form.sheet)}第 {form.header_row} 行起的“{form.title}”，没有填写"
        yield from _notes(form)


def _notes(form: FormFound) -> Iterator[str]:
    if not form.notes:
        return
    rows = _some([note.row for note in form.notes], form.note_count)
    yield f"  备注或合计行，不算站点：第 {rows} 行"
    for note in form.notes[:_NOTES_SHOWN]:
        if note.text:
            yield f"    第 {note.row} 行：{_cut(note.text)}"


def _first_row(row: Ready) -> str:
    values = row.values
    kinds = "、".join(KINDS[Kind(one["kind"])].short for one in row.services)
    told = [
        _cut(visible(str(values.get(name) or "")))
        for name in ("name", "address", "district", "town")
    ]
    parts = [part for part in (*told, kinds, _whereabouts(row)) if part]
    return f"第 {row.source.row} 行读作：{'；'.join(parts)}"


def _whereabouts(row: Ready) -> str:
    """A point with its error; the middle of a road, town or district is no point to be shown."""
    values = row.values
    if "level" not in values:
        return ""
    if values["level"] is None or not Level(values["level"]).is_point:
        return "未落图"
    return f"{values['lon']:.5f}, {values['lat']:.5f}（误差 {values['error_m']:.0f} 米）"


def _counts(findings: Findings, outcome: Outcome) -> str:
    stored = outcome.stored
    more = f"，重复 {stored.repeated}" if stored.repeated else ""
    wide = f"；位置不够准 {findings.too_wide}" if findings.too_wide else ""
    pairs = f"；疑似重复 {outcome.duplicates} 对" if outcome.duplicates else ""
    if outcome.duplicates is None:
        pairs = "；疑似重复要到导入时才查"
    return (
        f"读到 {findings.rows_read} 行：新增 {stored.new}，更新 {stored.changed}，"
        f"不变 {stored.same}{more}，退回 {findings.refused.count}；"
        f"未落图 {findings.unplaced.count}{wide}{pairs}"
    )


def _changes(outcome: Outcome) -> Iterator[str]:
    for one in outcome.changes[:_CHANGES_SHOWN]:
        told = "；".join(shown_changes(one.fields))
        name = _cut(visible(one.name))
        yield f"更新：{_where(visible(one.sheet))}第 {one.row} 行“{name}”，{told}"
    if outcome.change_count > _CHANGES_SHOWN:
        yield f"更新：另有 {outcome.change_count - _CHANGES_SHOWN} 处"


def _kept(outcome: Outcome) -> Iterator[str]:
    for one in outcome.kept[:_CHANGES_SHOWN]:
        fields = "、".join(dict.fromkeys(map(label, one.fields)))
        yield (
            f"人工改过，未覆盖：{_where(visible(one.sheet))}第 {one.row} 行"
            f"“{_cut(visible(one.name))}”的{fields}"
        )
    if outcome.kept_count > _CHANGES_SHOWN:
        yield f"人工改过，未覆盖：另有 {outcome.kept_count - _CHANGES_SHOWN} 行"


def _left_out(outcome: Outcome) -> Iterator[str]:
    if outcome.left_out:
        names = "、".join(_cut(visible(name)) for name in outcome.left_names[:_ROWS_SHOWN])
        more = " 等" if outcome.left_out > _ROWS_SHOWN else ""
        yield (
            f"这次没有、同名文件以前导入过的：{outcome.left_out} 处，照旧保留（{names}{more}）。"
            "不再服务的请改状态，例如“摘牌”"
        )


def _erased(outcome: Outcome) -> Iterator[str]:
    if outcome.erased:
        yield (
            f"有 {outcome.erased} 处联系人没有导入：本人要求删除过。"
            "请从你们的表里也删掉，换一位联系人"
        )


def _refused_rows(findings: Findings) -> Iterator[str]:
    for row in findings.refused.first[:_REFUSED_SHOWN]:
        yield f"退回：{refused_row_text(row)}"
    if findings.refused.count > _REFUSED_SHOWN:
        rest = findings.refused.count - _REFUSED_SHOWN
        yield f"退回：另有 {rest} 行，导入后用 zhitu refused 查看"


def refused_row_text(row: RefusedRow) -> str:
    """A refused row: where, why, and its public cells."""
    cells = "；".join(f"{header} {_cut(text, _CELL_SHOWN)}" for header, text in row.cells)
    return f"{_where(row.sheet)}第 {row.row} 行，{row.reason}。原文：{cells}"


def _faults(findings: Findings) -> Iterator[str]:
    for group in findings.faults.groups:
        one = group.first[0]
        rows = _some([fault.row for fault in group.first], group.count)
        found = next((f"，例如“{_cut(f.found)}”" for f in group.first if f.found), "")
        yield (
            f"读不出：{_where(one.sheet)}{one.column} 列“{one.header}”第 {rows} 行{found}。"
            f"应填：{one.expected}。请改正后再导入"
        )
    if findings.faults.beyond:
        yield f"读不出：另有 {findings.faults.beyond} 格"


def _unplaced(findings: Findings) -> Iterator[str]:
    for group in findings.unplaced.groups:
        for one in group.first:
            why = _cut(one.reason, _CELL_SHOWN)
            yield f"未落图：{_where(one.sheet)}第 {one.row} 行“{_cut(one.name)}”，{why}"
        if group.count > len(group.first):
            reason = group.first[0].reason.partition("（")[0]
            yield f"未落图：另有 {group.count - len(group.first)} 行，{reason}"
    if findings.unplaced.beyond:
        yield f"未落图：另有 {findings.unplaced.beyond} 行"


def _flags(findings: Findings) -> Iterator[str]:
    for group in findings.flags.groups:
        rows = list(dict.fromkeys(doubt.row for doubt in group.first))
        # Several cells of one row may be in the same doubt.
        count = len(rows) if group.count == len(group.first) else group.count
        one = group.first[0]
        yield f"请核对：{_where(one.sheet)}第 {_some(rows, count)} 行，{one.message}"
    if findings.flags.beyond:
        yield f"请核对：另有 {findings.flags.beyond} 处"


def _refused_tables(findings: Findings) -> Iterator[str]:
    for table in findings.refused_tables:
        rows = f"第 {table.first_row}–{table.last_row} 行"
        yield f"未导入：{_where(table.sheet)}{rows}的表，{table.reason}"
    if findings.tables_beyond:
        yield f"未导入：另有 {findings.tables_beyond} 个表"


def _where(sheet: str) -> str:
    return f"工作表“{sheet}”" if sheet else ""


def _cut(text: str, most: int = _FOUND_SHOWN) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _some(rows: Sequence[int], count: int) -> str:
    """The first rows, and how many there are if more."""
    shown = "、".join(map(str, rows[:_ROWS_SHOWN]))
    return shown if count <= _ROWS_SHOWN else f"{shown} 等共 {count}"
