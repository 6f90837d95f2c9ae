import pytest

from importers.hours import split_services_hours


@pytest.mark.parametrize(
    ("text", "split"),
    [
        (
            "健康咨询、体检报告解读，每周二 9:00-11:30",
            (("健康咨询", "体检报告解读"), "每周二 9:00-11:30"),
        ),
        ("每周一、周四 12:00-13:30；中医保健", (("中医保健",), "每周一、周四 12:00-13:30")),
        ("服务内容：健康咨询\n服务时间：周三下午", (("健康咨询",), "服务时间：周三下午")),
        ("周一至周五 9:00-17:00", ((), "周一至周五 9:00-17:00")),
        ("健康咨询、健康讲座", (("健康咨询", "健康讲座"), "")),
        ("每周二上午中医咨询", None),
        ("每月1次访视，健康讲座", None),
    ],
)
def test_services_and_hours_in_one_cell(
    text: str, split: tuple[tuple[str, ...], str] | None
) -> None:
    assert split_services_hours(text) == split
