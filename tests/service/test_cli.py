"""The command line, as a new user meets it: on the samples that ship, in an empty folder."""

import inspect
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from geodata.kinds import Kind
from geodata.store import Store
from geodata.tables import Contact, Place, ServicePoint, SourceRow
from service.cli import main
from service.commands import COMMANDS, load

ROOT = Path(__file__).parents[2]
CANARY = re.compile(r"金丝雀|1990000\d{4}|example\.invalid")


@dataclass(frozen=True)
class Demo:
    """The demo's output and the database it left."""

    output: str
    database: str

    def line(self, *words: str) -> str:
        """The only line that holds all the words."""
        (found,) = [row for row in self.output.splitlines() if all(w in row for w in words)]
        return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    database = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'zhitu.sqlite'}"
    result = CliRunner().invoke(main, ["--database", database, "demo", "--no-serve"])
    assert result.exit_code == 0, result.output
    return Demo(result.output, database)


@pytest.fixture
def store(demo: Demo) -> Iterator[Store]:
    with closing(Store.open(demo.database)) as opened:
        yield opened


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def places_of(store: Store, file: str) -> list[Place]:
    """The places read from one of the files."""
    mine = select(SourceRow.record_id).where(SourceRow.file == file)
    with store.reading() as session:
        return list(session.scalars(select(Place).where(Place.id.in_(mine)).order_by(Place.id)))


@pytest.mark.parametrize(("kind", "stored"), [(Kind.TRAINING_POINT, 25), (Kind.SERVICE_CENTRE, 16)])
def test_all_training_points_and_centres_are_stored(store: Store, kind: Kind, stored: int) -> None:
    with store.reading() as session:
        rows = session.scalars(select(ServicePoint).where(ServicePoint.kind == kind)).all()
    assert len(rows) == stored


def test_every_real_place_is_within_200_m_or_listed_with_its_reason(
    demo: Demo, store: Store
) -> None:
    listed = demo.output.split("有名无址或未落图的站点：")[1]
    real = [place for place in store.snapshot().places if not place.sample]
    loose = [p.name for p in real if p.placed and (p.error_m is None or p.error_m > 200)]
    silent = [p.name for p in real if not p.placed and not (p.reason and p.name in listed)]
    assert (loose, silent) == ([], [])
    # The README says how many of those with an address lie on the map.
    assert (sum(bool(p.address) for p in real), sum(p.placed for p in real)) == (47, 21)


def test_jinshan_is_shown_without_a_training_point(demo: Demo) -> None:
    assert demo.line("没有轨交培训点的区") == "没有轨交培训点的区：金山区"


def test_point_16_is_flagged_because_its_district_is_in_doubt(demo: Demo) -> None:
    flagged = demo.line("位置却在闵行区")
    assert "第 18 行" in flagged
    assert "浦东新区（由上面的合并单元格带下来）" in flagged


def test_all_fifteen_pudong_stations_are_there_nine_of_them_named_only(store: Store) -> None:
    places = places_of(store, "浦东新区职工服务阵地-2025.csv")
    assert len(places) == 15
    assert [place.name for place in places if place.reason == "no_address"] == [
        "金桥国际驿站",
        "航头镇宁馨药房驿站",
        "金桥能量户外职工驿站",
        "祝桥镇“司机之家”",
        "伟创力品质生活馆",
        "金高公交“沁润书坊”",
        "曹路停车场“苔舍”",
        "“四季暖心”间休息室",
        "“闲逸坊”间休息室",
    ]


def test_penghai_is_one_place_with_three_services(store: Store) -> None:
    (place,) = [p for p in store.snapshot().places if "鹏海" in p.name]
    assert place.kinds == (Kind.OUTDOOR_STATION, Kind.REST_ROOM, Kind.MOTHERS_ROOM)


def test_invented_samples_are_said_to_be_invented(demo: Demo) -> None:
    assert "名称以“示例”开头的是示例数据，非真实点位" in demo.output.splitlines()


def test_the_demo_run_again_changes_nothing(demo: Demo) -> None:
    code, output = run("--database", demo.database, "demo", "--no-serve")
    assert code == 0
    assert set(re.findall(r"新增 (\d+)，更新 (\d+)", output)) == {("0", "0")}


def test_contacts_are_stored_and_never_printed(demo: Demo, store: Store) -> None:
    with store.reading() as session:
        assert len(session.scalars(select(Contact)).all()) > 0
    _, gaps = run("--database", demo.database, "gaps")
    assert CANARY.findall(demo.output + gaps) == []


def test_gaps_answers_for_the_radius_asked(demo: Demo) -> None:
    code, output = run("--database", demo.database, "gaps", "--radius", "500")
    assert code == 0
    assert "口径：步行 500 米以内，距离为直线 × 1.3 估算" in output


