"""`zhitu geocode` and `zhitu address parse`, with geocoders on loopback."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench.loopback import Loopback, Reply, loopback
from bench.loopback_amap import amap, sends
from geodata.model import Datum
from geodata.place.datum import convert
from service.cli import main
from service.parsed_columns import PARSED

HEADER = "编号,地址,区\n"
TEXTS = ("示例甲路1号3楼", "示例甲路1号5楼", "示例乙路2号", "", "江苏省苏州市示例路1号")


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback(amap) as running:
        yield running


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    rows = "".join(f"=编{n},{text},\n" for n, text in enumerate(TEXTS))
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def run(folder: Path, *arguments: str, **environ: str) -> Result:
    names = [f"{folder}/in.csv", f"{folder}/out.csv", *arguments]
    env = {"ZHITU_DATABASE": f"{folder}/z.sqlite", "ZHITU_GEOCODER_QPS": "amap=1000", **environ}
    return CliRunner().invoke(main, ["geocode", *names], env=env, catch_exceptions=False)


def online(server: Loopback, **more: str) -> dict[str, str]:
    return {
        "ZHITU_AMAP_KEY": "canary",
        "ZHITU_AMAP_URL": server.url,
        "ZHITU_PRIVATE_HOSTS": "127.0.0.1",
        **more,
    }


def written(folder: Path) -> list[dict[str, str]]:
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_without_a_geocoder_the_list_comes_back_with_its_parts(
    tmp_path: Path, source: Path
) -> None:
    result = run(tmp_path)
    assert (result.exit_code, "送出" in result.output) == (0, False)
    rows = written(tmp_path)
    assert tuple(rows[0]) == (
        *("编号", "地址", "区", *PARSED),
        *("lon", "lat", "datum", "level", "error_m", "source", "outcome", "reasons"),
    )
    assert [(row["编号"], row["地址"]) for row in rows] == [
        (f"'=编{n}", text) for n, text in enumerate(TEXTS)
    ]
    first = rows[0]
    assert (first["road"], first["number"], first["floor"]) == ("示例甲路", "1", "3")
    assert (first["lon"], first["outcome"], first["reasons"]) == ("", "failed", "no_result")
    assert rows[4]["reasons"] == "outside_shanghai"


def test_what_is_not_known_is_asked_once_and_written_in_order(
    tmp_path: Path, source: Path, server: Loopback
) -> None:
    result = run(tmp_path, **online(server))
    assert result.exit_code == 0
    assert sends(server) == {"上海市示例甲路1号": 1, "上海市示例乙路2号": 1}
    rows = written(tmp_path)
    assert [row["level"] for row in rows] == ["number", "number", "number", "", ""]
    assert rows[0]["lon"] == rows[1]["lon"] != rows[2]["lon"]
    shown = {name: rows[0][name] for name in ("datum", "error_m", "source", "outcome", "reasons")}
    assert shown == {
        "datum": "WGS-84",
        "error_m": "90",
        "source": "高德地图",
        "outcome": "accept",
        "reasons": "",
    }
    assert result.output.splitlines()[:5] == [
        "共 5 行",
        "结论：采用 3（60.0%），没有查到 2（40.0%）",
        "精度：门牌 3（60.0%），没有位置 2（40.0%）",
        "误差半径（有点位的）：≤ 100 米 3（60.0%）",
        "点位来源：高德地图 3（60.0%）",
    ]
    assert "高德地图：送出 2 个地址，缓存里已有 0 个" in result.output


def test_a_second_run_pays_nothing_and_writes_the_same(
    tmp_path: Path, source: Path, server: Loopback
) -> None:
    run(tmp_path, **online(server))
    first = (tmp_path / "out.csv").read_bytes()
    again = run(tmp_path, **online(server))
    assert ((tmp_path / "out.csv").read_bytes(), len(server.asked)) == (first, 1)
    assert "高德地图：送出 0 个地址，缓存里已有 2 个" in again.output


def test_the_pair_is_written_in_the_datum_asked_for(
    tmp_path: Path, source: Path, server: Loopback
) -> None:
    run(tmp_path, **online(server))
    wgs = written(tmp_path)[0]
    run(tmp_path, "--datum", "GCJ-02", **online(server))
    gcj = written(tmp_path)[0]
    lon, lat = convert(float(wgs["lon"]), float(wgs["lat"]), source=Datum.WGS84, target=Datum.GCJ02)
    assert gcj["datum"] == "GCJ-02"
    assert abs(float(gcj["lon"]) - float(lon)) < 2e-6
    assert abs(float(gcj["lat"]) - float(lat)) < 2e-6


def test_offline_sends_nothing(tmp_path: Path, source: Path, server: Loopback) -> None:
    assert run(tmp_path, "--offline", **online(server)).exit_code == 0
    assert server.asked == []


def test_cache_and_ledger_can_lie_in_a_file_of_their_own(
    tmp_path: Path, source: Path, server: Loopback
) -> None:
    run(tmp_path, "--cache", f"{tmp_path}/cache.sqlite", **online(server))
    assert (tmp_path / "cache.sqlite").exists()
    assert not (tmp_path / "z.sqlite").exists()


def test_a_refused_key_is_said_and_the_list_is_written_all_the_same(
    tmp_path: Path, source: Path, server: Loopback
) -> None:
    server.script = [Reply({"status": "0", "infocode": "10001"})]
    result = run(tmp_path, **online(server))
    assert (result.exit_code, len(written(tmp_path))) == (1, 5)
    assert (
        "高德地图 已停用：密钥被拒绝，请检查设置里的密钥和它的权限（code 10001）" in result.output
    )
    assert "高德地图：2 个地址没有问到，以后再运行同一条命令会补问" in result.output
    assert "canary" not in result.output


def test_a_spent_day_ends_a_run_that_may_not_wait(
    tmp_path: Path, source: Path, server: Loopback
) -> None:
    server.script = [Reply({"status": "0", "infocode": "10044"})]
    result = run(tmp_path, "--no-wait", **online(server))
    assert (result.exit_code, (tmp_path / "out.csv").exists()) == (3, False)
    assert "高德地图今天的配额用完了" in result.output


def test_the_second_geocoder_is_asked_where_the_first_is_weak(
    tmp_path: Path, source: Path, server: Loopback
) -> None:
    def baidu(_: object) -> Reply:
        pair = {"lng": 121.46, "lat": 31.22}
        return Reply({"status": 0, "result": {"location": pair, "level": "门址", "precise": 1}})

    rate = {"location": "121.4601,31.2201", "level": "道路", "street": "示例甲路"}
    known = {"location": "121.47,31.23", "level": "门牌号"}
    server.script = [Reply({"status": "1", "infocode": "10000", "geocodes": [rate, known]})]
    with loopback(baidu) as second:
        both = {"ZHITU_BAIDU_KEY": "b", "ZHITU_BAIDU_URL": second.url}
        result = run(tmp_path, **online(server), **both)
        assert [request.params["address"] for request in second.asked] == ["上海市示例甲路1号"]
    assert result.exit_code == 0
    assert [row["source"] for row in written(tmp_path)] == [
        *("百度地图", "百度地图", "高德地图", "", "")
    ]


def test_a_list_is_not_written_over_itself(tmp_path: Path, source: Path) -> None:
    result = CliRunner().invoke(main, ["geocode", str(source), str(source)])
    assert (result.exit_code, "换一个名字" in result.output) == (1, True)
    assert source.read_text(encoding="utf-8").startswith(HEADER)


def test_address_parse_adds_the_parts_alone(tmp_path: Path, source: Path) -> None:
    names = ["address", "parse", str(source), f"{tmp_path}/out.csv"]
    result = CliRunner().invoke(main, names, catch_exceptions=False)
    assert result.output == f"已拆开 5 行，写到 {tmp_path}/out.csv\n"
    rows = written(tmp_path)
    assert tuple(rows[0]) == ("编号", "地址", "区", *PARSED)
    assert [(row["road"], row["number"], row["city"]) for row in rows] == [
        ("示例甲路", "1", ""),
        ("示例甲路", "1", ""),
        ("示例乙路", "2", ""),
        ("", "", ""),
        ("示例路", "1", "苏州市"),
    ]


def test_an_import_asks_too_and_says_what_it_cost(tmp_path: Path, server: Loopback) -> None:
    path = tmp_path / "站点.csv"
    path.write_text("名称,类别,地址\n甲站,职工书屋,示例甲路1号\n", encoding="utf-8")
    env = online(server, ZHITU_DATABASE=f"{tmp_path}/z.sqlite")
    for n in (1, 0):
        result = CliRunner().invoke(main, ["import", str(path)], env=env, catch_exceptions=False)
        assert result.exit_code == 0
        assert result.output.splitlines()[-1] == (
            f"高德地图：送出 {n} 个地址，缓存里已有 {1 - n} 个"
        )
    assert sends(server) == {"上海市示例甲路1号": 1}


def test_no_person_is_sent_or_remembered(tmp_path: Path, server: Loopback) -> None:
    list_ = "地址,联系人\n示例甲路1号 金丝雀甲 19900000001,\n示例乙路2号金丝雀乙,金丝雀乙\n"
    (tmp_path / "in.csv").write_text(list_, encoding="utf-8")
    result = run(tmp_path, **online(server))
    assert sends(server) == {"上海市示例甲路1号": 1, "上海市示例乙路2号": 1}
    kept = (tmp_path / "z.sqlite").read_bytes().decode("utf-8", "ignore")
    assert [
        word for word in ("金丝雀", "19900000001") if word in kept or word in result.output
    ] == []


def test_the_demo_sends_nothing_anywhere(
    tmp_path: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["demo", "--no-serve"], env=online(server))
    assert (result.exit_code, server.asked) == (0, [])
