"""1+44+N+X in the database, on SQLite and on PostGIS."""

from geodata.declared import (
    Declared,
    DeclaredPlace,
    DeclaredRequirement,
    DeclaredService,
    ImportedFile,
    Placed,
    Source,
)
from geodata.kinds import Kind, Status, Tier
from geodata.measures.matching import Sign
from geodata.measures.tiers import TiersView, tiers_view
from geodata.model import Level, Position
from geodata.place.address import parse
from geodata.store import Store

HERE = Position(121.53, 31.22, Level.NUMBER, 90.0, "测试")
HUB, STATION = Kind.SERVICE_HUB, Kind.SERVICE_STATION
DISTRICT = "浦东新区"


def source(row: int) -> Source:
    return Source("名册.csv", "表1", row, {}, "register")


def required(kind: Kind, name: str, row: int, *, town: str = "", address: str = "") -> Placed:
    declared: Declared = DeclaredRequirement(name, kind, "浦东", town, source(row), address=address)
    return Placed(declared, None, HERE, "")


def standing(row: int, address: str, *services: tuple[Kind, str, Status]) -> Placed:
    made = tuple(
        DeclaredService(kind=kind, name=name, status=status, tier=Tier.OTHER)
        for kind, name, status in services
    )
    declared = DeclaredPlace(made[0].name, address, DISTRICT, "", made, source(row))
    return Placed(declared, parse(address), HERE, DISTRICT)


def asked(store: Store, *records: Placed, count_rectifying: bool = False) -> TiersView:
    store.publish(ImportedFile("名册.csv", "0" * 64, records, len(records), 0, ("register",)))
    with store.reading() as session:
        return tiers_view(session, count_rectifying=count_rectifying)


def shares(view: TiersView) -> dict[Kind, float | None]:
    return {tier.kind: tier.found.share for tier in view.kinds if tier.in_service}


PLAQUED, YELLOW = Status.PLAQUED, Status.RECTIFYING
FUSED = standing(
    1,
    "碧波路690号",
    (STATION, "张江服务站", PLAQUED),
    (Kind.READING_ROOM, "张江书屋", PLAQUED),
)


def test_without_a_register_completeness_is_unknown_and_not_zero(any_store: Store) -> None:
    view = asked(any_store, FUSED)
    assert not view.has_register
    assert shares(view) == {STATION: None, Kind.READING_ROOM: None}
    assert (view.doors.places, view.doors.functions) == (1, {STATION: 1, Kind.READING_ROOM: 1})


def test_what_is_missing_is_named_and_no_surplus_pays_for_it(any_store: Store) -> None:
    view = asked(
        any_store,
        required(STATION, "金桥职工服务站", 1),
        required(STATION, "康桥职工服务站", 2),
        standing(3, "金桥路1号", (STATION, "金桥服务站", PLAQUED)),
        standing(4, "金桥路2号", (STATION, "金桥第二服务站", PLAQUED)),
        standing(5, "川桥路2号", (STATION, "另一服务站", PLAQUED)),
    )
    assert shares(view) == {STATION: 0.5}
    assert [line.name for line in view.missing(STATION)] == ["康桥职工服务站"]
    station = next(tier for tier in view.kinds if tier.kind is STATION)
    assert (station.in_service, station.found.surplus) == (3, 2)


def test_one_under_rectification_counts_only_when_asked_to(any_store: Store) -> None:
    records = (
        required(HUB, "花木街道职工服务总站", 1, town="花木街道"),
        standing(2, "锦绣路2号", (HUB, "花木街道职工服务总站", YELLOW)),
    )
    view = asked(any_store, *records)
    (line,) = view.missing(HUB)
    assert (line.found, line.status, line.sign) == ("花木街道职工服务总站", YELLOW, Sign.NAME)
    with any_store.reading() as session:
        assert tiers_view(session, count_rectifying=True).missing(HUB) == ()


def test_a_line_is_met_by_its_address_under_another_name(any_store: Store) -> None:
    line = required(STATION, "人工智能岛职工服务站", 1, address="碧波路690号")
    view = asked(any_store, line, FUSED)
    (found,) = view.lines
    assert (found.present, found.found, found.sign) == (True, "张江服务站", Sign.ADDRESS)


def test_of_two_that_fit_the_one_in_service_counts(any_store: Store) -> None:
    view = asked(
        any_store,
        required(STATION, "金桥职工服务站", 1),
        standing(2, "金桥路1号", (STATION, "金桥服务站", Status.CLOSED)),
        standing(3, "金桥路9号", (STATION, "金桥服务站", PLAQUED)),
    )
    assert shares(view) == {STATION: 1.0}


def test_another_district_has_a_register_of_its_own(any_store: Store) -> None:
    asked(any_store, required(STATION, "金桥职工服务站", 1), FUSED)
    with any_store.reading() as session:
        assert tiers_view(session, district="黄浦区").lines == ()
        assert len(tiers_view(session, district=DISTRICT).lines) == 1
