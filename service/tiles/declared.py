"""The tiles as the OpenAPI document shows them."""

from service.openapi.operations import Answer, Operation, found
from service.openapi.parameters import Parameter, Schema, choice, whole
from service.openapi.schemas import NUMBER, TEXT, listed, record, ref
from service.tiles.media import MVT
from service.tiles.sets import SETS

_TAG = "瓦片 / Tiles"
SCHEMAS: dict[str, Schema] = {
    "TileSet": record(
        {
            "id": TEXT,
            "title": TEXT,
            "datum": TEXT,
            "role": {"type": "string", "nullable": True},
            "tilejson": TEXT,
        }
    ),
    "TileJSON": record(
        {
            "tilejson": {"type": "string", "enum": ["3.0.0"]},
            "name": TEXT,
            "description": TEXT,
            "tiles": listed(TEXT),
            "vector_layers": listed(record({"id": TEXT, "fields": {"type": "object"}})),
            "bounds": listed(NUMBER),
            "datum": TEXT,
        }
    ),
}
SET: Parameter[str] = choice(
    "set",
    "哪一组；名字以 _gcj02 结尾的是火星坐标。 / Which set; those in _gcj02 are in GCJ-02.",
    tuple(SETS),
    where="path",
)


def _number(name: str, about: str) -> Parameter[int]:
    made = whole(name, about, low=0, high=2**31 - 1, default=0, where="path")
    schema = {key: value for key, value in made.schema.items() if key != "default"}
    return Parameter(name, "path", schema, about, made.parse, 0, required=True)


TILE = (
    SET,
    _number("z", "级别，0 到 16。 / Zoom, 0 to 16."),
    _number("x", "列，从西数起。 / Column from the west."),
    _number("y", "行，从北数起。 / Row from the north."),
)
_HEADERS = {"ETag": "数据版本 / The data version"}
OPERATIONS = (
    Operation(
        "tiles",
        "/tiles.json",
        "全部瓦片组 / All sets of tiles",
        (found(record({"sets": listed(ref("TileSet"))})),),
        tag=_TAG,
    ),
    Operation(
        "tiles_about",
        "/tiles/{set}.json",
        "一组的 TileJSON 3.0；覆盖的街镇和六边形要 viewer / One set",
        (found(ref("TileJSON")),),
        tag=_TAG,
        parameters=(SET,),
        faults=(401, 403, 404),
    ),
    Operation(
        "tile",
        "/tiles/{set}/{z}/{x}/{y}.mvt",
        "一块矢量瓦片（MVT 2.1，4096 格）；空的是 204 / One vector tile",
        (
            Answer(
                200,
                "瓦片 / The tile",
                {MVT: {"type": "string", "format": "binary"}},
                _HEADERS,
            ),
            Answer(204, "这里什么也没有 / Nothing here"),
        ),
        tag=_TAG,
        parameters=TILE,
        faults=(401, 403, 404),
    ),
)
