"""The table's filters mean what the map's do, and nobody sees another's drafts."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.accounts.roles import Person, Role
from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.hours import Hours, Span
from geodata.inspections.cards import yellow
from geodata.kinds import Kind, Status, Tier, Works
from geodata.model import Level, Position, Reason, Unlocated
from geodata.points.find import PointsWanted, Seen, find, ordered, seen
from geodata.points.rows import PointRow, point_rows
from geodata.store import Store
from geodata.wanted import Wanted

BROUGHT = datetime(2026, 3, 18, 4, 0)  # noqa: DTZ001 - as the tables keep it
TODAY = BROUGHT.date()
CITY = Person("city", Role.REVIEWER)
PUDONG = Person("pudong", Role.EDITOR, districts=("浦东新区",))
DAY = Hours(((Span(540, 1020),),) * 7, on_holidays=True)
NIGHT = Hours(((Span(1200, 1440),),) * 7, on_holidays=True)
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=timezone(timedelta(hours=8)))


def service(kind: Kind, status: Status = Status.PLAQUED, **more: object) -> DeclaredService:
    return DeclaredService(kind, "", status, Tier.OTHER, **more)  # type: ignore[arg-type]


def declared(
    row: int, name: str, district: str, *services: DeclaredService, placed: bool = True
) -> Placed:
    source = Source("站点.csv", "表", row, {}, "stations")
    place = DeclaredPlace(name, f"测试路{row}号", district, "张江镇", services, source)
    spot = Position(121.4 + row / 100, 31.2, Level.NUMBER, 90.0, "测试")
    return Placed(place, None, spot if placed else Unlocated(Reason.NO_ADDRESS), district)


PLACES = (
    declared(
        1,
        "广场驿站",
        "黄浦区",
        service(
            Kind.OUTDOOR_STATION, hours_text="日", hours=DAY, facilities=("微波炉",), year=2023
        ),
        service(Kind.READING_ROOM, hours_text="夜", hours=NIGHT, facilities=("空调",), workers=80),
    ),
    declared(2, "张江休息室", "浦东新区", service(Kind.REST_ROOM, facilities=("空调", "热饭"))),
    declared(3, "无址书屋", "黄浦区", service(Kind.READING_ROOM, year=2024), placed=False),
    declared(4, "黄浦草稿", "黄浦区", service(Kind.HEALTH_POINT, Status.DECLARED)),
    declared(
        5, "张江草稿", "浦东新区", service(Kind.HEALTH_POINT, Status.DECLARED, works=Works.NEW)
    ),
)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('points') / 'zhitu.sqlite'}")
    store.publish(ImportedFile("站点.csv", "0" * 64, PLACES, len(PLACES), 0, ("stations",)))
    return store


def names(rows: list[PointRow]) -> list[str]:
    return [f"{row.place.name}·{row.kind}" for row in rows]


def among(store: Store, by: Person = CITY) -> Seen:
    return seen(point_rows(store)(), by)


def listed(store: Store, asked: PointsWanted, by: Person = CITY) -> list[str]:
    return names(find(among(store, by), asked, today=TODAY))


WANTED = st.builds(
    Wanted,
    kinds=st.lists(st.sampled_from(Kind), max_size=2).map(tuple),
    district=st.sampled_from(["", "黄浦区", "浦东新区"]),
    town=st.sampled_from(["", "张江镇", "没有镇"]),
    text=st.sampled_from(["", "张江", " 书屋", "测试路1", "没有"]),
    facilities=st.lists(
        st.sampled_from(["air", "hot_meal", "microwave", "always"]), max_size=2
    ).map(tuple),
    open_at=st.sampled_from([None, NOON]),
)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(wanted=WANTED)
def test_of_public_points_the_table_lists_the_places_of_the_map(
    held: Store, wanted: Wanted
) -> None:
    on_the_map = {place.name for place in held.snapshot().find(wanted)}
    asked = PointsWanted(wanted=wanted, statuses=(Status.PLAQUED,))
    found = find(among(held), asked, today=TODAY)
    assert {row.place.name for row in found} == on_the_map
    assert {row.kind for row in found} <= set(wanted.kinds or Kind)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            PointsWanted(statuses=(Status.DECLARED,)),
            ["黄浦草稿·health_point", "张江草稿·health_point"],
        ),
        (PointsWanted(works="new"), ["张江草稿·health_point"]),
        (PointsWanted(year=2023), ["广场驿站·outdoor_station"]),
        (PointsWanted(unplaced=True), ["无址书屋·reading_room"]),
        (
            PointsWanted(has_hours=True),
            ["广场驿站·outdoor_station", "广场驿站·reading_room"],
        ),
        (
            PointsWanted(has_hours=False, statuses=(Status.PLAQUED,)),
            ["张江休息室·rest_room", "无址书屋·reading_room"],
        ),
        (PointsWanted(overdue=True), []),
    ],
)
def test_the_desk_asks_more_than_the_map(
    held: Store, asked: PointsWanted, expected: list[str]
) -> None:
    assert listed(held, asked) == expected


def test_of_another_district_only_what_is_public_is_listed(held: Store) -> None:
    everything = listed(held, PointsWanted())
    assert len(everything) == 6
    assert set(everything) - set(listed(held, PointsWanted(), PUDONG)) == {"黄浦草稿·health_point"}


def test_a_text_finds_no_place_by_the_name_of_a_draft_one_may_not_see(store: Store) -> None:
    mixed = declared(
        1,
        "一处",
        "黄浦区",
        service(Kind.REST_ROOM),
        DeclaredService(Kind.HEALTH_POINT, "秘密计划", Status.DECLARED, Tier.OTHER),
    )
    store.publish(ImportedFile("站点.csv", "0", (mixed,), 1, 0, ("stations",)))
    asked = PointsWanted(wanted=Wanted(text="秘密"))
    assert listed(store, asked, PUDONG) == []
    assert len(listed(store, asked)) == 2


def test_rows_are_sorted_and_what_is_unknown_comes_last(held: Store) -> None:
    rows = find(among(held), PointsWanted(), today=TODAY)
    years = {order: [row.year for row in ordered(rows, order)][:3] for order in ("year", "-year")}
    assert years == {"year": [2023, 2024, None], "-year": [2024, 2023, None]}
    assert names(ordered(rows, "-workers"))[0] == "广场驿站·reading_room"
    assert names(ordered(rows, "status"))[0] == "黄浦草稿·health_point"
    assert ordered(rows, "") == rows


def test_an_overdue_rectification_is_found_the_day_after_its_last(store: Store) -> None:
    store.publish(ImportedFile("站点.csv", "0", PLACES, len(PLACES), 0, ("stations",)), at=BROUGHT)
    due = TODAY + timedelta(days=7)
    with store.writing() as session:
        yellow(session, 3, on=TODAY, due_on=due, reason="脏", by=CITY)
    rows = among(store)
    asked = PointsWanted(overdue=True)
    later = due + timedelta(days=1)
    assert [names(find(rows, asked, today=day)) for day in (due, later)] == [
        [],
        ["张江休息室·rest_room"],
    ]


def test_rows_are_read_anew_when_the_data_change(store: Store) -> None:
    rows = point_rows(store)
    assert rows().rows == ()
    store.publish(ImportedFile("站点.csv", "0", PLACES[:1], 1, 0, ("stations",)))
    assert (len(rows().rows), rows() is rows()) == (2, True)
