"""Vector tiles; public sets need no sign-in, the others ask for a role here."""

from flask import Blueprint, Response, jsonify, request

from geodata.accounts.roles import ROLE_LABELS
from geodata.errors import ForbiddenError, NotFoundError
from geodata.store import Store
from geodata.tiles.grid import Tile
from service import caching
from service.guard import person
from service.ogc.kept import Shelf
from service.open_answers import open_to_scripts
from service.openapi.parameters import only
from service.public import public_places
from service.settings import Settings
from service.tiles.media import MVT
from service.tiles.sets import SETS, Maker, TileSet
from service.tiles.tilejson import index, tilejson

# What describes the sets changes with the program alone.
_FIXED = "1"


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/tiles.json`, `/tiles/<set>.json` and `/tiles/<set>/<z>/<x>/<y>.mvt`."""
    tiles = Blueprint("tiles", __name__)
    maker = Maker(
        Shelf(store, public_places(settings, store), settings.fewest),
        draws_outlines=settings.draws_outlines,
    )

    @tiles.get("/tiles.json")
    def every() -> Response:
        only((), request.args)
        return caching.fresh(_FIXED, lambda: jsonify(index(root=_root())))

    @tiles.get("/tiles/<set_id>.json")
    def about(set_id: str) -> Response:
        only((), request.args)
        one = _readable(set_id)
        return caching.fresh(
            _FIXED, lambda: jsonify(tilejson(one, root=_root())), closed=one.role is not None
        )

    @tiles.get("/tiles/<set_id>/<int:z>/<int:x>/<int:y>.mvt")
    def tile(set_id: str, z: int, x: int, y: int) -> Response:
        only((), request.args)
        one, wanted = _readable(set_id), Tile(z, x, y)
        if not wanted.exists:
            raise NotFoundError("没有这一块：z 是 0 到 16，x、y 小于 2 的 z 次方。")
        return caching.fresh(
            str(store.version()), lambda: _tile(maker.make(one, wanted)), closed=bool(one.role)
        )

    tiles.after_request(open_to_scripts)
    return tiles


def _tile(made: bytes) -> Response:
    # Map libraries take 204 for an empty tile and an error for a missing one.
    if not made:
        return Response(status=204)
    return Response(made, content_type=MVT)


def _readable(set_id: str) -> TileSet:
    """A set this asker may read.

    Raises:
        NotFoundError: there is none of that name.
        ForbiddenError: it takes a higher role.
    """
    if set_id not in SETS:
        raise NotFoundError("没有这一组瓦片；/tiles.json 列出全部。")
    found = SETS[set_id]
    if found.role is not None and not person().role.may(found.role):
        raise ForbiddenError(f"这里要“{ROLE_LABELS[found.role][0]}”以上的账号。")
    return found


def _root() -> str:
    return request.url_root.rstrip("/")
