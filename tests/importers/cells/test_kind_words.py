import pytest

from geodata.errors import CellError
from geodata.kinds import KINDS, Kind
from importers.cells.kind_words import KindCell, driver_grade, kind_cell, names_kind
from importers.cells.words import Makes


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        (
            "户外职工驿站、职工工间休息室、爱心妈咪小屋",
            KindCell((Kind.OUTDOOR_STATION, Kind.REST_ROOM, Kind.MOTHERS_ROOM)),
        ),
        ("户外职工驿站；公共厕所", KindCell((Kind.OUTDOOR_STATION,), unknown=("公共厕所",))),
        ("户外职工驿站、爱心接力站", KindCell((Kind.OUTDOOR_STATION,))),
        ("工会驿站", KindCell((Kind.OUTDOOR_STATION,))),
        ("间休息室", KindCell((Kind.REST_ROOM,))),
        ("职工工间休息室（样板间）", KindCell((Kind.REST_ROOM,), model=True)),
        (
            "职工书屋(市级示范点)",
            KindCell((Kind.READING_ROOM,), model=True, grades=((Kind.READING_ROOM, "市级示范点"),)),
        ),
        ("市级职工书屋", KindCell((Kind.READING_ROOM,), grades=((Kind.READING_ROOM, "市级"),))),
        (
            "微型工会司机之家、户外职工驿站",
            KindCell(
                (Kind.DRIVERS_HOME, Kind.OUTDOOR_STATION),
                grades=((Kind.DRIVERS_HOME, "微型"),),
            ),
        ),
        (
            "司机之家（综合型）",
            KindCell((Kind.DRIVERS_HOME,), grades=((Kind.DRIVERS_HOME, "综合型"),)),
        ),
        ("母婴室/健身角", KindCell((Kind.MOTHERS_ROOM, Kind.FITNESS_STATION))),
        ("楼宇健康服务点", KindCell((Kind.HEALTH_POINT,))),
        ("爱心妈咪小屋(女职工专用休息室)", KindCell((Kind.MOTHERS_ROOM,))),
        ("职工健身驿站（健身角）", KindCell((Kind.FITNESS_STATION,))),
        (
            "爱心妈咪小屋(五星级);楼宇健康服务点;职工书屋(市级示范点);烘焙工房",
            KindCell(
                (Kind.MOTHERS_ROOM, Kind.HEALTH_POINT, Kind.READING_ROOM),
                model=True,
                unknown=("烘焙工房",),
                grades=((Kind.MOTHERS_ROOM, "五星级"), (Kind.READING_ROOM, "市级示范点")),
            ),
        ),
        ("楼宇职工服务站(1+44+N+X 的 N)", KindCell((Kind.SERVICE_STATION,))),
        (
            "职工服务总站，服务职工综合体",
            KindCell((Kind.SERVICE_HUB,), complex_site=True),
        ),
        (
            "职工服务总站(1+44+N+X 的 44);爱心妈咪小屋;法律援助;劳动争议调解工作站;烘焙工房",
            KindCell(
                (Kind.SERVICE_HUB, Kind.MOTHERS_ROOM),
                unknown=("烘焙工房",),
                services=("法律援助", "劳动争议调解工作站"),
            ),
        ),
        ("法律援助", KindCell((), services=("法律援助",))),
        ("服务职工综合体/示范点", KindCell((), model=True, complex_site=True)),
        ("疗休养院所", KindCell((), unknown=("疗休养院所",))),
    ],
)
def test_a_cell_names_one_or_several_kinds(text: str, cell: KindCell) -> None:
    assert kind_cell(text) == cell


def test_every_label_names_its_own_kind() -> None:
    labels = {kind: kind_cell(facts.label) for kind, facts in KINDS.items()}
    shorts = {kind: kind_cell(facts.short) for kind, facts in KINDS.items()}
    expected = {kind: KindCell((kind,)) for kind in KINDS}
    assert labels == expected
    assert shorts == expected


@pytest.mark.parametrize(
    ("text", "grade"),
    [("微型", "微型"), ("综合", "综合型"), ("综合型工会司机之家", "综合型"), ("微 型", "微型")],
)
def test_a_drivers_home_is_small_or_complex(text: str, grade: str) -> None:
    assert driver_grade(text) == grade


def test_no_other_sort_of_drivers_home_is_known() -> None:
    with pytest.raises(CellError) as refused:
        driver_grade("大型")
    assert str(refused.value) == "微型 或 综合型"


@pytest.mark.parametrize(
    ("makes", "text", "named"),
    [
        (Makes.PLACE, "职工书屋", True),
        (Makes.PLACE, "园区", False),
        (Makes.REQUIREMENT, "职工服务总站", True),
        (Makes.SITE, "写字楼", True),
        (Makes.SITE, "职工书屋", False),
        (Makes.OUTLET, "社区食堂", True),
        (Makes.OUTLET, "楼宇", False),
    ],
)
def test_a_cell_names_a_kind_of_what_its_form_lists(makes: Makes, text: str, named: bool) -> None:
    assert names_kind(makes, text) is named
