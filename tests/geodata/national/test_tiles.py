"""How demand is cut: no row lost or doubled, no tile too heavy unless it is one spot."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from geodata.errors import CellError, UnknownFormError, UnreadableFileError
from geodata.national.stations import Stations
from geodata.national.tables import DEMAND, files_of, pieces
from geodata.national.tiles import Tile, cells_of, divided, partition

SPOTS = st.lists(
    st.tuples(st.floats(-180, 179.9), st.floats(-90, 89.9)) | st.just((121.47, 31.23)),
    min_size=1,
    max_size=60,
)


def table(ids: list[int], lon: list[float | None], lat: list[float]) -> pa.Table:
    words = ["黄浦区"] * len(ids)
    return pa.table({"id": ids, "lon": lon, "lat": lat, "workers": ids, "district": words})


@given(SPOTS, st.integers(1, 20))
def test_a_tile_holds_no_more_than_allowed_unless_it_is_one_cell(
    spots: list[tuple[float, float]], most: int
) -> None:
    of_spot = cells_of(np.array(spots))
    cells, rows = np.unique(of_spot, return_counts=True)
    tiles = divided(cells, rows, most).of(of_spot)
    too_heavy = [n for n in np.unique(tiles) if (tiles == n).sum() > most]
    assert [len(np.unique(of_spot[tiles == n])) for n in too_heavy] == [1] * len(too_heavy)


def test_every_row_lies_in_one_tile_in_its_order(tmp_path: Path) -> None:
    source = tmp_path / "demand.parquet"
    lon = [121.0 + n % 7 * 0.1 for n in range(50)]
    parquet.write_table(table(list(range(50)), [*lon[:49], None], [31.0] * 50), source)
    tiles = partition([source], tmp_path / "tiles", 8)
    ids = [
        [row for piece in pieces(tile.files, DEMAND, 3) for row in piece["id"].to_pylist()]
        for tile in tiles
    ]
    assert sorted(number for rows in ids for number in rows) == list(range(50))
    assert ids == [sorted(rows) for rows in ids]
    assert len(tiles) == 8


def test_pieces_are_of_the_size_asked_for_across_files(tmp_path: Path) -> None:
    for number, ids in enumerate(([1, 2, 3], [], [4, 5, 6, 7])):
        parquet.write_table(
            table(ids, [121.0] * len(ids), [31.0] * len(ids)), tmp_path / f"{number}.parquet"
        )
    got = [piece["id"].to_pylist() for piece in pieces(files_of(tmp_path), DEMAND, 3)]
    assert got == [[1, 2, 3], [4, 5, 6], [7]]


def test_columns_a_file_lacks_are_named_or_filled(tmp_path: Path) -> None:
    file = tmp_path / "demand.parquet"
    whole = table([1], [121.0], [31.0])
    parquet.write_table(whole, file)
    (piece,) = pieces([file], DEMAND, 9)
    assert (piece["clinic"].to_pylist(), piece["error_m"].to_pylist()) == (["none"], [0.0])
    parquet.write_table(whole.drop_columns(["district", "lat"]), file)
    with pytest.raises(UnknownFormError, match=r"demand.parquet 缺少这些列：district、lat"):
        list(pieces([file], DEMAND, 9))


def test_what_is_no_such_table_is_said_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "demand.parquet"
    with pytest.raises(UnreadableFileError, match="找不到"):
        files_of(file)
    file.write_text("id,lon,lat")
    with pytest.raises(UnreadableFileError, match="不是能读的 Parquet"):
        list(pieces([file], DEMAND, 9))
    parquet.write_table(table([1], [31.0], [121.0]), file)
    with pytest.raises(CellError, match="写反"):
        partition([file], tmp_path / "tiles", 8)
    parquet.write_table(table([1], ["东"], [31.0]), file)  # type: ignore[list-item]
    with pytest.raises(CellError, match="lon 一列要写数字"):
        list(pieces([file], DEMAND, 9))


@given(st.floats(-179, 179), st.floats(-80, 80), st.floats(0, 360), st.floats(1, 5000))
def test_no_station_in_reach_of_a_tile_is_left_out(
    lon: float, lat: float, towards: float, metres: float
) -> None:
    tile = Tile("t", (), lon, lat, lon, lat)
    north = metres / 111_700 * np.cos(np.radians(towards))
    east = metres / (111_700 * np.cos(np.radians(lat))) * np.sin(np.radians(towards))
    there = Stations(np.array([[lon + east, lat + north]]), np.ones(1), 1)
    assert there.around(tile, metres).tolist() == [0]


def test_nothing_is_around_those_without_a_position() -> None:
    nowhere = Tile("t", (), *[float("nan")] * 4)
    assert Stations(np.zeros((1, 2)), np.ones(1), 1).around(nowhere, 1000.0).tolist() == []
