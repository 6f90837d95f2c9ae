"""Question files: what they hold, and what is said of those that hold something else."""

from pathlib import Path

import pytest

from geodata.errors import ParameterError, UnreadableFileError
from geodata.kinds import SiteKind
from geodata.siting.asked import Asked, Bind, Candidates, From, GivenPlace, Model, Rules, Works
from geodata.siting.read import read, read_file

ROOT = Path(__file__).parents[3]


def test_the_notice_of_2023_is_read_whole() -> None:
    asked = read_file(ROOT / "docs/examples/siting-2023-notice.toml")
    assert asked == Asked(
        title="新建 20 家、升级 50 家健康服务点",
        new=Works(20, 1, cost_10k={"city": 1.5, "district": 1.5, "town": 1.5}),
        upgrade=Works(50, 3, cost_10k={"city": 1.0, "district": 1.0, "town": 1.0}),
        budget_10k={"city": 80.0},
        given=asked.given,
    )


def test_the_example_that_ships_is_the_one_in_the_docs() -> None:
    shipped = ROOT / "geodata/data/siting-2023-notice.toml"
    assert shipped.read_bytes() == (ROOT / "docs/examples/siting-2023-notice.toml").read_bytes()


def test_candidates_and_rules_of_a_json_file(tmp_path: Path) -> None:
    file = tmp_path / "题.json"
    file.write_text(
        '{"new": {"count": 2, "minimum_by_district": {"浦东": 1}},'
        ' "candidates": {"from": "places", "kinds": ["park"], "districts": ["黄浦"],'
        ' "places": [{"name": "甲", "lon": 121.5, "lat": 31.2, "capacity_workers": 9}]},'
        ' "rules": {"required": ["甲"], "exclusive": [["乙", "丙"]], "spacing_m": 500,'
        ' "minima_bind": "applications"}}',
        encoding="utf-8",
    )
    asked = read_file(file)
    assert asked.new == Works(2, minimum_by_district={"浦东新区": 1})
    assert asked.candidates == Candidates(
        source=From.PLACES,
        kinds=(SiteKind.PARK,),
        districts=("黄浦区",),
        or_workers_over=None,
        places=(GivenPlace("甲", 121.5, 31.2, capacity_workers=9.0),),
    )
    assert asked.rules == Rules(
        Bind.APPLICATIONS, required=("甲",), exclusive=(("乙", "丙"),), spacing_m=500.0
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"new": {"count": "二十"}}, "new.count 要 0 到 10000 之间的数，收到：二十"),
        ({"new": {"count": 2.5}}, "new.count 要整数，收到：2.5"),
        ({"new": {"count": True}}, "new.count 要 0 到 10000 之间的数，收到：True"),
        ({"new": {"cout": 2}}, "new.cout：没有这个键。这里可用："),
        ({"new": 20}, "new 要一张表，写成 [new]，收到：20"),
        ({"model": "best"}, "model 要这些之一：mclp、lscp、p_median、p_center、"),
        ({"new": {"count": 1, "minimum_by_district": {"北京": 1}}}, "没有这个区"),
        ({"walk_m": float("nan")}, "walk_m 要 50 到 20000 之间的数，收到：nan"),
        ({"candidates": {"kinds": ["shop"]}}, "candidates.kinds 要这些里的：park、building、mall"),
        ({"candidates": {"places": [{"name": "甲"}]}}, "candidates.places[1].lon 没有写"),
        ({"rules": {"exclusive": ["甲"]}}, "rules.exclusive 要成对的名称"),
        ({}, "model = mclp 要写 new.count：新建多少家"),
        ({"model": "upgrade"}, "model = upgrade 要写 upgrade.count：升级多少家"),
        ({"model": "lunch"}, "model = lunch 要写 [lunch]，里面至少一种办法"),
        (
            {"model": "p_median", "new": {"count": 3, "district_minimum": 1}},
            "model = p_median 不收 [rules]、[budget_10k] 和各区街镇家数",
        ),
        (
            {"new": {"count": 1}, "rules": {"required": ["甲"], "forbidden": ["甲"]}},
            "rules.required 和 rules.forbidden 里都有“甲”：只能留一边",
        ),
    ],
)
def test_what_a_key_does_not_take_is_said_with_the_key(
    values: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        read(values)
    assert sentence in str(caught.value)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "坏.toml"
    file.write_text("[new\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"坏\.toml 写得不合格式"):
        read_file(file)


def test_every_model_has_a_least_question() -> None:
    least: dict[Model, dict[str, object]] = {model: {"new": {"count": 1}} for model in Model}
    least[Model.LSCP] = {}
    least[Model.UPGRADE] = {"upgrade": {"count": 1}}
    least[Model.LUNCH] = {
        "budget_10k": {"total": 1},
        "lunch": {"cabinet": {"cost_10k": 1, "meals": 9}},
    }
    read_models = [read({"model": model.value, **more}).model for model, more in least.items()]
    assert read_models == list(Model)