def test_a_map_is_written_into_one_file_without_contacts(demo: Demo, tmp_path: Path) -> None:
    out = tmp_path / "地图.html"
    code, output = run("--database", demo.database, "map", "--out", str(out))
    assert (code, output.startswith(f"已生成 {out}")) == (0, True)
    page = out.read_text(encoding="utf-8")
    assert "示例" in page
    assert re.findall(r"截至 \d{4}-\d{2}-\d{2}", page) != []
    assert CANARY.findall(page) == []


def test_check_names_what_it_looked_at(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("ZHITU_")]:
        monkeypatch.delenv(name)  # such as say which layers must run
    code, output = run("--database", demo.database, "check")
    assert code == 0
    found = output.partition("检查\n")[2].splitlines()
    assert [line.split("：")[0] for line in found] == [
        "✓ 时钟",
        "✓ 数据库",
        "✓ 库中数据",
        "! 备份",
        "! 规划登录",
        "✓ 区界与街镇",
        "✓ 地名库",
        "✓ 在线地理编码",
        "✓ 步行路网",
        "✓ 地图资源",
        "✓ 磁盘",
        "✓ 磁盘",
    ]


def test_a_refused_file_is_one_sentence_and_does_not_stop_the_next(tmp_path: Path) -> None:
    price = tmp_path / "价目.csv"
    price.write_text("品名,单价\n盒饭,20\n", encoding="utf-8")
    good = tmp_path / "站点.csv"
    good.write_text("名称,类别,地址\n甲站,户外职工驿站,\n", encoding="utf-8")
    database = f"sqlite:///{tmp_path / 'z.sqlite'}"
    code, output = run("--database", database, "import", str(price), str(good))
    assert code == 1
    assert "价目.csv：没有导入。" in output
    assert "新增 1" in output


def test_a_person_in_a_refused_file_s_name_is_not_printed(tmp_path: Path) -> None:
    price = tmp_path / "价目 联系人：金丝雀甲 19900000001.csv"
    price.write_text("品名,单价\n盒饭,20\n", encoding="utf-8")
    code, output = run("--database", f"sqlite:///{tmp_path / 'z.sqlite'}", "import", str(price))
    assert (code, "没有导入。" in output, CANARY.findall(output)) == (1, True, [])


@pytest.mark.parametrize("database", ["mysql://x", "sqlite:////proc/none/x.sqlite"])
def test_a_database_that_cannot_be_opened_is_one_sentence(database: str) -> None:
    code, output = run("--database", database, "gaps")
    assert (code, output.count("\n"), output[:7]) == (1, 1, "Error: ")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'z.sqlite'}"
    code, output = run("--database", database, "import", str(tmp_path / "没有.xlsx"))
    assert (code, "没有.xlsx：没有导入。" in output) == (1, True)


def test_a_terminal_without_chinese_still_gets_the_whole_answer(demo: Demo) -> None:
    environ = os.environ | {"PYTHONIOENCODING": "ascii"}
    code = "from service.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--database", demo.database, "gaps"],
        env=environ,
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"60.8%" in done.stdout


def test_a_file_is_named_once_where_no_one_watches_a_bar(tmp_path: Path) -> None:
    file = tmp_path / "站点.csv"
    file.write_text("名称,类别,地址\n甲站,户外职工驿站,\n", encoding="utf-8")
    _, output = run("--database", f"sqlite:///{tmp_path / 'z.sqlite'}", "import", str(file))
    assert output.count("站点.csv") == 1


def test_a_port_in_use_is_one_sentence(demo: Demo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code = "from service.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code, "--database", demo.database, "serve", f"--port={port}"],
            capture_output=True,
            check=False,
            cwd=ROOT,
            encoding="utf-8",
        )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"127.0.0.1:{port} 用不了" in done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_listed_by_its_name_and_first_line(name: str) -> None:
    command = load(name)
    assert command is not None
    first = inspect.cleandoc(command.help or "").partition("\n\n")[0]
    assert (command.name, first) == (name, COMMANDS[name][1])


def test_every_command_of_the_folder_is_listed() -> None:
    folder = ROOT / "service" / "commands"
    there = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert {where.partition(".")[0] for where, _ in COMMANDS.values()} == there
    assert list(COMMANDS) == sorted(COMMANDS)


@pytest.mark.parametrize(("words", "code"), [("--help", 0), ("--version", 0), ("nosuch", 2)])
def test_the_list_of_commands_loads_none_of_them(words: str, code: int) -> None:
    program = (
        "import sys\nfrom service.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    assert not {'sqlalchemy', 'numpy', 'flask'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, words], check=False, cwd=ROOT)
    assert done.returncode == code


def test_the_program_tells_its_version() -> None:
    assert run("--version") == (0, version("zhitu") + "\n")
