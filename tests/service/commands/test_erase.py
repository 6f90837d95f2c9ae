"""`zhitu erase`: asked for, counted, deleted, receipted; no person in the output or the history."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geodata.store import Store
from geodata.tables import Contact
from service.cli import main

MOBILE = "19900004242"


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'zhitu.sqlite'}"
    store = Store.open(url)
    with store.writing() as session:
        session.add(
            Contact(
                record_table="place", record_id=1, name="金丝雀甲", mobile=MOBILE, email="", role=""
            )
        )
    store.close()
    return url


def run(database: str, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["--database", database, "erase", *arguments], input=typed)


def test_what_is_held_is_told_and_stays(database: str) -> None:
    for _ in range(2):
        told = run(database, "--find", "199-0000-4242")
        assert (told.exit_code, told.output.splitlines()) == (0, ["找到 1 条：", "  联系人　1 条"])


def test_a_person_is_asked_for_unseen_and_deleted_once_confirmed(database: str) -> None:
    assert "凭证" not in run(database, typed=f"{MOBILE}\nn\n").output
    done = run(database, typed=f"{MOBILE}\ny\n")
    assert (done.exit_code, MOBILE in done.output) == (0, False)
    assert "个人信息删除凭证" in done.output
    assert run(database, "--find", MOBILE).output.splitlines()[1:] == ["没有找到这个人的数据。"]


def test_the_receipt_can_be_had_again(database: str) -> None:
    first = run(database, MOBILE, "--yes").output.splitlines()
    number = run(database, "--list").output.split("　")[0]
    assert run(database, "--receipt", number).output.splitlines() == first[2:]


def test_a_name_alone_is_refused(database: str) -> None:
    refused = run(database, "金丝雀甲", "--yes")
    assert (refused.exit_code, "只凭姓名" in refused.output) == (1, True)


def test_where_there_is_no_database_nobody_is_told_that_nothing_is_kept(tmp_path: Path) -> None:
    told = run(f"sqlite:///{tmp_path / 'absent.sqlite'}", "--find", MOBILE)
    assert (told.exit_code, "没有这个数据库文件" in told.output) == (1, True)
    assert list(tmp_path.iterdir()) == []
