"""Whatever a form holds, locating answers with a place in the city or with the reason for none."""

from hypothesis import given
from hypothesis import strategies as st

from geodata.declared import DeclaredPlace, Source
from geodata.model import Coordinates, Datum, Position
from geodata.place.district import load_districts
from geodata.place.gazetteer import Gazetteer, starter_file
from geodata.place.locate import Locator

SOURCE = Source("a.csv", "", 2, {}, "")
LOCATOR = Locator(Gazetteer.load([starter_file()]), load_districts(), {})
WORDS = (
    "上海市 浦东 Pudong 徐汇区 闸北 人民广场站 2号线 豫园 站 6号口 愚园路 1250号 229弄 近 （ ） 旁 "
    "飞虹路 528 号 楼 江苏省 昆山市 Exit 3 Station"
)
texts = st.text(max_size=30) | st.lists(st.sampled_from(WORDS.split()), max_size=8).map("".join)
degrees = st.floats() | st.floats(30.5, 32.0) | st.floats(120.8, 122.2)
pairs = st.none() | st.builds(Coordinates, degrees, degrees, st.sampled_from(Datum))


@given(address=texts, district=texts, pair=pairs)
def test_every_record_is_placed_in_the_city_or_says_why_not(address, district, pair):
    declared = DeclaredPlace("站点", address, district, "", (), SOURCE, coordinates=pair)
    placed = LOCATOR.locate(declared)
    if isinstance(placed.outcome, Position):
        west, south, east, north = load_districts().bounds
        assert west - 0.05 <= placed.outcome.lon <= east + 0.05
        assert south - 0.05 <= placed.outcome.lat <= north + 0.05
        assert placed.outcome.error_m >= 5.0
    assert placed.district in {"", *load_districts().names}
