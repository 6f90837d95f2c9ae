"""The page on siting names every key and model there is."""

from pathlib import Path

import pytest

from geodata.errors import ParameterError
from geodata.siting.asked import LAYERS, Bind, From, Model
from geodata.siting.read import LUNCH_OPTIONS, read

DOCS = Path(__file__).parents[3] / "docs/siting.md"


def known_keys(values: dict[str, object]) -> list[str]:
    """What the reader says can be written where a key is unknown."""
    with pytest.raises(ParameterError) as caught:
        read(values)
    return str(caught.value).partition("这里可用：")[2].split("、")


def test_every_key_and_word_of_a_question_is_in_the_docs() -> None:
    text = DOCS.read_text(encoding="utf-8")
    keys = known_keys({"nonsense": 1})
    for table in ("new", "candidates", "rules", "budget_10k", "capacity"):
        keys += known_keys({table: {"nonsense": 1}})
    place = {"name": "甲", "lon": 121.5, "lat": 31.2, "nonsense": 1}
    keys += known_keys({"candidates": {"places": [place]}})
    words = [*keys, *Model, *From, *Bind, *LAYERS, *LUNCH_OPTIONS]
    assert len(words) > 60
    assert [word for word in words if word not in text] == []
