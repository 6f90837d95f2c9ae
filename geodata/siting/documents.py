"""An answer as JSON and as GeoJSON (WGS-84), with all it was made under."""

import math
from dataclasses import asdict
from typing import Any

from geodata.answers.words import Said
from geodata.siting.answer import DistrictChange, Pick, SitingAnswer

Json = dict[str, Any]


def document(answer: SitingAnswer) -> Json:
    """The whole answer; numbers that are not known are null."""
    return {
        "title": answer.title,
        "model": answer.model,
        "status": answer.status,
        "unit": answer.unit,
        "value": finite(answer.value),
        "bound": finite(answer.bound),
        "gap": answer.gap,
        "seconds": round(answer.seconds, 3),
        "workers": {
            "counted": answer.counted_workers,
            "before": answer.before_workers,
            "after": answer.after_workers,
            "gained": answer.gained_workers,
            "upgraded": answer.upgraded_workers,
        },
        "share": {"before": answer.before_share, "after": answer.after_share},
        "money_10k": answer.money_10k,
        "works": [asdict(one) | {"total_10k": one.total_10k} for one in answer.works],
        "picks": [pick_document(pick) for pick in answer.picks],
        "districts": [_district(row) for row in answer.districts],
        "prices": [
            {"rule": _said(one.rule), "workers": one.workers}
            | {"without": one.without, "proved": one.proved}
            for one in answer.prices
        ],
        "runner_up": None if answer.second is None else asdict(answer.second),
        "findings": [_said(one) for one in answer.findings],
        "impossible": [_said(one) for one in answer.impossible],
        "parameters": parameters(answer),
        "question": answer.question,
    }


def parameters(answer: SitingAnswer) -> Json:
    """What the answer can be recomputed from, beside the question and the data."""
    return {
        "walk_m": answer.walk_m,
        "walking": answer.walking,
        "candidates": answer.candidates,
        "existing": answer.existing,
        "draws": answer.draws,
        "seed": answer.seed,
        "data_version": answer.data_version,
        "software_version": answer.software_version,
    }


def pick_document(pick: Pick) -> Json:
    """One pick with whom it serves."""
    return asdict(pick)


def _district(row: DistrictChange) -> Json:
    return asdict(row) | {
        "gained_workers": row.gained_workers,
        "before_share": row.before_share,
        "after_share": row.after_share,
    }


def _said(said: Said) -> Json:
    return {"zh": said.zh, "en": said.en}


def finite(value: float) -> float | None:
    """JSON knows no infinity."""
    return value if math.isfinite(value) else None


def geojson(answer: SitingAnswer) -> Json:
    """The picks as points in WGS-84, longitude first."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": pick.number,
                "geometry": {"type": "Point", "coordinates": [pick.lon, pick.lat]},
                "properties": {
                    name: value
                    for name, value in pick_document(pick).items()
                    if name not in {"lon", "lat", "serves"}
                }
                | {"serves": [one.name for one in pick.serves]},
            }
            for pick in answer.picks
        ],
        "title": answer.title,
        "status": answer.status,
        "parameters": parameters(answer),
    }
