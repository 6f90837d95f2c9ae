"""`zhitu duty`: what health points must hold, what they held, and a calendar of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click

from geodata.duty.feed import ics
from geodata.duty.rules import (
    ANNOUNCED,
    DUTY_LABELS,
    DUTY_TERMS,
    NOTICE_LABELS,
    STATE_LABELS,
    Duty,
    Event,
    Standing,
    State,
    notice,
)
from geodata.duty.store import PointDuty, forget, health_point, point_duties, record
from geodata.errors import ParameterError, SettingsError
from geodata.place.district import load_districts
from service.clock import today
from service.columns import table
from service.settings import Settings
from service.terminal import opened, say

DUTIES = {label: duty for duty in Duty for label in (DUTY_LABELS[duty][0].removeprefix("定期"),)}
_TO_DO = frozenset({State.OVERDUE, State.DUE})


@click.group()
def duty() -> None:
    """健康服务点“两固三定”：定期咨询、访视、讲座。"""


@duty.command("list")
@click.option("--on", "day", help="到哪一天为止，例如 2026-03-31（默认今天）")
@click.option("--district", default="", help="只看一个区")
@click.option("--all", "whole", is_flag=True, help="做到了的也列出")
@click.pass_obj
def list_(settings: Settings, *, day: str | None, district: str, whole: bool) -> None:
    """哪个点该做什么了，哪个逾期了。"""
    upto = _day(day) if day else today()
    say(_lines(_points(settings, upto, district), upto, whole=whole))


@duty.command("record")
@click.argument("point")
@click.argument("what", type=click.Choice(list(DUTIES)))
@click.argument("on")
@click.option("--announced", help="哪一天公示的")
@click.option("--note", default="", help="备注（不要写个人信息）")
@click.option("--by", default="", help="哪个部门记的")
@click.pass_obj
def record_(
    settings: Settings,
    *,
    point: str,
    what: str,
    on: str,
    announced: str | None,
    note: str,
    by: str,
) -> None:
    """记一次已办或已安排的：zhitu duty record 名称或编号 访视 2026-03-12 --announced 2026-03-02"""
    event = Event(DUTIES[what], _day(on), _day(announced) if announced else None)
    with opened(settings) as store, store.writing() as session:
        number = record(session, health_point(session, point), event, note=note, by=by)
    click.echo(f"已记为第 {number} 条。记错了：zhitu duty forget {number}")
    if event.duty in ANNOUNCED:
        click.echo(f"公示：{NOTICE_LABELS[notice(event, today())][0]}（应提前 1 至 2 周）")


@duty.command("forget")
@click.argument("number", type=int)
@click.pass_obj
def forget_(settings: Settings, number: int) -> None:
    """删掉记错的一条。"""
    with opened(settings) as store, store.writing() as session:
        forget(session, number)
    click.echo(f"已删掉第 {number} 条。")


@duty.command("ics")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--district", default="", help="只要一个区的")
@click.pass_obj
def ics_(settings: Settings, out: Path, district: str) -> None:
    """生成日历文件，手机和电脑的日历都能导入。"""
    points = _points(settings, today(), district)
    text = ics(points, today=today(), stamp=datetime.now(UTC))
    try:
        out.write_bytes(text.encode())
    except OSError as error:
        raise SettingsError(f"写不进 {out}：{error.strerror}。请换一个目录。") from error
    click.echo(f"已生成 {out}（{text.count('BEGIN:VEVENT')} 条日程）")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ParameterError(f"日期要写成 2026-03-12 这样，收到：{text[:20]}") from error


def _points(settings: Settings, upto: date, district: str) -> tuple[PointDuty, ...]:
    if district:
        load_districts().code(district)
    with opened(settings) as store, store.reading() as session:
        return point_duties(session, today=upto, district=district)


def _lines(points: tuple[PointDuty, ...], upto: date, *, whole: bool) -> Iterator[str]:
    recorded = [point for point in points if point.events]
    rows = [
        (point, standing)
        for point in recorded
        for standing in point.standings
        if whole or standing.state in _TO_DO or standing.announce_by is not None
    ]
    rows.sort(key=lambda row: (row[1].state is not State.OVERDUE, row[1].due_by, row[0].id))
    yield f"截至 {upto}：在用健康服务点 {len(points)} 处，有记录的 {len(recorded)} 处"
    yield from table(
        ("编号", "健康服务点", "区", "事项", "状态", "欠", "上次", "下次", "最迟完成", "最迟公示"),
        [_row(point, standing) for point, standing in rows],
    )
    terms = "，".join(f"{DUTY_LABELS[one][0]}{DUTY_TERMS[one][0]}" for one in Duty)
    yield f"口径：{terms}；访视、讲座提前 1 至 2 周公示；按自然周、自然月、双月算，从第一条记录起算"
    unknown = [point for point in points if not point.events]
    if unknown:
        yield f"没有任何记录的 {len(unknown)} 处（不知道，不算逾期）："
        yield from (f"  {point.id} {point.name}（{point.district}）" for point in unknown)


def _row(point: PointDuty, standing: Standing) -> tuple[str, ...]:
    return (
        str(point.id),
        point.name,
        point.district,
        DUTY_LABELS[standing.duty][0],
        STATE_LABELS[standing.state][0],
        f"{standing.missed} 期" if standing.missed else "",
        _shown(standing.last),
        _shown(standing.next),
        str(standing.due_by),
        _shown(standing.announce_by),
    )


def _shown(day: date | None) -> str:
    return "—" if day is None else str(day)
