"""`zhitu account`: passwords are asked for or made up, never arguments."""

from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from geodata.accounts import book, passwords
from geodata.accounts.book import Reach
from geodata.accounts.roles import Role
from geodata.store import Store
from service.cli import main
from service.commands.accounts import account

PASSWORD = "another word 7"


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'zhitu.sqlite'}"


def run(database: str, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["--database", database, "account", *arguments], input=typed)


def fits(database: str, login: str, password: str) -> bool:
    with closing(Store.open(database)) as store, store.reading() as session:
        return passwords.check(book.find(session, login).password_hash, password).right


def test_a_password_is_asked_for_twice_and_not_shown(database: str) -> None:
    asked = ("add", "pudong.post", "--role", "editor", "--district", "浦东新区")
    done = run(database, *asked, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert (done.exit_code, PASSWORD in done.output) == (0, False)
    assert done.output.splitlines()[-1] == "已建账号 pudong.post。"
    assert fits(database, "pudong.post", PASSWORD)


def test_a_made_up_password_is_shown_once(database: str) -> None:
    done = run(database, "add", "post.one", "--role", "admin", "--make-up")
    shown = done.output.splitlines()[-1].removeprefix("口令（只显示这一次）：")
    assert fits(database, "post.one", shown)
    again = run(database, "password", "post.one", "--make-up")
    shown_again = again.output.splitlines()[-1].removeprefix("口令（只显示这一次）：")
    assert [fits(database, "post.one", word) for word in (shown, shown_again)] == [False, True]


def test_no_option_and_no_argument_takes_a_password() -> None:
    taken = {
        (command.name, parameter.name)
        for command in account.commands.values()
        for parameter in command.params
        if isinstance(parameter, click.Option | click.Argument)
        and "password" in str(parameter.name)
        and not getattr(parameter, "is_flag", False)
    }
    assert taken == set()


def test_accounts_are_listed_changed_and_shut_out(database: str) -> None:
    run(database, "add", "post.one", "--role", "viewer", "--no-password")
    run(database, "role", "post.one", "reviewer", "--union", "市教育工会")
    run(database, "off", "post.one")
    assert [line.split() for line in run(database, "list").output.splitlines()] == [
        ["账号：1", "个（设置里的内置账号", "admin", "不列出）"],
        ["账号", "角色", "范围", "状态", "最近登录"],
        ["post.one", "审核", "市教育工会", "已停用", "从未"],
    ]
    run(database, "on", "post.one")
    with closing(Store.open(database)) as store, store.reading() as session:
        row = book.find(session, "post.one")
        assert (row.active, book.reach_of(row)) == (True, Reach(Role.REVIEWER, (), ("市教育工会",)))


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "张三", "--role", "viewer", "--make-up"),
        ("add", "post.one", "--role", "viewer", "--district", "浦西区", "--make-up"),
        ("role", "nobody", "viewer"),
        ("off", "admin"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(database: str, arguments: tuple[str, ...]) -> None:
    done = run(database, *arguments)
    assert (done.exit_code, done.output.startswith("Error: ")) == (1, True)
    assert "Traceback" not in done.output
