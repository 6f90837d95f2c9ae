"""`zhitu geocode`: a list of addresses in, the same list with positions out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import click

from geodata.declared import Placed
from geodata.errors import ParameterError
from geodata.model import Datum, Position, Unlocated
from geodata.place.datum import convert
from geodata.place.online.clock import Clock
from geodata.place.online.provider import Online
from service.address_list import AddressList, open_list
from service.geocode_batch import Batch
from service.geocode_report import Quality, cost_lines
from service.online import geocoders
from service.parsed_columns import PARSED, parsed_columns
from service.settings import Settings
from service.table_out import added, safe, table_out
from service.terminal import opened, progress_bar, say
from service.workshop import locator

FOUND = ("lon", "lat", "datum", "level", "error_m", "source", "outcome", "reasons")
_DAY_IS_SPENT = 3
# Our clock may be ahead of the provider's, and a send too early would cost another day.
_GRACE = timedelta(minutes=1)
_NOT_ALL_ASKED = 1


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--datum",
    type=click.Choice([datum.value for datum in Datum]),
    default=Datum.WGS84.value,
    show_default=True,
    help="写出的经纬度用哪个坐标系",
)
@click.option("--column", default="", help="地址在哪一列（默认按表头找）")
@click.option("--cache", type=click.Path(path_type=Path, dir_okay=False), help="缓存和账本的文件")
@click.option("--offline", is_flag=True, help="只用地名库，不问在线服务")
@click.option("--no-wait", is_flag=True, help="当天配额用完时停下，不等到第二天")
@click.pass_obj
def geocode(
    settings: Settings,
    *,
    source: Path,
    target: Path,
    datum: str,
    column: str,
    cache: Path | None,
    offline: bool,
    no_wait: bool,
) -> None:
    """给一份地址清单（csv、xlsx）加上位置、精度和误差；中断后再运行，已经问到的不会再问。"""
    found = _list(source, target, column)
    with opened(_kept_in(settings, cache)) as store:
        clock = Clock()
        asked = [] if offline else geocoders(settings, store, clock=clock)
        where = locator(store, settings.gazetteers)
        batch = Batch(where, asked, _leave if no_wait else _waiter(clock))
        quality = _write(found, target, batch, Datum(datum))
        say(quality.lines())
        say(cost_lines(asked))
    click.echo(f"已写到 {target}")
    if any(each.tally.unasked for each in asked):
        raise SystemExit(_NOT_ALL_ASKED)


def _list(source: Path, target: Path, column: str) -> AddressList:
    if target.exists() and source.exists() and target.samefile(source):
        raise ParameterError("写出的文件不能就是读入的文件：请换一个名字。")
    return open_list(source, column=column)


def _kept_in(settings: Settings, cache: Path | None) -> Settings:
    return replace(settings, database=f"sqlite:///{cache}") if cache else settings


def _write(found: AddressList, target: Path, batch: Batch, datum: Datum) -> Quality:
    quality = Quality()
    total = sum(1 for _ in found.entries())
    headers = (*found.headers, *added(found.headers, (*PARSED, *FOUND)))
    with table_out(target) as out, progress_bar(found.name) as progress:
        out.writerow([safe(header) for header in headers])
        for entry, placed in batch.locate(found.entries()):
            quality.add(placed)
            cells = (*entry.texts, *parsed_columns(placed.address), *_found(placed, datum))
            out.writerow([safe(cell) for cell in cells])
            progress(quality.rows, total)
    return quality


def _found(placed: Placed, datum: Datum) -> tuple[str, ...]:
    """What is known of the position; a road, town or district is an area and gets no pair."""
    outcome, reasons = placed.outcome, "|".join(placed.doubts)
    if isinstance(outcome, Unlocated):
        return ("", "", "", "", "", "", placed.verdict, reasons or outcome.reason)
    lon, lat = _pair(outcome, datum) if outcome.level.is_point else ("", "")
    return (
        lon,
        lat,
        datum if lon else "",
        outcome.level,
        f"{outcome.error_m:.0f}",
        outcome.source,
        placed.verdict,
        reasons,
    )


def _pair(outcome: Position, datum: Datum) -> tuple[str, str]:
    lon, lat = convert(outcome.lon, outcome.lat, source=Datum.WGS84, target=datum)
    return f"{float(lon):.6f}", f"{float(lat):.6f}"


def _waiter(clock: Clock) -> Callable[[Online, datetime], None]:
    def wait(geocoder: Online, until: datetime) -> None:
        click.echo(
            f"{geocoder.label}今天的配额用完了，等到 {until:%m-%d %H:%M}（北京时间）接着做。"
            "也可以按 Ctrl+C 停下，以后再运行同一条命令，已经问到的不会再问。",
            err=True,
        )
        clock.sleep_until(until + _GRACE)

    return wait


def _leave(geocoder: Online, until: datetime) -> None:
    click.echo(
        f"{geocoder.label}今天的配额用完了。{until:%m-%d %H:%M}（北京时间）以后再运行同一条命令，"
        "已经问到的不会再问。",
        err=True,
    )
    raise SystemExit(_DAY_IS_SPENT)
