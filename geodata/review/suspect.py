"""A batch whose coordinates are in another datum than they say: off the map until it is repaired.

The answer to "is it GCJ-02?" is kept by the file, so that taking it in again asks nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from geodata.model import Datum, Reason
from geodata.place.candidate import DOUBT_LABELS, FORM, Doubt, Verdict
from geodata.place.detective import DatumFinding
from geodata.review.decisions import now
from geodata.storing.ready import Ready, Values
from geodata.tables import DatumAnswer

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
    session.merge(DatumAnswer(sha256=sha256, datum=datum.value, at=now()))
    session.flush()


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
