from collections.abc import Mapping

import pytest

from geodata.errors import CellError
from geodata.kinds import OUTLET_LABELS, STATUS_LABELS, Clinic, SiteKind, Status
from geodata.model import Datum
from importers.cells import words
from importers.cells.words import meaning


@pytest.mark.parametrize(
    ("table", "text", "value"),
    [
        (words.STATUS_WORDS, "挂牌", Status.PLAQUED),
        (words.STATUS_WORDS, "黄牌", Status.RECTIFYING),
        (words.STATUS_WORDS, "红牌（2024）", Status.DELISTED),
        (words.STATUS_WORDS, "在建", Status.BUILDING),
        (words.STATUS_WORDS, "申报", Status.DECLARED),
        (words.SITE_WORDS, "产业园区", SiteKind.PARK),
        (words.CLINIC_WORDS, "简陋", Clinic.POOR),
        (words.DATUM_WORDS, "火星坐标", Datum.GCJ02),
        (words.DATUM_WORDS, "wgs 84", Datum.WGS84),
        (words.DATUM_WORDS, "百度", Datum.BD09),
        (words.DATUM_WORDS, "天地图", Datum.CGCS2000),
        (words.YES_NO_WORDS, "√", True),
    ],
)
def test_words_of_the_closed_vocabularies(
    table: Mapping[str, object], text: str, value: object
) -> None:
    assert meaning(table, text) == value


def test_every_status_and_outlet_is_known_by_its_own_label() -> None:
    assert {meaning(words.STATUS_WORDS, zh) for zh, _en in STATUS_LABELS.values()} == set(Status)
    assert [meaning(words.OUTLET_WORDS, zh) for zh, _en in OUTLET_LABELS.values()] == list(
        OUTLET_LABELS
    )


def test_an_unknown_word_is_answered_with_those_that_are_known() -> None:
    with pytest.raises(CellError) as refused:
        meaning(words.WORKS_WORDS, "重建")
    assert str(refused.value) == "这些词之一：新建、新增、升级、升级优化、改建"
