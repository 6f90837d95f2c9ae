"""KML for map programs: a folder a kind would need a second pass, so placemarks stand in a row."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from geodata.exports.rows import Export, Row

MEDIA_TYPE = "application/vnd.google-earth.kml+xml"
_MARKS_A_PIECE = 200
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
# Characters XML 1.0 cannot hold at all.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def kml_bytes(export: Export) -> Iterator[bytes]:
    """The file piece by piece; WGS-84, as KML asks. Rows without a position are left out."""
    yield f"{_HEAD}<Document><name>{_text(export.title)}</name>\n".encode()
    lon, lat, name = (export.column(key) for key in ("lon", "lat", "name"))
    piece: list[str] = []
    for row in export.rows:
        if row[lon] is None:
            continue
        piece.append(_placemark(export, row, str(row[name]), f"{row[lon]},{row[lat]}"))
        if len(piece) == _MARKS_A_PIECE:
            yield "".join(piece).encode()
            piece = []
    yield ("".join(piece) + "</Document></kml>\n").encode()


def _placemark(export: Export, row: Row, name: str, spot: str) -> str:
    data = "".join(
        f"<Data name={quoteattr(field.label)}><value>{_text(str(value))}</value></Data>"
        for field, value in zip(export.fields, row, strict=True)
        if value not in {None, ""}
    )
    return (
        f"<Placemark><name>{_text(name)}</name><ExtendedData>{data}</ExtendedData>"
        f"<Point><coordinates>{spot}</coordinates></Point></Placemark>\n"
    )


def _text(text: str) -> str:
    return escape(_NO_XML.sub("", text))
