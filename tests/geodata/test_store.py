"""The store, the same on SQLite and on PostGIS."""

import gc
import shutil
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import IntegrityError

from geodata import schema
from geodata.declared import (
    Contact,
    Declared,
    DeclaredOutlet,
    DeclaredPlace,
    DeclaredService,
    DeclaredSite,
    DeclaredWorkers,
    Flag,
    ImportedFile,
    Placed,
    Source,
    Stored,
)
from geodata.errors import StoreError
from geodata.kinds import Clinic, Kind, OutletKind, SiteKind, Status, Tier
from geodata.model import Level, Position, Reason, Unlocated
from geodata.place.address import parse
from geodata.store import Store
from geodata.tables import (
    Base,
    DemandSite,
    ImportRun,
    Place,
    SourceRow,
    StagedFile,
    StagedRecord,
    StatusChange,
)
from geodata.tables import Contact as ContactRow
from geodata.version import grow_version

HERE = Position(121.4710, 31.2349, Level.NUMBER, 90.0, "手工核对")


def source(row: int = 3) -> Source:
    return Source("站点.csv", "站点", row, {"name": ("B", "某站")}, "stations")


def service(kind: Kind = Kind.REST_ROOM, name: str = "某站", **more: object) -> DeclaredService:
    return replace(
        DeclaredService(kind=kind, name=name, status=Status.PLAQUED, tier=Tier.OTHER),
        **more,  # type: ignore[arg-type]
    )


def place(
    *services: DeclaredService, name: str = "某站", address: str = "人民大道200号", row: int = 3
) -> DeclaredPlace:
    return DeclaredPlace(name, address, "黄浦区", "", services or (service(),), source(row))


def located(declared: Declared, outcome: Position | Unlocated = HERE) -> Placed:
    address = parse(getattr(declared, "address", ""))
    return Placed(declared, address, outcome, "黄浦区", getattr(declared, "flags", ()))


def file(*records: Placed) -> ImportedFile:
    return ImportedFile("站点.csv", "0" * 64, records, len(records), 0, ("stations",))


def count(store: Store, table: type[Base]) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_migrations_make_exactly_the_tables_of_the_model(any_store: Store) -> None:
    with any_store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": schema.include_object, "compare_type": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_postgis_has_a_spatial_index_on_every_geometry(any_store: Store) -> None:
    indexed = {
        name
        for table in ("place", "demand_site", "lunch_outlet")
        for index in inspect(any_store.engine).get_indexes(table)
        if (name := str(index["name"])).endswith("_geom")
    }
    on_postgis = {"ix_place_geom", "ix_demand_site_geom", "ix_lunch_outlet_geom"}
    assert indexed == (on_postgis if any_store.engine.dialect.name == "postgresql" else set())


def test_a_geometry_comes_back_as_the_shape_that_went_in(any_store: Store) -> None:
    any_store.publish(file(located(place())))
    with any_store.reading() as session:
        kept = session.scalars(select(Place)).one()
        assert kept.geom == shapely.Point(121.4710, 31.2349)
        assert shapely.get_srid(kept.geom) == 4326
        assert (kept.lon, kept.lat, kept.level, kept.error_m) == (121.4710, 31.2349, "number", 90.0)


def test_a_polygon_is_kept_whole(any_store: Store) -> None:
    outline = shapely.box(121.46, 31.22, 121.48, 31.24)
    any_store.publish(file(located(site())))
    with any_store.writing() as session:
        session.scalars(select(DemandSite)).one().geom = outline
    with any_store.reading() as session:
        assert session.scalars(select(DemandSite.geom)).one() == outline


def site() -> DeclaredSite:
    return DeclaredSite(
        "某园区",
        SiteKind.PARK,
        "碧波路1号",
        "黄浦区",
        "",
        source(),
        workers=1200,
        clinic=Clinic.NONE,
    )


def test_the_same_file_twice_changes_nothing(any_store: Store) -> None:
    once = file(
        located(place()),
        located(site()),
        located(DeclaredOutlet("食堂", OutletKind.RESTAURANT, "甲路2号", "黄浦区", "", source())),
        Placed(
            DeclaredWorkers("黄浦区", "外滩街道", "310101013", 9, 2023, source()), None, HERE, ""
        ),
    )
    assert any_store.publish(once) == Stored(new=4)
    version = any_store.version()
    assert any_store.publish(once) == Stored(same=4)
    assert (any_store.version(), count(any_store, ImportRun)) == (version, 1)


