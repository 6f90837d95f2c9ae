"""Duplicates on the command line, and the old links of places merged away."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from geodata.duplicates.merge import merge, unmerge
from geodata.duplicates.said import Said
from geodata.store import Store
from geodata.tables import Place
from service.cli import main

SAID = Said("规划员", datetime(2026, 1, 2))  # noqa: DTZ001 - stored without a zone
TABLE = """名称,类别,区,地址,开放时间,经度,纬度,坐标系
前滩“乐湾”驿站,工间休息室,浦东新区,海阳西路1号,24小时,121.4690,31.1600,WGS-84
前滩乐湾职工驿站,工间休息室,浦东新区,海阳西路3号,,121.4694,31.1600,WGS-84
高行驿站,工间休息室,浦东新区,东靖路9号,,121.6,31.3,WGS-84
"""
ASKED = (
    "  1“前滩“乐湾”驿站”（浦东新区，海阳西路1号） ～ 2“前滩乐湾职工驿站”（浦东新区，海阳西路3号）："
    "同为职工工间休息室；名称相似 100%；相距 38 米（误差 30、30 米）"
)

Run = Callable[..., list[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `zhitu` on a database with two places that are the same; gives the lines it prints."""
    table = tmp_path / "站点.csv"
    table.write_text(TABLE, encoding="utf-8")

    def command(*arguments: str) -> list[str]:
        database = f"sqlite:///{tmp_path / 'zhitu.sqlite'}"
        result = CliRunner().invoke(main, ["--database", database, *arguments])
        return result.output.splitlines()

    command("import", str(table))
    return command


def test_a_pair_is_listed_with_its_evidence_and_what_to_do(run: Run) -> None:
    assert run("duplicates", "list") == [
        "站点（--of place）：1 对",
        ASKED,
        "是同一处：zhitu duplicates merge 保留的编号 并入的编号",
        "不是同一处：zhitu duplicates apart 编号 编号",
    ]


def test_a_pair_is_merged_and_parted(run: Run) -> None:
    assert run("duplicates", "merge", "1", "2") == [
        "已把 2 并入 1。撤销：zhitu duplicates unmerge 2",
        "  归入 1 的服务：前滩乐湾职工驿站",
    ]
    assert run("duplicates", "list") == ["没有疑似重复。"]
    assert run("duplicates", "unmerge", "2") == ["已撤销：2 与 1 分开，各自恢复原样。"]
    assert run("duplicates", "list") == ["没有疑似重复。"]
    assert run("duplicates", "unmerge", "2") == ["Error: 编号 2 没有并入别的记录，无从撤销。"]


def test_a_pair_kept_apart_is_no_longer_listed(run: Run) -> None:
    assert run("duplicates", "apart", "2", "1") == ["已记住：2 和 1 不是同一处。"]
    assert run("duplicates", "list") == ["没有疑似重复。"]


def merged(store: Store) -> None:
    with store.writing() as session:
        merge(session, Place, 1, 3, SAID)


def test_the_link_of_a_merged_place_leads_to_where_it_stands(
    client: FlaskClient, city: Store
) -> None:
    merged(city)
    answer = client.get("/p/3?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/p/1?lang=en")
    assert client.get("/places/3.json").get_json()["id"] == 1
    with city.writing() as session:
        unmerge(session, Place, 3, SAID)
    assert client.get("/p/3").status_code == 200


def test_a_place_that_never_was_is_still_not_found(client: FlaskClient, city: Store) -> None:
    merged(city)
    assert [client.get(path).status_code for path in ("/p/99", "/places/99.json")] == [404, 404]
