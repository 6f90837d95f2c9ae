"""`zhitu boundaries` says what it matched and what not."""

import json
from pathlib import Path

import shapely
from click.testing import CliRunner

from service.cli import main

SQUARE = shapely.geometry.mapping(shapely.box(121.480, 31.230, 121.492, 31.240))


def towns(folder: Path, *names: str) -> str:
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": SQUARE} for name in names
    ]
    file = folder / "街镇.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return str(file)


def run(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    database = f"sqlite:///{folder / 'zhitu.sqlite'}"
    result = CliRunner().invoke(main, ["--database", database, "boundaries", *arguments])
    return result.exit_code, result.output.splitlines()


def test_what_matched_is_stored_and_the_rest_is_named(tmp_path: Path) -> None:
    code, lines = run(tmp_path, "load", towns(tmp_path, "外滩街道", "月球镇"), "--approximate")
    assert code == 0
    assert lines[:2] == [
        "对上 1 个街镇，没对上 1 个图形。",
        "  没对上：月球镇——街镇表里没有这个代码或名称",
    ]
    assert lines[2].startswith("这个文件里没有的街镇 214 个：南京东路街道（黄浦区）、")
    assert run(tmp_path, "show") == (0, ["已载入 1 个街镇（近似）", "  黄浦区  外滩街道"])
    assert run(tmp_path, "clear") == (0, ["已去掉 1 个街镇的界线。"])
    assert run(tmp_path, "show") == (0, ["已载入 0 个街镇"])


def test_a_file_without_a_known_town_stores_nothing(tmp_path: Path) -> None:
    code, lines = run(tmp_path, "load", towns(tmp_path, "月球镇"))
    assert (code, lines[0]) == (1, "对上 0 个街镇，没对上 1 个图形。")
    assert run(tmp_path, "show") == (0, ["已载入 0 个街镇"])
