"""A scenario's changes as sentences."""

from collections.abc import Callable
from typing import Any

from geodata.answers.city import City
from geodata.answers.words import Said
from geodata.hours_text import in_words
from geodata.kinds import KINDS, OUTLET_LABELS, SITE_KIND_LABELS
from geodata.scenarios.model import (
    Change,
    Close,
    MovePoint,
    NewOutlet,
    NewPoint,
    NewSite,
    Open,
    OwnSeats,
    Seats,
    SetHours,
    Upgrade,
)


def said(change: Change, city: City) -> Said:
    """What a change does, by the names the city knows."""
    return _SAID[type(change)](change, city)


def _point(city: City, of: int) -> str:
    return _name("站点", of, dict(zip(city.points.id.tolist(), city.points.name, strict=True)))


def _name(what: str, of: int, names: dict[int, str]) -> str:
    if of < 0:
        return f"本方案第 {-of} 个新{what}"
    return f"“{names[of]}”（{of}）" if of in names else f"编号 {of}（现在没有）"


def _site(city: City, of: int) -> str:
    return _name("园区", of, dict(zip(city.sites.id.tolist(), city.sites.name, strict=True)))


def _outlet(city: City, of: int) -> str:
    return _name("供应点", of, dict(zip(city.outlets.id.tolist(), city.outlets.name, strict=True)))


def _spot(lon: float, lat: float) -> str:
    return f"{lon:.5f}, {lat:.5f}"


def _hours(change: SetHours, city: City) -> Said:
    name = _point(city, change.point)
    if change.hours is None:
        return Said(f"{name}的开放时间改为不明", f"{name}: hours unknown")
    zh, en = in_words(change.hours), in_words(change.hours, "en")
    return Said(f"{name}改为 {zh} 开放", f"{name}: open {en}")


def _half_days(half_days: float | None) -> Said:
    if half_days is None:
        return Said("", "")
    return Said(f"，每周 {half_days:g} 个半天", f", {half_days:g} half-days a week")


def _new_point(change: NewPoint, _city: City) -> Said:
    facts, held = KINDS[change.kind], _half_days(change.half_days)
    spot = _spot(change.lon, change.lat)
    return Said(
        f"新设{facts.short}“{change.name}”（{spot}{held.zh}）",
        f"New {facts.english.lower()} {change.name} ({spot}{held.en})",
    )


def _new_site(change: NewSite, _city: City) -> Said:
    zh, en = SITE_KIND_LABELS[change.kind]
    spot = _spot(change.lon, change.lat)
    return Said(
        f"新增{zh}“{change.name}”（{spot}，职工 {change.workers:,} 人）",
        f"New {en.lower()} {change.name} ({spot}, {change.workers:,} workers)",
    )


def _new_outlet(change: NewOutlet, _city: City) -> Said:
    zh, en = OUTLET_LABELS[change.kind]
    spot = _spot(change.lon, change.lat)
    seats_zh = "" if change.seats is None else f"，{change.seats} 座"
    seats_en = "" if change.seats is None else f", {change.seats} seats"
    return Said(
        f"新增{zh}“{change.name}”（{spot}{seats_zh}）",
        f"New {en.lower()} {change.name} ({spot}{seats_en})",
    )


def _plain(zh: str, en: str, name: Callable[[Any, City], str]) -> Callable[[Any, City], Said]:
    def sentence(change: Any, city: City) -> Said:
        values = {"name": name(change, city), "change": change}
        return Said(zh.format(**values), en.format(**values))

    return sentence


def _of_point(change: Any, city: City) -> str:
    return _point(city, change.point)


_SAID: dict[type[Change], Callable[[Any, City], Said]] = {
    Open: _plain("开放{name}", "Open {name}", _of_point),
    Close: _plain("关闭{name}", "Close {name}", _of_point),
    MovePoint: _plain(
        "{name}搬到 {change.lon:.5f}, {change.lat:.5f}",
        "Move {name} to {change.lon:.5f}, {change.lat:.5f}",
        _of_point,
    ),
    Upgrade: _plain(
        "{name}改为每周 {change.half_days:g} 个半天",
        "{name}: {change.half_days:g} half-days a week",
        _of_point,
    ),
    Seats: _plain(
        "{name}改为 {change.seats} 座",
        "{name}: {change.seats} seats",
        lambda change, city: _outlet(city, change.outlet),
    ),
    OwnSeats: _plain(
        "{name}自有食堂改为 {change.seats} 座",
        "{name}: own canteen of {change.seats} seats",
        lambda change, city: _site(city, change.site),
    ),
    SetHours: _hours,
    NewPoint: _new_point,
    NewSite: _new_site,
    NewOutlet: _new_outlet,
}
