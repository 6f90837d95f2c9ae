import json

import pytest
from click.testing import CliRunner

from service.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZHITU_GAZETTEERS", raising=False)

    def run(*arguments, **environment):
        return CliRunner().invoke(main, ["gazetteer", *arguments], env=environment)

    return run


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "地址表.csv"
    doors = [f"静安区,昌平路{n}号,{121.44 - n * 1e-5:.5f},31.2358" for n in range(2, 200, 2)]
    path.write_text("\n".join(("区,地址,经度,纬度", *doors)) + "\n", encoding="utf-8")
    return str(path)


def test_a_gazetteer_is_built_shown_and_used(run, listed):
    built = run("build", listed, "--datum", "WGS84", "--license", "自用")
    assert (built.exit_code, built.stderr) == (0, "")
    lines = built.stdout.splitlines()
    assert lines[:2] == [
        "地址表.csv：99 条，采用 99 条，坐标系 WGS-84，许可 自用",
        "门牌：99 条",
    ]
    assert lines[-1] == "要用它：ZHITU_GAZETTEERS=zhitu-data/gazetteer.sqlite"
    shown = run("show", "zhitu-data/gazetteer.sqlite").stdout.splitlines()
    assert shown[0] == lines[0]
    assert "误差（十次有九次在内；由本库逐一留出学得）：" in shown


def test_a_list_without_a_datum_is_not_built(run, listed):
    found = run("build", listed)
    assert found.exit_code == 1
    assert "没有写坐标系：请用 --datum 指明" in found.stderr


def test_a_datum_nobody_knows_is_refused(run, listed):
    found = run("build", listed, "--datum", "北京54")
    assert (found.exit_code, "应为 WGS-84、CGCS2000" in found.stderr) == (2, True)


def test_a_file_of_another_kind_is_refused(run, tmp_path):
    (tmp_path / "图.png").write_bytes(b"")
    found = run("build", "图.png")
    assert (found.exit_code, "图.png 不是能用的来源" in found.stderr) == (1, True)


def test_rows_that_cannot_be_used_are_told(run, tmp_path):
    (tmp_path / "表.csv").write_text("地址,经度,纬度\n昌平路2号,,31.2\n昌平路4号,121.4,31.2\n")
    found = run("build", "表.csv", "--datum", "WGS-84")
    assert found.exit_code == 0
    assert found.stderr.splitlines() == [
        "表.csv：1 行没有采用，如：",
        "  表.csv 第 2 行的经度写着“”，应为 -180 到 180 之间的度数，没有采用。",
    ]


def test_a_list_is_evaluated_against_itself(run, listed):
    found = run("evaluate", listed, "--datum", "WGS-84", "--split", "number", "--json")
    told = json.loads(found.stdout)
    # One of the 11 lies beyond the last known door, of which so short a list learns nothing.
    assert (told["asked"], told["finer"], told["within_100_m"]) == (11, 0.9091, 0.9091)
    assert [level["level"] for level in told["levels"]] == ["interpolated", "road"]


def test_a_list_is_evaluated_with_a_gazetteer(run, listed):
    run("build", listed, "--datum", "WGS-84")
    found = run(
        "evaluate", listed, "--datum", "WGS-84", ZHITU_GAZETTEERS="zhitu-data/gazetteer.sqlite"
    )
    assert found.stdout.splitlines() == [
        "问了 99 个地址；同名难分 0 个，找不到 0 个",
        "比路更细 100.0%；100 米以内 100.0%，300 米以内 100.0%；自报误差不超过 200 米的 100.0%",
        "  number：99 个，中位 0 米，p90 0，p95 0；真值在自报误差以内 100.0%",
    ]


def test_a_table_without_addresses_cannot_be_evaluated(run, tmp_path):
    (tmp_path / "站.csv").write_text("站名,lng_wgs84,lat_wgs84\n豫园,121.48,31.23\n")
    found = run("evaluate", "站.csv", "--split", "number")
    assert (found.exit_code, "站.csv 里没有地址" in found.stderr) == (1, True)
