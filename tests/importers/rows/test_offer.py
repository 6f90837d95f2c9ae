"""What a row offers: hours, facilities and services, and the doubts about them."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from sqlalchemy import select

from geodata.declared import DeclaredPlace, DeclaredService
from geodata.hours import CLOSED_DAY, Hours, Span, from_json
from geodata.tables import LunchOutlet, ServicePoint

STATIONS = ["名称", "类别", "地址", "开放时间", "设施"]
HEALTH = ["序号", "类型", "所在园区", "推荐站点名称", "地址", "服务内容及时间"]
Imported = Callable[..., object]


def station(hours: str, facilities: str = "") -> list[list[str]]:
    return [STATIONS, ["某站", "职工书屋", "浦电路438号", hours, facilities]]


def first_service(imported: Imported, rows: Sequence[Sequence[str]]) -> DeclaredService:
    record = imported(rows).records[0]  # type: ignore[attr-defined]
    assert isinstance(record, DeclaredPlace)
    return record.services[0]


def doubts(imported: Imported, rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    record = imported(rows).records[0]  # type: ignore[attr-defined]
    mine = {"hours_unread", "facility_absent"}
    return [(flag.code, flag.message) for flag in record.flags if flag.code in mine]


def test_hours_are_kept_as_written_and_read(imported: Imported) -> None:
    service = first_service(imported, station("周三  13:00-15:30"))
    day = (Span(780, 930),)
    week = (CLOSED_DAY, CLOSED_DAY, day, *((CLOSED_DAY,) * 4))
    assert (service.hours_text, service.hours) == ("周三 13:00-15:30", Hours(week))


def test_hours_that_are_not_understood_are_unknown_and_a_doubt(imported: Imported) -> None:
    rows = station("同园区开放时间")
    assert first_service(imported, rows).hours is None
    assert doubts(imported, rows) == [("hours_unread", "开放时间没有读懂，按未知处理")]


@pytest.mark.parametrize("text", ["", "/", "待定", "不详"])
def test_hours_nobody_wrote_are_no_doubt(imported: Imported, text: str) -> None:
    rows = station(text)
    assert (first_service(imported, rows).hours, doubts(imported, rows)) == (None, [])


def test_facilities_are_stored_by_their_labels_in_the_order_written(imported: Imported) -> None:
    service = first_service(imported, station("", "饮水设备、动感单车、空调2台、热水"))
    assert service.facilities == ("饮水机", "动感单车", "空调")


def test_what_is_not_there_yet_is_no_facility_but_a_doubt(imported: Imported) -> None:
    rows = station("", "冰箱、空调（拟购）、无微波炉")
    assert first_service(imported, rows).facilities == ("冰箱",)
    assert doubts(imported, rows) == [
        ("facility_absent", "写明没有或还没有，没有登记：空调(拟购)、无微波炉")
    ]


def test_no_facilities_at_all_are_no_doubt(imported: Imported) -> None:
    rows = station("", "无")
    assert (first_service(imported, rows).facilities, doubts(imported, rows)) == ((), [])


@pytest.mark.parametrize(
    ("text", "half_days"),
    [
        ("健康咨询，每周二 9:00-11:30", 1.0),
        ("健康咨询，每周一、周四 12:00-13:30", 2.0),
        ("健康咨询，周五全天", 1.0),
        ("健康咨询，双周周三下午", None),
        ("健康咨询", None),
        ("每周二上午中医咨询", None),
    ],
)
def test_half_days_follow_from_a_schedule_that_is_the_same_each_week(
    imported: Imported, text: str, half_days: float | None
) -> None:
    rows = [HEALTH, ["1", "新建", "示例园区", "示例健康服务点", "示例路1号", text]]
    assert first_service(imported, rows).half_days_per_week == half_days


def test_a_due_date_is_kept_as_written_with_its_latest_day(imported: Imported) -> None:
    header = ["序号", "休息室名称", "所属区", "地址", "提供设施及服务", "计划完成时间"]
    title = ["2024年职工工间休息室申报汇总表", *[""] * 5]
    row = ["1", "某休息室", "黄浦区", "浦电路438号", "空调、法律咨询", "三季度"]
    service = first_service(imported, [title, header, row])
    assert (service.due, service.due_on) == ("三季度", date(2024, 9, 30))
    assert (service.facilities, service.services) == (("空调",), ("法律咨询",))


def test_hours_are_stored_as_they_were_read(imported: Imported) -> None:
    outlet = [
        ["名称", "类别", "座位", "地址", "供餐时间"],
        ["某食堂", "职工食堂", "9", "", "24小时"],
    ]
    with imported(station("每天 9:00-17:00")).store.reading() as session:  # type: ignore[attr-defined]
        (point,) = session.scalars(select(ServicePoint))
        assert from_json(point.hours) == Hours(((Span(540, 1020),),) * 7, on_holidays=True)
    with imported(outlet).store.reading() as session:  # type: ignore[attr-defined]
        (lunch,) = session.scalars(select(LunchOutlet))
        assert from_json(lunch.hours) == Hours(((Span(0, 1440),),) * 7, on_holidays=True)


def test_unknown_hours_are_stored_as_nothing(imported: Imported) -> None:
    with imported(station("同园区开放时间")).store.reading() as session:  # type: ignore[attr-defined]
        unknown = session.scalars(select(ServicePoint.id).where(ServicePoint.hours.is_(None)))
        assert len(unknown.all()) == 1
