"""A batch whose coordinates are in another datum than they say: off the map until it is repaired.

The answer to "is it GCJ-02?" is kept by the file, so that taking it in again asks nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.declared import Flag, Placed
from geodata.model import Datum, Position, Reason, Unlocated
from geodata.moments import utc_now
from geodata.place.candidate import DOUBT_LABELS, FORM, Doubt, Verdict
from geodata.place.detective import DatumFinding
from geodata.review.candidates import candidates_of
from geodata.review.stored import Row
from geodata.storing.ready import Ready, Values
from geodata.tables import DatumAnswer, ImportRun, ReviewItem, SourceRow

_FORM_SOURCE = "表中坐标"


def findings_from(values: Mapping[str, Any]) -> tuple[DatumFinding, ...]:
    """The findings among what was staged with a file."""
    return tuple(
        DatumFinding(**{**one, "said": Datum(one["said"]), "true": Datum(one["true"])})
        for one in values.get("datums", ())
    )


def suspected(rows: Iterable[Ready], findings: Sequence[DatumFinding]) -> list[Ready]:
    """The rows, with those whose own coordinates are in a suspected datum off the map."""
    by_datum = {finding.said.value: finding for finding in findings}
    return [_off_the_map(row, by_datum) for row in rows]


def answer_for(session: Session, sha256: str) -> Datum | None:
    """The datum a person said a file is in, whatever it says itself."""
    row = session.get(DatumAnswer, sha256)
    return Datum(row.datum) if row else None


def keep_answer(session: Session, sha256: str, datum: Datum) -> None:
    """Remember the datum a person said a file is in."""
    session.merge(DatumAnswer(sha256=sha256, datum=datum.value, at=utc_now()))
    session.flush()


def still_suspected(session: Session, row: Row, placed: Placed) -> Placed:
    """A record whose decision was undone, off the map again if its batch is still in doubt.

    The ladder sees one record at a time and cannot know.
    """
    from_form = isinstance(placed.outcome, Position) and placed.outcome.source == _FORM_SOURCE
    asked = session.get(ReviewItem, row.canonical)
    if not from_form or asked is None or Doubt.DATUM_SUSPECT not in asked.doubts:
        return placed
    if _is_answered(session, row):
        return placed
    label = DOUBT_LABELS[Doubt.DATUM_SUSPECT][0]
    flag = Flag(Doubt.DATUM_SUSPECT.value, f"{label}：整批坐标确认以前不上图。", "")
    return replace(
        placed,
        outcome=Unlocated(Reason.REVIEW, label),
        flags=tuple(dict.fromkeys((*placed.flags, flag))),
        verdict=Verdict.REVIEW,
        doubts=tuple(Doubt(doubt) for doubt in asked.doubts),
        candidates=candidates_of(session, row.canonical),
    )


def _is_answered(session: Session, row: Row) -> bool:
    """Whether somebody has said which datum the file is in that the record was last read from."""
    read = (
        select(ImportRun.sha256)
        .join(SourceRow, SourceRow.run_id == ImportRun.id)
        .where(SourceRow.record_table == row.__tablename__, SourceRow.record_id == row.id)
        .order_by(SourceRow.run_id.desc())
        .limit(1)
    )
    sha256 = session.scalar(read)
    return sha256 is not None and answer_for(session, sha256) is not None


def _off_the_map(row: Ready, by_datum: Mapping[str, DatumFinding]) -> Ready:
    given = row.values.get("given")
    finding = by_datum.get(given["datum"]) if given else None
    if finding is None or row.values["position_source"] not in {_FORM_SOURCE, ""}:
        return row
    flag = {
        "code": Doubt.DATUM_SUSPECT.value,
        "message": f"整批坐标像是 {finding.true}，不是 {finding.said}：确认以前不上图。",
        "cell": "",
    }
    values = row.values | {
        "reason": Reason.REVIEW.value,
        "reason_detail": DOUBT_LABELS[Doubt.DATUM_SUSPECT][0],
        "flags": [*row.values["flags"], flag],
    }
    if row.values["lon"] is not None:
        values |= dict.fromkeys(("lon", "lat", "level", "error_m"))
        values |= {"position_source": "", "source_datum": ""}
    doubts = dict.fromkeys((*row.found.get("doubts", ()), Doubt.DATUM_SUSPECT.value))
    found = {
        "verdict": Verdict.REVIEW.value,
        "doubts": list(doubts),
        "candidates": row.found.get("candidates") or [_as_given(row.values)],
    }
    return replace(row, values=values, found=found)


def _as_given(values: Values) -> dict[str, Any]:
    """The form's own position as a candidate."""
    kept = {name: values[name] for name in ("lon", "lat", "level", "error_m", "source_datum")}
    blank = {"road": "", "district": "", "town": "", "matched": ""}
    return {"provider": FORM, "source": values["position_source"]} | kept | blank
