"""`zhitu lunch`: 午餐难 as a programme, declared against computed."""

from collections.abc import Iterator

import click

from geodata.answers.question import Question
from geodata.coverage.lunch import GOAL_SITES, GOAL_WORKERS, RHO, LunchBox
from geodata.measures.lunch import LunchProgramme, lunch_programme
from geodata.queries import ask
from service.columns import table
from service.commands.coverage import in_scenario
from service.settings import Settings
from service.terminal import opened, say

_BOXES = {
    LunchBox.BOTH: "区里申报，也算出来",
    LunchBox.DECLARED_ONLY: "区里申报，没有算出来",
    LunchBox.COMPUTED_ONLY: "没有申报，算出来",
    LunchBox.NEITHER: "没有申报，也没有算出来",
    LunchBox.NO_DATA: "缺数据，算不了",
}


@click.command()
@in_scenario
@click.pass_obj
def lunch(settings: Settings, *, scenario: str) -> None:
    """午餐难：申报的和算出来的对照；按方案能解决多少，离年度目标多远。"""
    with opened(settings) as store:
        now = ask(store, Question())
        planned = ask(store, Question(), scenario=scenario) if scenario else None
    say(_lines(lunch_programme(now, planned)))


def _lines(found: LunchProgramme) -> Iterator[str]:
    yield f"名单 {found.listed} 处，职工 {found.listed_workers:,} 人"
    yield from table(
        ("申报与计算", "处", "职工"),
        [(_BOXES[one.box], str(one.sites), f"{one.workers:,}") for one in found.boxes],
    )
    aim = f"不少于 {GOAL_SITES} 处、{GOAL_WORKERS:,} 名职工"
    if found.solved is None:
        yield f"年度目标：解决{aim}；试一个方案：zhitu lunch --scenario 方案名"
    else:
        reached = "达到" if found.solved.reached else "没有达到"
        yield (
            f"按这个方案解决 {found.solved.sites} 处、{found.solved.workers:,} 名职工，"
            f"{reached}年度目标（{aim}）"
        )
    yield (
        f"口径：需餐 = 职工 × {RHO}；缺口 ≥ 30% 且需餐 ≥ 200 份算难；"
        "解决 = 缺口从 30% 以上降到 30% 以下；职工数未知的只计处数"
    )
