"""One vocabulary of facilities: what is stored, what is kept as written, what is none."""

import pytest

from geodata.facilities import FACILITIES, canonical, code_of, is_absent


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("空调", "空调"),
        ("冷暖空调", "空调"),
        ("空调2台", "空调"),
        ("两台空调", "空调"),
        ("微波炉（2台）", "微波炉"),
        ("饮水机×1", "饮水机"),
        ("桌椅3套", "桌椅"),
        ("休息座椅", "桌椅"),
        ("热水", "饮水机"),
        ("充电插排", "充电"),
        ("手机充电", "充电"),
        ("智能换电柜", "换电柜"),
        ("电瓶车充电", "电动车充电"),
        ("公共厕所", "厕所"),
        ("独立卫生间", "厕所"),
        ("男女淋浴间", "淋浴"),
        ("母婴设施", "母婴室"),
        ("图书角", "图书"),
        ("健身角", "健身器材"),
        ("Wi-Fi", "WiFi"),
        ("ＷｉＦｉ", "WiFi"),
        ("免费WIFI", "WiFi"),
        ("无线网络", "WiFi"),
        ("医药箱", "急救药箱"),
        ("血压仪", "血压计"),
        ("爱心雨伞", "雨具"),
        ("司机停车", "停车"),
        ("洗衣机", "洗衣机"),
        (" 冰 箱 ", "冰箱"),
        ("设有沙发", "沙发"),
        ("动感单车", "动感单车"),
        ("诊疗桌椅", "诊疗桌椅"),
        ("自动借还书柜", "自动借还书柜"),
        ("无障碍通道", "无障碍通道"),
        ("无人售货柜", "无人售货柜"),
        ("待客区", "待客区"),
        ("无", ""),
        ("无空调", ""),
        ("没有微波炉", ""),
        ("暂无淋浴", ""),
        ("空调（拟购）", ""),
        ("空调（无）", ""),
        ("空调：无", ""),
        ("拟购空调", ""),
        ("计划配备冰箱", ""),
        ("待装空调", ""),
        ("冰箱（计划2024年购置）", ""),
        ("未配备微波炉", ""),
        ("不提供热水", ""),
        ("/", ""),
        ("", ""),
    ],
)
def test_a_facility_is_stored_by_its_label_or_as_written(text: str, label: str) -> None:
    assert canonical(text) == label


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("空调", "air"),
        ("诊疗桌椅", "seats"),
        ("电动车充电桩", "ebike_charging"),
        ("共享充电宝", "charging"),
        ("自动借还书柜", "books"),
        ("书籍百余册", "books"),
        ("动感单车", None),
        ("无空调", None),
        ("书法教室", None),
    ],
)
def test_a_filter_finds_a_facility_within_what_is_written(text: str, code: str | None) -> None:
    assert code_of(text) == code


def test_every_label_is_its_own_and_stays_what_it_is() -> None:
    assert [canonical(one.label) for one in FACILITIES] == [one.label for one in FACILITIES]
    assert [code_of(one.label_en) for one in FACILITIES] == [one.code for one in FACILITIES]
    assert len({one.code for one in FACILITIES}) == len(FACILITIES)


def test_no_word_means_two_facilities() -> None:
    words = [word for one in FACILITIES for word in (one.label, *one.words)]
    assert len(words) == len(set(words))


def test_a_text_of_any_length_is_no_facility() -> None:
    long = "(" * 100_000
    assert (canonical(long), code_of(long), is_absent(long)) == (long, None, False)
