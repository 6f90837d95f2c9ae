"""`zhitu access`: half-days for 1000 workers by the measures of the field, and how even."""

from collections.abc import Iterator
from typing import Any

import click

from geodata.measures.access import AccessView, DistrictAccess, Impedance, Measure, access_view
from geodata.queries import ask
from service.columns import table
from service.commands.coverage import asks, in_scenario, question
from service.settings import Settings
from service.terminal import opened, say

_MEASURES = {
    Measure.TWO_STEP: "两步移动搜索法（2SFCA）",
    Measure.MODIFIED: "改进的两步法（M2SFCA）",
    Measure.THREE_STEP: "三步移动搜索法（3SFCA）",
}
_IMPEDANCES = {
    Impedance.BANDS: "按距离分档 1／0.68／0.22",
    Impedance.BINARY: "半径以内都算 1",
    Impedance.EXPONENTIAL: "指数衰减，半径处 0.1",
    Impedance.GAUSSIAN: "高斯衰减，半径处 0.1",
}
_SHOWN = 10


@click.command()
@asks
@in_scenario
@click.option("--measure", type=click.Choice([m.value for m in Measure]), default="2sfca")
@click.option("--impedance", type=click.Choice([i.value for i in Impedance]), default="bands")
@click.pass_obj
def access(
    settings: Settings, /, *, scenario: str, measure: str, impedance: str, **asked: Any
) -> None:
    """健康服务点每千名职工每周几个半天，各区差多少，匀不匀（专家用）。"""
    with opened(settings) as store:
        found = ask(store, question(**asked), scenario=scenario)
    view = access_view(found, measure=Measure(measure), impedance=Impedance(impedance))
    say(_lines(view, found.parameters.walking))


def _lines(view: AccessView, walking: str) -> Iterator[str]:
    yield f"每千名职工每周 {_number(view.per_1000)} 个半天；计入职工 {view.workers:,} 人"
    even = "无法计算（没有人走得到）" if view.gini is None else f"{view.gini:.3f}"
    yield (
        f"基尼系数（按职工加权，0 最匀）{even}；"
        f"走不到任何点的职工 {view.unreached:,} 人；未计入 {view.uncounted} 处"
    )
    yield (
        f"口径：{_MEASURES[view.measure]}，{_IMPEDANCES[view.impedance]}；"
        f"步行 {view.radius_m:.0f} 米以内，距离为{walking}；每周半天数未填的按 1 个算"
    )
    yield ""
    yield from table(
        ("区", "职工", "每千人半天", "分到的半天"), [_row(one) for one in view.districts]
    )
    if view.idle:
        shown = "、".join(view.idle[:_SHOWN]) + ("……" if len(view.idle) > _SHOWN else "")
        yield f"没有职工走得到的健康服务点 {len(view.idle)} 处：{shown}"


def _row(one: DistrictAccess) -> tuple[str, ...]:
    workers = f"{one.workers:,}" if one.workers else "—"
    return (one.district, workers, _number(one.per_1000), f"{one.available:.1f}")


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
