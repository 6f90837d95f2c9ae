"""`zhitu check`: the settings in force, then what is not as it should be."""

from collections.abc import Iterator
from dataclasses import asdict
from json import dumps

import click

from service.checking.finding import Finding, Mark
from service.checking.findings import findings
from service.settings import Given
from service.settings.shown import Shown, effective
from service.terminal import say


@click.command()
@click.option("--json", "as_json", is_flag=True, help="写成 JSON")
@click.pass_context
def check(ctx: click.Context, /, *, as_json: bool) -> None:
    """列出生效的设置，检查数据库、磁盘、时钟、数据和地图资源。什么也不改。"""
    given = ctx.ensure_object(Given)
    found = list(findings(given))
    say(_json(given, found) if as_json else _lines(given, found))
    if any(one.mark is Mark.WRONG for one in found):
        raise SystemExit(1)


def _lines(given: Given, found: list[Finding]) -> Iterator[str]:
    yield f"设置（文件：{given.toml or '没有用'}）"
    yield from map(_setting, effective(given))
    yield "检查"
    yield from (f"{one.mark} {one.what}：{one.detail}" for one in found)


def _setting(one: Shown) -> str:
    return f"  {one.name} = {one.value or '（空）'}  ［{one.origin}］"


def _json(given: Given, found: list[Finding]) -> Iterator[str]:
    settings = [asdict(one) for one in effective(given)]
    told = [asdict(one) | {"mark": one.mark.name.lower()} for one in found]
    yield dumps({"settings": settings, "findings": told}, ensure_ascii=False, indent=2)
