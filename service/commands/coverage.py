"""`zhitu gaps`, `zhitu why`: who is served, who is not, and why."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from geodata.answers.answer import Answer
from geodata.answers.cuts import cuts
from geodata.answers.groups import By
from geodata.answers.operators import by_operator
from geodata.answers.question import Hour, Question
from geodata.answers.saved import differences, parameters_of, saved
from geodata.answers.week import week
from geodata.answers.why import find_site, why
from geodata.coverage.gaps import RADIUS_M
from geodata.coverage_rows import view_of
from geodata.errors import ParameterError, SettingsError, UnreadableFileError
from geodata.queries import ask, change_between
from geodata.store import Store
from service.console import gap_lines
from service.coverage_lines import change_lines, cut_lines, operator_lines, week_lines, why_lines
from service.settings import Settings
from service.terminal import opened, say

OPERATOR = "operator"
WAYS = (*(by.value for by in By), OPERATOR)
Command = Callable[..., Any]


def asks(command: Command) -> Command:
    """The options of a question, handed on as one `asked`."""
    options = (
        click.option("--radius", default=RADIUS_M, show_default=True, help="步行半径，米"),
        click.option("--rectifying", is_flag=True, help="黄牌（整改中）也算"),
        click.option("--hour", default="", help="一周里的某个钟点，如 周三12:00：只算那时开着的"),
        click.option("--as-of", default="", help="截至某一天，如 2026-03-31"),
    )
    for option in reversed(options):
        command = option(command)
    return command


in_scenario = click.option("--scenario", default="", help="按某个方案（zhitu scenario list）")


def question(*, radius: float, rectifying: bool, hour: str, as_of: str) -> Question:
    """The options as a question.

    Raises:
        ParameterError: one of them is not what it takes.
    """
    if not 0 < radius <= 20_000:
        raise ParameterError("--radius 要是 0 到 20000 之间的米数")
    at = Hour.read(hour) if hour else None
    return Question(radius, rectifying, at, day(as_of, "--as-of") if as_of else None)


def day(text: str, option: str) -> date:
    """A date written as 2026-03-31.

    Raises:
        ParameterError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ParameterError(f"{option} 要写成 2026-03-31，收到：{text[:20]}") from error


@click.command("gaps")
@asks
@in_scenario
@click.option("--by", type=click.Choice(WAYS), help="只看分组：区、街镇、片区、类别、运营单位")
@click.option("--week", "whole_week", is_flag=True, help="一周里各个钟点的覆盖率")
@click.option("--since", default="", help="和那一天比，各区多（少）覆盖了多少职工")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="连参数存成文件")
@click.option(
    "--recompute",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="按存的文件重算，说出有没有差别",
)
@click.pass_obj
def gaps(
    settings: Settings,
    /,
    *,
    scenario: str,
    by: str | None,
    whole_week: bool,
    since: str,
    save: Path | None,
    recompute: Path | None,
    **asked: Any,
) -> None:
    """谁走不到健康服务点，哪里吃午餐难。"""
    with opened(settings) as store:
        if recompute is not None:
            say(_recomputed(store, recompute))
            return
        what = question(**asked)
        if since:
            if scenario or save or by:
                raise ParameterError("--since 只和半径、黄牌、钟点、--as-of 一起用")
            say(change_lines(change_between(store, day(since, "--since"), what.as_of, asked=what)))
            return
        found = ask(store, what, scenario=scenario)
        if save is not None:
            _write(save, saved(found))
            say((f"已存 {save}",))
        say(week_lines(week(found), found.parameters) if whole_week else _lines(found, by))


@click.command("why")
@click.argument("site")
@asks
@in_scenario
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def why_(settings: Settings, /, *, site: str, scenario: str, as_json: bool, **asked: Any) -> None:
    """一个园区、楼宇、商圈（名称或编号）为什么算覆盖或空白，什么能改变它。"""
    with opened(settings) as store:
        found = ask(store, question(**asked), scenario=scenario)
        sheet = why(found, find_site(found, site))
    if as_json:
        say((json.dumps(asdict(sheet), ensure_ascii=False, indent=2),))
    else:
        say(why_lines(sheet))


def _lines(found: Answer, by: str | None) -> Iterator[str]:
    if by is None:
        yield from gap_lines(view_of(found))
    elif by == OPERATOR:
        yield from operator_lines(by_operator(found), found.parameters)
    else:
        yield from cut_lines(cuts(found, By(by)), By(by), found.parameters)


def _recomputed(store: Store, file: Path) -> Iterator[str]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"{file} 读不出来：要 zhitu gaps --save 存的文件。") from error
    was = parameters_of(document)
    now = json.loads(json.dumps(saved(ask(store, was.question, scenario=was.scenario))))
    told = list(differences(document, now))
    if told:
        yield f"和 {file.name} 有 {len(told)} 处差别："
        yield from (f"  {line}" for line in told)
    else:
        yield f"和 {file.name} 一字不差（数据版本 {was.data_version}，程序 {was.software_version}）"


def _write(file: Path, document: dict[str, Any]) -> None:
    try:
        text = json.dumps(document, ensure_ascii=False, indent=1)
        file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"写不进 {file}：{error.strerror}。请换一个目录。") from error
