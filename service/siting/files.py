"""An answer as a file: JSON, GeoJSON, xlsx."""

import json

from geodata.siting.answer import SitingAnswer
from geodata.siting.documents import document, geojson
from service.siting.workbook import workbook

# The endings there are, with their types.
FILES: dict[str, str] = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
}


def file_of(answer: SitingAnswer, suffix: str) -> bytes:
    """The answer as a file with one of the endings of `FILES`."""
    if suffix == "xlsx":
        return workbook(answer)
    made = geojson(answer) if suffix == "geojson" else document(answer)
    return json.dumps(made, ensure_ascii=False, indent=1, allow_nan=False).encode()
