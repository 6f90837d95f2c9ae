"""Where positions come from, told for `zhitu check`: gazetteers, online geocoders."""

from collections.abc import Iterator
from pathlib import Path

from geodata.place.gazetteer import starter_file
from geodata.place.gazetteer.find import read_any
from geodata.place.gazetteer.store import Origin, Stored
from geodata.place.online.provider import Online
from geodata.store import Store
from service.online import geocoders
from service.settings import Settings
from service.workshop import gazetteer_files


def gazetteers_told(settings: Settings) -> str:
    """Every file in the order of trust: entries, what it was built from, on what terms."""
    held = [(path, read_any(path)) for path in gazetteer_files(settings.gazetteers)]
    total = sum(len(stored.entries) for _, stored in held)
    return "；".join([f"{total:,} 条，来自 {len(held)} 个文件", *(_file(*one) for one in held)])


def geocoders_told(settings: Settings, store: Store) -> str:
    """Every geocoder in the order it is asked, with its datum and what is left of its day."""
    return "；".join(_geocoder(each) for each in geocoders(settings, store))


def _file(path: Path, stored: Stored) -> str:
    name = "随带的地名库" if path == starter_file() else path.name
    built = "、".join(map(_origin, stored.origins))
    return f"{name} {len(stored.entries):,} 条" + (f"（由 {built} 制成）" if built else "")


def _origin(one: Origin) -> str:
    return f"{one.name} {one.used:,} 条〔许可：{one.license}〕"


def _geocoder(each: Online) -> str:
    return f"{each.label}（{'，'.join(_state(each))}）"


def _state(each: Online) -> Iterator[str]:
    yield each.datum
    left = each.remaining()
    yield "没有设每日上限" if left is None else f"今天还可以送 {left:,} 个"