def test_a_corrected_file_changes_only_what_differs(any_store: Store) -> None:
    any_store.publish(file(located(place(service(hours_text="")))))
    corrected = file(located(place(service(hours_text="24小时"))))
    assert any_store.publish(corrected) == Stored(changed=1)
    assert count(any_store, Place) == 1
    assert any_store.snapshot().places[0].services[0].hours_text == "24小时"


def test_the_same_doubt_in_another_row_of_another_copy_is_no_change(any_store: Store) -> None:
    def with_doubt(row: int) -> ImportedFile:
        flag = Flag("district_carried_down", f"区是按第 {row} 行沿用下来的", f"第 {row} 行")
        return file(located(replace(place(), flags=(flag,))))

    any_store.publish(with_doubt(3))
    assert any_store.publish(with_doubt(9)) == Stored(same=1)


def test_several_kinds_at_one_door_are_one_place(any_store: Store) -> None:
    fused = place(service(Kind.OUTDOOR_STATION), service(Kind.REST_ROOM))
    also = place(service(Kind.MOTHERS_ROOM, "小屋"), name="小屋", row=4)
    assert any_store.publish(file(located(fused), located(also))) == Stored(new=2)
    (kept,) = any_store.snapshot().places
    assert kept.name == "某站"
    assert kept.kinds == (Kind.OUTDOOR_STATION, Kind.REST_ROOM, Kind.MOTHERS_ROOM)


def test_places_without_a_door_are_told_apart_by_name(any_store: Store) -> None:
    nowhere = Unlocated(Reason.NO_ADDRESS)
    one, other = (place(name=name, address="") for name in ("金桥国际驿站", "金桥能量驿站"))
    any_store.publish(file(located(one, nowhere), located(other, nowhere)))
    assert [(p.name, p.lon, p.lat, p.reason) for p in any_store.snapshot().places] == [
        ("金桥国际驿站", None, None, "有名无址：表里没有地址"),
        ("金桥能量驿站", None, None, "有名无址：表里没有地址"),
    ]


def test_a_position_that_is_only_a_district_is_no_point(any_store: Store) -> None:
    area = Position(121.48, 31.22, Level.DISTRICT, 5200.0, "区界")
    any_store.publish(file(located(place(), area)))
    (kept,) = any_store.snapshot().places
    assert (kept.placed, kept.lon, kept.level) == (False, None, "district")
    assert kept.reason == "地名库里没有这个地址，只知道在哪个区"


def test_only_plaqued_services_are_public_and_a_delisted_one_vanishes_at_once(
    any_store: Store,
) -> None:
    any_store.publish(file(located(place(service(status=Status.PLAQUED)))))
    assert len(any_store.snapshot().places) == 1
    any_store.publish(file(located(place(service(status=Status.DELISTED)))))
    assert any_store.snapshot().places == ()
    with any_store.reading() as session:
        moves = session.execute(select(StatusChange.before, StatusChange.after)).all()
    assert [tuple(move) for move in moves] == [("", "plaqued"), ("plaqued", "delisted")]


def test_a_rectifying_service_is_public_only_when_the_setting_says_so(any_store: Store) -> None:
    any_store.publish(file(located(place(service(status=Status.RECTIFYING)))))
    assert any_store.snapshot().places == ()
    assert len(any_store.snapshot(rectifying=True).places) == 1


def test_a_snapshot_is_kept_until_the_data_changes(any_store: Store) -> None:
    any_store.publish(file(located(place())))
    first = any_store.snapshot()
    assert any_store.snapshot() is first
    any_store.publish(file(located(place(name="乙", address=""))))
    assert len(any_store.snapshot().places) == 2


def test_a_new_declaration_takes_no_status_back(any_store: Store) -> None:
    any_store.publish(file(located(place(service(status=Status.PLAQUED)))))
    again = file(located(place(service(status=Status.DECLARED))))
    assert any_store.publish(again) == Stored(same=1)
    assert len(any_store.snapshot().places) == 1


