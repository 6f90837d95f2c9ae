"""The sets of tiles: what each shows, in which datum, and whom it is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from geodata.accounts.roles import Role
from geodata.kinds import KINDS, Kind
from geodata.model import Datum
from geodata.queries import planner_view
from geodata.tiles.areas import Area
from geodata.tiles.coverage import areas_tile, hex_size, hexes, in_datum, labels_tile
from geodata.tiles.grid import Tile
from geodata.tiles.places import places_tile
from geodata.wanted import Wanted
from service.ogc.collections import BY_ID
from service.ogc.geometry import Areas
from service.ogc.kept import Shelf

PLACES, DISTRICTS, TOWNS, HEXES = "places", "coverage", "coverage_towns", "coverage_hexes"
_PLACE = {
    "name": "名称 / Name",
    "kind": "类别 / Kind",
    "kinds": "全部类别，逗号分开 / All kinds, with commas",
    "district": "区 / District",
    "sample": "只有示例才有 / Only of invented places",
    "count": "几处合成的圆，没有编号 / Places in a circle, which has no id",
}
_AREA = {
    "name": "名称 / Name",
    "code": "行政区划代码 / Official code",
    "share": "覆盖率 0–1 / Share of workers covered",
    "sites": "园区、楼宇、商圈 / Sites",
    "gaps": "空白点 / Gaps",
    "unknown": "待核 / To be verified",
    "uncounted": "没有职工数 / Without a worker count",
}
_HEX = {
    "cell": "H3",
    "workers": "未覆盖职工 / Workers without service",
    "sites": "园区、楼宇、商圈 / Sites",
    "uncounted": "没有职工数 / Without a worker count",
}


@dataclass(frozen=True)
class TileSet:
    """One set; its only layer is called `layer`, whatever the datum."""

    layer: str
    title: str
    fields: Mapping[str, str]
    datum: Datum = Datum.WGS84
    role: Role | None = None

    @property
    def id(self) -> str:
        """Its name in addresses: one in GCJ-02 can never be taken for one in WGS-84."""
        return self.layer if self.datum is Datum.WGS84 else f"{self.layer}_gcj02"


def _sets(datum: Datum) -> tuple[TileSet, ...]:
    kinds = (
        TileSet(kind.value, f"{facts.label} / {facts.english}", _PLACE, datum)
        for kind, facts in KINDS.items()
    )
    viewer = Role.VIEWER
    return (
        TileSet(PLACES, "服务地点 / Places", _PLACE, datum),
        *kinds,
        TileSet(DISTRICTS, "各区覆盖 / Coverage of districts", _AREA, datum),
        TileSet(TOWNS, "各街镇覆盖 / Coverage of towns", _AREA, datum, viewer),
        TileSet(HEXES, "未覆盖职工 / Workers without service", _HEX, datum, viewer),
    )


SETS = {one.id: one for datum in (Datum.WGS84, Datum.GCJ02) for one in _sets(datum)}


@dataclass(frozen=True)
class _Coverage:
    """Areas of one data version."""

    shelf: Shelf
    version: str

    @cached_property
    def made(self) -> dict[tuple[str, Datum], tuple[Area, ...]]:
        return {}

    def areas(self, name: str, datum: Datum) -> tuple[Area, ...]:
        """Numbered areas of a source: `district_areas`, `town_areas`, or an H3 resolution."""
        if (name, datum) not in self.made:
            found = self._hexes(int(name)) if name.isdecimal() else self._outlines(name)
            self.made[name, datum] = in_datum(found, datum)
        return self.made[name, datum]

    def _hexes(self, resolution: int) -> tuple[Area, ...]:
        return hexes(planner_view(self.shelf.store).sites, resolution)

    def _outlines(self, name: str) -> tuple[Area, ...]:
        found = self.shelf.features(BY_ID[name])
        shapes = found.geometry.shapes if isinstance(found.geometry, Areas) else ()
        # Outlines are for those who are signed in; the figures in public tiles are the public ones.
        said_of = self.shelf.features(BY_ID["districts"]) if name == "district_areas" else found
        return tuple(
            (int(code), shape, {key: said[key] for key in _AREA if key in said})
            for code, shape, said in zip(found.ids, shapes, said_of.properties, strict=True)
            if shape is not None
        )


class Maker:
    """Makes tiles of every set; areas are held while the data stay as they are."""

    def __init__(self, shelf: Shelf, *, draws_outlines: bool) -> None:
        self._snapshots, self._shelf = shelf.snapshots, shelf
        self._draws_outlines = draws_outlines
        self._coverage = _Coverage(self._shelf, "")

    def make(self, one: TileSet, tile: Tile) -> bytes:
        """A tile; b"" where nothing is."""
        if one.layer == PLACES or one.layer in set(Kind):
            kinds = () if one.layer == PLACES else (Kind(one.layer),)
            wanted = Wanted(kinds=kinds)
            return places_tile(one.layer, tile, self._snapshots(), wanted, datum=one.datum)
        if one.layer == DISTRICTS:
            areas = self._now().areas("district_areas", one.datum)
            draw = areas_tile if self._draws_outlines else labels_tile
            return draw(one.layer, tile, areas)
        name = "town_areas" if one.layer == TOWNS else str(hex_size(tile.z))
        return areas_tile(one.layer, tile, self._now().areas(name, one.datum))

    def _now(self) -> _Coverage:
        version = self._shelf.stamp()
        if self._coverage.version != version:
            self._coverage = _Coverage(self._shelf, version)
        return self._coverage
