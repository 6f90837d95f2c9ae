"""What stands over a list that holds invented samples."""

import pytest

from maps.invented import sample_sentence
from maps.words import CHINESE, ENGLISH


@pytest.mark.parametrize(
    ("samples", "key"),
    [
        ([], ""),
        ([False, False], ""),
        ([True, True], "sample_banner"),
        ([False, True], "sample_mixed"),
    ],
)
def test_the_sentence_is_true_of_the_whole_list(samples: list[bool], key: str) -> None:
    assert sample_sentence(samples) == key


def test_both_sentences_hold_the_same_warning() -> None:
    both = [CHINESE("sample_banner"), CHINESE("sample_mixed")]
    assert both == ["示例数据，非真实点位", "标“示例”的是示例数据，非真实点位"]
    assert ENGLISH("sample_mixed") == "Those marked “Sample” are sample data, not real places"
