"""The checklists as the two years have them."""

from geodata.inspections.schemes import scheme_of, schemes


def test_each_year_has_its_own_checklist_word_for_word() -> None:
    said = {key: "".join(f"{item.label} " for item in one.items) for key, one in schemes().items()}
    assert said == {
        "eight_2023": "人员齐 设施全 制度明 标识亮 服务精 台账细 环境优 效能佳 ",
        "six_2024": "制度明 标识亮 服务精 环境美 设施全 效能佳 ",
    }


def test_a_year_without_a_checklist_has_none() -> None:
    found = {year: scheme_of(year) for year in (2022, 2023, 2024, 2025)}
    assert {year: one.name if one else None for year, one in found.items()} == {
        2022: None,
        2023: "八字律",
        2024: "六字诀",
        2025: None,
    }


def test_no_year_has_two_checklists() -> None:
    years = [year for one in schemes().values() for year in one.years]
    assert years == [2023, 2024]
