"""`zhitu account`: who may sign in, from the command line; passwords are never arguments."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

from geodata.accounts import book, passwords
from geodata.accounts.book import Reach
from geodata.accounts.roles import ROLE_LABELS, Role
from geodata.tables import Account
from service.columns import table
from service.settings import Settings
from service.terminal import opened, say

F = TypeVar("F", bound=Callable[..., Any])
BY = "命令行"


def reach(command: F) -> F:
    """The options that say where a role holds."""
    district = click.option(
        "--district", "districts", multiple=True, help="只管这个区，可以写几次；不写是全市"
    )
    union = click.option(
        "--union", "unions", multiple=True, help="只管这个区局（产业）工会，可以写几次"
    )
    return district(union(command))


ROLE = click.Choice([str(role) for role in Role])


@click.group()
def account() -> None:
    """账号：谁能登录，什么角色，管哪里。"""


@account.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """全部账号。"""
    with opened(settings) as store, store.reading() as session:
        say(_listed(book.everyone(session)))


@account.command()
@click.argument("login")
@click.option("--role", type=ROLE, required=True, help="角色：查看、编辑、审核、管理员")
@reach
@click.option("--make-up", is_flag=True, help="生成一个口令，只显示这一次（默认问你）")
@click.option("--no-password", is_flag=True, help="不设口令，只能用单位的统一登录")
@click.pass_obj
def add(
    settings: Settings,
    login: str,
    *,
    role: str,
    districts: tuple[str, ...],
    unions: tuple[str, ...],
    make_up: bool,
    no_password: bool,
) -> None:
    """新建账号：zhitu account add pudong.bianji --role editor --district 浦东新区"""
    found = Reach.read(role, districts, unions)
    login = book.login_of(login)
    password = "" if no_password else _password(make_up=make_up)
    with opened(settings) as store, store.writing() as session:
        book.add(session, login, found, password=password, by=BY)
    click.echo(f"已建账号 {login}。")
    _show_once(password, make_up=make_up)


@account.command("role")
@click.argument("login")
@click.argument("role", type=ROLE)
@reach
@click.pass_obj
def role_(
    settings: Settings,
    login: str,
    role: str,
    *,
    districts: tuple[str, ...],
    unions: tuple[str, ...],
) -> None:
    """改角色和范围；没有写的区和工会就不管了。它的登录马上退出。"""
    found = Reach.read(role, districts, unions)
    with opened(settings) as store, store.writing() as session:
        book.set_reach(session, login, found, by=BY)
    click.echo(f"已改：{login} 是{ROLE_LABELS[found.role][0]}，{_where(found)}。")


@account.command()
@click.argument("login")
@click.option("--make-up", is_flag=True, help="生成一个口令，只显示这一次（默认问你）")
@click.pass_obj
def password(settings: Settings, login: str, *, make_up: bool) -> None:
    """换口令；它的登录马上退出。"""
    given = _password(make_up=make_up)
    with opened(settings) as store, store.writing() as session:
        book.set_password(session, login, given, by=BY)
    click.echo(f"已换 {login} 的口令。")
    _show_once(given, make_up=make_up)


@account.command()
@click.argument("login")
@click.pass_obj
def off(settings: Settings, login: str) -> None:
    """停用：登录和令牌马上失效，记录都还在。"""
    with opened(settings) as store, store.writing() as session:
        book.switch(session, login, on=False, by=BY)
    click.echo(f"已停用 {login}。")


@account.command()
@click.argument("login")
@click.pass_obj
def on(settings: Settings, login: str) -> None:
    """重新启用。"""
    with opened(settings) as store, store.writing() as session:
        book.switch(session, login, on=True, by=BY)
    click.echo(f"已启用 {login}。")


def _password(*, make_up: bool) -> str:
    if make_up:
        return passwords.made_up()
    asked: str = click.prompt("口令", hide_input=True, confirmation_prompt="再写一遍")
    return asked


def _show_once(password: str, *, make_up: bool) -> None:
    if password and make_up:
        click.echo(f"口令（只显示这一次）：{password}")


def _listed(rows: Any) -> Iterator[str]:
    yield f"账号：{len(rows)} 个（设置里的内置账号 {book.BUILT_IN} 不列出）"
    if rows:
        yield from table(("账号", "角色", "范围", "状态", "最近登录"), [_row(row) for row in rows])


def _row(row: Account) -> tuple[str, ...]:
    found = book.reach_of(row)
    seen = f"{row.signed_in_at:%Y-%m-%d}" if row.signed_in_at else "从未"
    return (
        row.login,
        ROLE_LABELS[found.role][0],
        _where(found),
        "可用" if row.active else "已停用",
        seen,
    )


def _where(found: Reach) -> str:
    return "、".join((*found.districts, *found.unions)) or "全市"
