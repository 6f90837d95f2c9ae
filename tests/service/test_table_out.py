"""A file appears whole or not at all, and no cell of it is a formula."""

import os
from pathlib import Path

import pytest

from geodata.errors import SettingsError
from service.table_out import added, safe, table_out


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+甲", "'+甲"),
        ("-甲", "'-甲"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("　=1+1", "'　=1+1"),
        ("＝1+1", "'＝1+1"),
        ("-12.5", "-12.5"),
        ("+86", "+86"),
        ("-5%", "-5%"),
        ("-", "-"),
        ("——", "——"),
        ("-1+cmd|'/c calc'!A1", "'-1+cmd|'/c calc'!A1"),
        ("飞虹路528号", "飞虹路528号"),
        ("", ""),
    ],
)
def test_a_cell_is_text_or_a_plain_number(cell: str, shown: str) -> None:
    assert safe(cell) == shown


def test_the_file_is_there_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "出.csv"
    with table_out(path) as out:
        out.writerow(["地址", "lon"])
        assert not path.exists()
    assert path.read_bytes() == "\ufeff地址,lon\r\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_what_breaks_off_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "出.csv"
    path.write_text("旧", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), table_out(path) as out:
        out.writerow([str(1 // 0)])
    assert path.read_text(encoding="utf-8") == "旧"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(SettingsError, match="换一个目录"),
        table_out(tmp_path / "没有" / "出.csv") as out,
    ):
        out.writerow([])


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    with (
        pytest.raises(SettingsError, match="换一个目录"),
        table_out(tmp_path / "文件" / "出.csv") as out,
    ):
        out.writerow([])


def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    with pytest.raises(SettingsError, match="不是普通文件"), table_out(tmp_path / "管道") as out:
        out.writerow([])
    assert (tmp_path / "管道").is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "出.csv.part").symlink_to("/dev/full")
    with pytest.raises(SettingsError, match="换一个目录"), table_out(tmp_path / "出.csv") as out:
        out.writerow(["地址"])
    assert list(tmp_path.iterdir()) == []


def test_an_added_column_never_takes_a_name_that_is_there() -> None:
    assert added(("地址", "District", "lon"), ("district", "lon", "lat")) == (
        "district_zhitu",
        "lon_zhitu",
        "lat",
    )
