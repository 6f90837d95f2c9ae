"""One page for one pick: what a planner takes into a meeting, without a script."""

from typing import Any

from geodata.coverage.walk import DETOUR
from geodata.errors import NotFoundError
from geodata.geodesy import metres_per_degree
from geodata.siting.answer import Pick, SitingAnswer
from geodata.siting.sentences import WORKS
from maps.siting_page import walking
from maps.words import Words

SKETCH_PX = 320
_MARGIN = 1.15
_LAYERS = {
    "city": ("市级", "City"),
    "district": ("区局", "District"),
    "town": ("街镇园区", "Town and park"),
    "total": ("合计", "Total"),
}


def sheet_values(answer: SitingAnswer, number: int, words: Words) -> dict[str, Any]:
    """The values of the sheet.

    Raises:
        NotFoundError: the answer has no pick of this number.
    """
    pick = next((one for one in answer.picks if one.number == number), None)
    if pick is None:
        raise NotFoundError(f"没有第 {number} 处点位。")
    return {
        "answer": answer,
        "pick": pick,
        "works": words.both(WORKS[pick.works].zh, WORKS[pick.works].en),
        "why": _why(answer, pick, words),
        "money": [
            (words.both(*_LAYERS[name]), f"{money:g}") for name, money in pick.cost_10k.items()
        ],
        "sketch": _sketch(answer, pick),
        "walking": walking(answer, words),
        "circle": round(SKETCH_PX / 2 / _MARGIN, 1),
        "size": SKETCH_PX,
    }


def _why(answer: SitingAnswer, pick: Pick, words: Words) -> list[str]:
    lines = [
        words("siting_why_guaranteed", district=words.district(pick.district))
        if pick.guaranteed
        else words("siting_why_free")
    ]
    if pick.kept is not None:
        lines.append(words("siting_kept", draws=answer.draws, share=f"{pick.kept:.0%}"))
    return lines


def _sketch(answer: SitingAnswer, pick: Pick) -> list[tuple[float, float, int]]:
    """Whom it serves around it: x, y in pixels, and the row of the table below."""
    half = SKETCH_PX / 2
    east_m, north_m = metres_per_degree(pick.lat)
    scale = half / _MARGIN / (answer.walk_m / DETOUR)
    return [
        (
            round(half + (one.lon - pick.lon) * float(east_m) * scale, 1),
            round(half - (one.lat - pick.lat) * float(north_m) * scale, 1),
            number,
        )
        for number, one in enumerate(pick.serves, start=1)
    ]
