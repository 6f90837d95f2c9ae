"""Own barriers: any GeoJSON with lines or areas."""

import json
from pathlib import Path

import pytest

from geodata.errors import UnreadableFileError
from geodata.network.barriers import read_barriers

LINE = {"type": "LineString", "coordinates": [[121.4, 31.2], [121.5, 31.2]]}
AREA = {
    "type": "Polygon",
    "coordinates": [[[121.4, 31.2], [121.5, 31.2], [121.5, 31.3], [121.4, 31.2]]],
}
MANY = {"type": "MultiLineString", "coordinates": [LINE["coordinates"], LINE["coordinates"]]}


@pytest.mark.parametrize(
    ("shapes", "corners"), [([LINE], [2]), ([AREA], [4]), ([MANY, LINE], [2, 2, 2])]
)
def test_lines_and_outlines_are_barriers(
    tmp_path: Path, shapes: list[object], corners: list[int]
) -> None:
    features = [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes]
    path = tmp_path / "rivers.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert sorted(len(line.coords) for line in read_barriers(path)) == corners


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lon,lat", "不是 GeoJSON 文件"),
        ('{"type": "Point", "coordinates": [121.4, 31.2]}', "里没有线"),
        ('{"type": "FeatureCollection", "features": []}', "里没有线"),
        ('{"type": "LineString", "coordinates": [[1e6, 2e6], [1e6, 3e6]]}', "不是经纬度"),
    ],
)
def test_a_file_without_barriers_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "rivers.geojson"
    path.write_text(text)
    with pytest.raises(UnreadableFileError, match=said):
        read_barriers(path)
