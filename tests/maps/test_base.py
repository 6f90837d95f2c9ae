"""The map class: configuration in attributes, nothing inline, the same bytes every time."""

from collections.abc import Callable
from html.parser import HTMLParser

import folium
import pytest

from geodata.errors import SettingsError
from geodata.model import Datum
from geodata.place.datum import convert
from maps.base import ZhituMap, basemap
from maps.embed import embed_map
from maps.finder import finder_map
from maps.layers import Outline
from maps.place import place_map
from maps.planner import planner_map
from maps.words import ENGLISH

BOUNDS = (121.0, 31.0, 122.0, 32.0)
PLAIN = basemap("none")
MAPS: dict[str, Callable[[], ZhituMap]] = {
    "finder": lambda: finder_map(basemap=PLAIN, bounds=BOUNDS),
    "embed": lambda: embed_map(basemap=PLAIN, bounds=BOUNDS),
    "place": lambda: place_map(basemap=PLAIN, place_id=7, lon=121.5, lat=31.2),
    "planner": lambda: planner_map(
        basemap=PLAIN, bounds=BOUNDS, core=BOUNDS, data_url="/d.json", outline_url="/o.json"
    ),
}


class Elements(HTMLParser):
    """All start tags with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def layers(self) -> list[str | None]:
        return [attrs["data-layer"] for _, attrs in self.found if "data-layer" in attrs]


@pytest.mark.parametrize("name", MAPS)
def test_a_map_is_the_same_bytes_every_time(name: str) -> None:
    one, other = MAPS[name](), MAPS[name]()
    assert one.render() == other.render() == one.render()
    assert one.get_root().render() == other.get_root().render()


@pytest.mark.parametrize("name", MAPS)
def test_a_whole_page_holds_no_inline_script_or_style(name: str) -> None:
    page = MAPS[name]().get_root().render()
    elements = Elements(page)
    scripts = [attrs.get("src") for tag, attrs in elements.found if tag == "script"]
    assert [src for src in scripts if not (src or "").startswith("/assets/")] == []
    assert [tag for tag, attrs in elements.found if tag == "style" or "style" in attrs] == []
    assert [name for _, attrs in elements.found for name in attrs if name.startswith("on")] == []


@pytest.mark.parametrize("name", MAPS)
def test_a_map_fragment_stays_small(name: str) -> None:
    assert len(MAPS[name]().render().encode()) < 9000


def test_the_maps_are_short_lists_of_layers() -> None:
    assert {name: Elements(make().render()).layers() for name, make in MAPS.items()} == {
        "finder": ["outline", "stations", "clusters", "here"],
        "embed": ["outline", "stations", "clusters", "here"],
        "place": ["outline", "stations", "pin"],
        "planner": ["inset", "shares", "hexes", "points", "sites", "swipe"],
    }


def test_tiles_bring_their_own_landmarks() -> None:
    made = finder_map(basemap=basemap("osm"), bounds=BOUNDS)
    assert Elements(made.render()).layers() == ["clusters", "here"]


def test_readers_may_zoom_the_page() -> None:
    (viewport,) = [
        attrs["content"]
        for tag, attrs in Elements(MAPS["finder"]().get_root().render()).found
        if tag == "meta" and attrs.get("name") == "viewport"
    ]
    assert viewport == "width=device-width, initial-scale=1"


def test_a_stock_folium_layer_is_refused_with_the_way_out() -> None:
    with pytest.raises(TypeError, match=r"Marker is no Piece: see maps/layers\.py"):
        MAPS["finder"]().add_child(folium.Marker((31.2, 121.5)))


def test_folium_itself_is_left_as_it_was() -> None:
    MAPS["finder"]().get_root().render()
    assert len(folium.Map.default_js) == 4
    assert len(folium.Map().get_root().render()) > 1000


def test_a_layer_can_be_added_by_whoever_knows_folium() -> None:
    made = ZhituMap(basemap=PLAIN, bounds=BOUNDS)
    Outline("/more.json", key="more").add_to(made)
    assert Elements(made.render()).layers() == ["outline"]
    assert 'data-url="/more.json"' in made.render()


def test_an_english_map_is_english() -> None:
    assert 'aria-label="Map"' in MAPS["finder"]().render(words=ENGLISH)


def test_bounds_are_written_in_the_basemaps_datum() -> None:
    assert PLAIN.box(BOUNDS) == "121.000000,31.000000,122.000000,32.000000"
    lons, lats = convert([121.0, 122.0], [31.0, 32.0], source=Datum.WGS84, target=Datum.GCJ02)
    corners = zip(lons, lats, strict=True)
    assert basemap("amap").box(BOUNDS) == ",".join(f"{x:.6f},{y:.6f}" for x, y in corners)


def test_a_position_comes_back_from_a_gcj_basemap() -> None:
    amap = basemap("amap")
    ((lon, lat),) = amap.put(121.5272106, 31.1774276)
    assert (lon, lat) == (121.531542, 31.175304)
    assert amap.take(lon, lat) == (121.527211, 31.177428)
    assert amap.put([], []) == []


def test_presets_know_their_hosts() -> None:
    assert PLAIN.hosts == ()
    tianditu = basemap("tianditu", key="k")
    assert (tianditu.datum, len(tianditu.tiles)) == (Datum.CGCS2000, 2)
    assert tianditu.hosts == tuple(f"https://t{n}.tianditu.gov.cn" for n in range(8))
    with pytest.raises(SettingsError, match="none、tianditu、amap、osm"):
        basemap("unknown")