def test_contacts_go_to_their_own_table_once(any_store: Store) -> None:
    canary = Contact("金丝雀甲", "19900000001", "canary-a@example.invalid", "负责人")
    outlet = DeclaredOutlet("食堂", OutletKind.RESTAURANT, "甲路2号", "黄浦区", "", source())
    named = file(
        located(replace(place(), contacts=(canary, canary))),
        located(replace(outlet, contacts=(canary,))),
    )
    any_store.publish(named)
    any_store.publish(named)
    assert count(any_store, ContactRow) == 2
    assert "金丝雀" not in repr(any_store.snapshot())


def test_every_record_knows_the_row_it_came_from(any_store: Store) -> None:
    any_store.publish(file(located(place(row=7))))
    with any_store.reading() as session:
        kept = session.scalars(select(SourceRow)).one()
    assert (kept.file, kept.sheet, kept.row, kept.form, kept.columns) == (
        "站点.csv",
        "站点",
        7,
        "stations",
        {"name": ["B", "某站"]},
    )


def test_flags_travel_and_only_those_about_the_place_are_public(any_store: Store) -> None:
    flags = (Flag("district_mismatch", "位置在闵行区"), Flag("row_joined", "两行并一行"))
    any_store.publish(file(located(replace(place(), flags=flags))))
    assert any_store.snapshot().places[0].flags == ("位置在闵行区",)


def test_a_failure_in_the_middle_leaves_nothing(any_store: Store) -> None:
    broken = replace(place(name="乙", address=""), name=None)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError, match="name"):
        any_store.publish(file(located(place()), located(broken)))
    left = (Place, ImportRun, SourceRow, StagedFile, StagedRecord)
    assert [count(any_store, table) for table in left] == [0] * 5


def test_opening_twice_and_again_is_harmless(database_url: str) -> None:
    first = Store.open(database_url)
    first.publish(file(located(place())))
    first.close()
    second = Store.open(database_url)
    assert count(second, Place) == 1
    second.close()


def test_a_database_of_a_newer_version_is_refused(database_url: str) -> None:
    opened = Store.open(database_url)
    with opened.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with pytest.raises(StoreError, match="更新版本的职图"):
        Store.open(database_url)


def test_an_address_with_a_slip_makes_neither_file_nor_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="没有这个数据库文件"):
        Store.existing(f"sqlite:///{tmp_path}/slip/zhitu.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_text("这不是数据库" * 200, encoding="utf-8")
    with pytest.raises(StoreError, match="数据库文件已损坏"):
        Store.open(f"sqlite:///{path}")


@pytest.mark.parametrize("url", ["mysql://localhost/x", "这不是地址", "oracle://a"])
def test_a_url_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match=r"SQLite|sqlite"):
        Store.open(url)


def test_four_writers_wait_for_each_other(database_url: str) -> None:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    Store.open(database_url).close()

    # Where SQLite has no queue, who is unlucky on a busy machine waits for all the others.
    url = f"{database_url}?timeout=300" if database_url.startswith("sqlite") else database_url

    def write(worker: int) -> Stored:
        mine = Store.open(url)
        try:
            done = [
                mine.publish(file(located(place(name=f"{worker}-{n}", address=""))))
                for n in range(10)
            ]
        finally:
            mine.close()
        return Stored(new=sum(d.new for d in done))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(write, range(4))) == [Stored(new=10)] * 4
    last = Store.open(database_url)
    assert (count(last, Place), last.version()) == (40, 40)
    last.close()


def test_a_decided_position_is_handed_out_by_canonical_address(store: Store) -> None:
    with store.writing() as session:
        session.execute(
            text(
                "INSERT INTO decision VALUES"
                " ('甲路1号', 121.5, 31.2, 'manual', 15, '规划员', '2026-01-01 00:00:00',"
                " '', 'move', '', 'WGS-84')"
            )
        )
    assert store.decisions() == {
        "甲路1号": Position(121.5, 31.2, Level.MANUAL, 15.0, "人工核定 规划员")
    }


def test_a_store_that_nobody_has_any_more_leaves_memory(tmp_path: Path, made_file: Path) -> None:
    opened = Store.open(f"sqlite:///{shutil.copy(made_file, tmp_path / 'zhitu.sqlite')}")
    with opened.writing() as session:
        grow_version(session)
    opened.close()
    engine = weakref.ref(opened.engine)
    del opened, session
    gc.collect()
    assert engine() is None
