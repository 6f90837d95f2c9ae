"""`zhitu review`: addresses a person must look at, and what he decides about them."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click
from sqlalchemy.orm import Session

from geodata.model import Datum, Level
from geodata.moments import utc_now
from geodata.place.candidate import DOUBT_LABELS
from geodata.place.locate import Locator
from geodata.review import actions, links
from geodata.review.decisions import ACTION_LABELS, Action
from geodata.review.queue import Item, item, queue, ref_of, resolve
from geodata.review.stored import rows_at
from geodata.tables import Decision
from service.columns import table
from service.geocode_report import LEVEL_LABELS
from service.settings import Settings
from service.terminal import opened, say
from service.workshop import locator

F = TypeVar("F", bound=Callable[..., Any])

DATUMS = click.Choice([datum.value for datum in Datum])
_SHOWN = 40


by_option = click.option(
    "--by", default="规划员", show_default=True, help="谁定的（岗位，不写姓名）"
)


def who(command: F) -> F:
    """The options every decision takes."""
    noted = click.option("--note", default="", help="说明")
    return by_option(noted(command))


@click.group()
def review() -> None:
    """待核定的地址：逐个选定、移动、更正，或者发链接给现场的人。"""


@review.command("list")
@click.option("--all", "whole", is_flag=True, help="全部列出")
@click.pass_obj
def list_(settings: Settings, *, whole: bool) -> None:
    """按受影响职工数 × 误差排列，最要紧的在前；职工数不详的排在后面。"""
    with opened(settings) as store, store.reading() as session:
        items = queue(session)
    say(_listed(items, None if whole else _SHOWN))


@review.command()
@click.argument("key")
@click.pass_obj
def show(settings: Settings, key: str) -> None:
    """一个地址的全部候选、疑问和已作的决定。"""
    with opened(settings) as store, store.reading() as session:
        say(_shown(session, resolve(session, key)))


@review.command()
@click.argument("key")
@click.argument("n", type=int)
@who
@click.pass_obj
def pick(settings: Settings, key: str, n: int, by: str, note: str) -> None:
    """选定第 N 个候选。"""
    _decide(
        settings, key, lambda s, k, where: actions.pick(s, k, n, by=by, note=note, locator=where)
    )


@review.command(context_settings={"ignore_unknown_options": True})
@click.argument("key")
@click.argument("lon", type=float)
@click.argument("lat", type=float)
@click.option("--datum", type=DATUMS, required=True, help="这对经纬度的坐标系")
@who
@click.pass_obj
def move(
    settings: Settings, *, key: str, lon: float, lat: float, datum: str, by: str, note: str
) -> None:
    """把这个地址放到 LON LAT（先经度后纬度）。"""

    def moved(session: Session, canonical: str, where: Locator) -> int:
        given = Datum(datum)
        return actions.move(
            session, canonical, lon, lat, datum=given, by=by, note=note, locator=where
        )

    _decide(settings, key, moved)


@review.command()
@click.argument("key")
@click.argument("address")
@who
@click.pass_obj
def correct(settings: Settings, key: str, address: str, by: str, note: str) -> None:
    """更正地址：以后遇到原来的写法，都按更正后的查。"""

    def corrected(session: Session, canonical: str, where: Locator) -> int:
        return actions.correct(session, canonical, address, by=by, note=note, locator=where)

    _decide(settings, key, corrected)


@review.command("not-a-place")
@click.argument("key")
@who
@click.pass_obj
def not_a_place(settings: Settings, key: str, by: str, note: str) -> None:
    """这个地址不是一个地点（例如只是通信地址），不上图。"""

    def refused(session: Session, canonical: str, where: Locator) -> int:
        return actions.not_a_place(session, canonical, by=by, note=note, locator=where)

    _decide(settings, key, refused)


@review.command()
@click.argument("key")
@by_option
@click.pass_obj
def undo(settings: Settings, key: str, by: str) -> None:
    """撤销已作的决定，重新排进待核定。"""
    _decide(settings, key, lambda s, k, where: actions.undo(s, k, by=by, locator=where))


@review.command()
@click.argument("key")
@click.option("--site", default="", help="网站地址，如 https://map.example.org")
@click.pass_obj
def link(settings: Settings, key: str, site: str) -> None:
    """一次性链接：发给现场的人，站在门口按一下就定位；14 天有效，用一次就作废。"""
    base = site.rstrip("/") or f"http://{settings.host}:{settings.port}"
    with opened(settings) as store, store.writing() as session:
        token = links.make_link(session, resolve(session, key), now=utc_now())
    click.echo(f"{base}/pin/{token}")
    click.echo("这个链接只显示一次，14 天内有效，只能用一次；再发一个，前一个就作废。")


def _decide(settings: Settings, key: str, act: Callable[[Session, str, Locator], int]) -> None:
    with opened(settings) as store:
        where = locator(store, settings.gazetteers)
        with store.writing() as session:
            canonical = resolve(session, key)
            changed = act(session, canonical, where)
            say(_standing(session, canonical))
    click.echo(f"已记下，{changed} 条记录随之更新。")


def _listed(items: list[Item], most: int | None) -> Iterator[str]:
    yield f"待核定的地址：{len(items)} 个"
    head = ("编号", "名称", "地址", "区", "职工", "误差（米）", "候选", "疑问")
    yield from table(head, [_row(one) for one in items[:most]])
    if most is not None and len(items) > most:
        yield f"另有 {len(items) - most} 个（加 --all 全部列出）"


def _row(one: Item) -> tuple[str, ...]:
    return (
        one.ref,
        "、".join(one.names),
        one.address,
        one.district,
        "不详" if one.workers is None else f"{one.workers:,}",
        f"{one.error_m:,.0f}",
        str(len(one.candidates)),
        "；".join(DOUBT_LABELS[doubt][0] for doubt in one.doubts),
    )


def _shown(session: Session, canonical: str) -> Iterator[str]:
    yield f"编号 {ref_of(canonical)}  {canonical}"
    yield from _standing(session, canonical)
    if session.get(Decision, canonical) is None:
        one = item(session, canonical)
        yield f"疑问：{'；'.join(DOUBT_LABELS[doubt][0] for doubt in one.doubts)}"
        yield f"受影响职工：{'不详' if one.workers is None else f'{one.workers:,} 人'}"
        yield from _candidates(one)


def _candidates(one: Item) -> Iterator[str]:
    yield f"候选：{len(one.candidates)} 个（WGS-84）"
    rows = [
        (
            str(n),
            LEVEL_LABELS[each.position.level],
            f"{each.position.lon:.6f}",
            f"{each.position.lat:.6f}",
            f"±{each.position.error_m:,.0f} 米",
            each.position.source,
            f"{each.district}{each.town}{each.road}",
        )
        for n, each in enumerate(one.candidates, start=1)
    ]
    yield from table(("", "精度", "经度", "纬度", "误差", "来源", "所在"), rows)


def _standing(session: Session, canonical: str) -> Iterator[str]:
    for row in rows_at(session, canonical):
        where = "不在图上"
        if row.level and row.lon is not None and row.lat is not None:
            spot = f"{row.lon:.6f}, {row.lat:.6f} ±{row.error_m:,.0f} 米"
            where = f"{LEVEL_LABELS[Level(row.level)]} {spot}，{row.position_source}"
        yield f"{row.name}（{row.address}，{row.district}）：{where}"
    made = session.get(Decision, canonical)
    if made is not None:
        how = ACTION_LABELS[Action(made.action)][0]
        said = " ".join(filter(None, (made.corrected_address, made.by, made.note)))
        yield f"已核定：{how}，{made.at:%Y-%m-%d}，{said}"
