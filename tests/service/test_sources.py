"""What `zhitu check` says of the sources of positions."""

from collections.abc import Callable
from pathlib import Path

from geodata.model import Datum, Level, Position
from geodata.place.gazetteer.entry import Entry, Kind
from geodata.place.gazetteer.store import Origin, Stored, write
from geodata.place.online.book import Book
from geodata.place.online.clock import Clock
from geodata.store import Store
from service.settings import Settings
from service.sources import gazetteers_told, geocoders_told

KEY = "canary-key"
Make = Callable[..., Settings]


def settings(folder: Path, **more: str) -> Settings:
    return Settings.from_environment({"ZHITU_DATABASE": f"sqlite:///{folder}/z.sqlite", **more})


def test_a_gazetteer_is_told_with_what_it_was_built_from_and_on_what_terms(tmp_path: Path) -> None:
    own = tmp_path / "本市.sqlite"
    at = Position(121.47, 31.23, Level.NUMBER, 90.0, "甲表.csv")
    door = Entry(Kind.DOOR, ("福州路", "", "", "100", ""), "黄浦区", "", at, 1)
    write(Stored((door,), origins=(Origin("甲表.csv", "自用", "", Datum.WGS84, 2, 1),)), own)
    told = gazetteers_told(settings(tmp_path, ZHITU_GAZETTEERS=str(own))).split("；")
    assert told[0].endswith("条，来自 2 个文件")
    assert told[1] == "本市.sqlite 1 条（由 甲表.csv 1 条〔许可：自用〕 制成）"
    assert told[2].startswith("随带的地名库 ")


def test_geocoders_are_told_in_their_order_with_what_is_left_and_without_keys(
    tmp_path: Path, store: Store
) -> None:
    Book(store.engine, Clock()).sending("amap", ["a", "b"])
    told = geocoders_told(
        settings(
            tmp_path,
            ZHITU_GEOCODERS="nominatim amap",
            ZHITU_AMAP_KEY=KEY,
            ZHITU_PRIVATE_HOSTS="127.0.0.1",
            ZHITU_NOMINATIM_URL="http://127.0.0.1:1",
            ZHITU_GEOCODER_DAILY="amap=5000",
        ),
        store,
    )
    assert told == (
        "Nominatim（WGS-84，没有设每日上限）；高德地图（GCJ-02，今天还可以送 4,998 个）"
    )
