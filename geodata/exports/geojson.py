"""GeoJSON (RFC 7946): always WGS-84; a point without a position has a null geometry."""

import json
from collections.abc import Iterator

from geodata.exports.rows import Export, Row

MEDIA_TYPE = "application/geo+json"
_FEATURES_A_PIECE = 500


def geojson_bytes(export: Export) -> Iterator[bytes]:
    """The file piece by piece; what is unknown is null."""
    keys = [field.key for field in export.fields]
    lon, lat = export.column("lon"), export.column("lat")
    yield b'{"type":"FeatureCollection","name":' + _json(export.title) + b',"features":['
    piece: list[bytes] = []
    lead = b""
    for row in export.rows:
        piece.append(_feature(keys, row, row[lon], row[lat]))
        if len(piece) == _FEATURES_A_PIECE:
            yield lead + b",\n".join(piece)
            piece, lead = [], b",\n"
    yield (lead + b",\n".join(piece) if piece else b"") + b"]}\n"


def _feature(keys: list[str], row: Row, lon: object, lat: object) -> bytes:
    spot = None if lon is None else {"type": "Point", "coordinates": [lon, lat]}
    plain = dict(zip(keys, row, strict=True))
    return _json({"type": "Feature", "geometry": spot, "properties": plain})


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
