"""Every sentence exists in both languages and is one that a page uses."""

import re
from pathlib import Path

import pytest

import maps
from geodata.kinds import KINDS, Kind, Status
from maps.sentences import SENTENCES
from maps.words import CHINESE, ENGLISH

FOLDER = Path(maps.__file__).parent


def sources(pattern: str) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob(pattern)))


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_are_there_and_take_the_same_values(key: str) -> None:
    chinese, english = SENTENCES[key]
    values = [sorted(re.findall(r"\{(\w+)\}", text)) for text in (chinese, english)]
    assert chinese
    assert english
    assert values[0] == values[1]


def test_templates_and_code_use_only_words_there_are() -> None:
    text = sources("templates/**/*.html") + sources("*.py")
    used = set(re.findall(r"""\b(?:t|words|words_of\(request\))\(["'](\w+)["'][,)]""", text))
    assert used <= set(SENTENCES)


def test_scripts_use_only_words_they_are_given() -> None:
    used = set(re.findall(r'words\("(\w+)"', sources("static/*.js")))
    given = CHINESE.for_scripts()
    assert {key for key in used if not key.startswith("kind_")} <= set(given)
    assert {f"kind_{kind}" for kind in KINDS} <= set(given)


def test_no_sentence_is_left_over() -> None:
    text = sources("templates/**/*.html") + sources("static/*.js") + sources("../service/*.py")
    text += "".join(
        path.read_text(encoding="utf-8")
        for path in sorted(FOLDER.glob("*.py"))
        if not path.name.startswith("sentences")
    )
    prefixes = ("theme_", "box_", "app_", "area_")
    # A table names its first column by what it lists.
    text += '"col_town"'
    plain = {key.removeprefix("js_") for key in SENTENCES}
    plain = {key for key in plain if not key.startswith(prefixes)}
    unused = {key for key in plain if f'"{key}"' not in text and f"'{key}'" not in text}
    numbers = {"share", "uncovered", "gaps", "p1", "to_check", "uncounted"}
    assert unused - numbers == set()


def test_registries_speak_both_languages() -> None:
    assert CHINESE.kind(Kind.REST_ROOM) == "职工工间休息室"
    assert ENGLISH.kind_short("rest_room") == "Rest room"
    assert (CHINESE.status(Status.RECTIFYING), ENGLISH.status("plaqued")) == ("整改中", "Open")
    assert ENGLISH.both("只有中文", "") == "只有中文"
    assert CHINESE("found", count=3) == "3 处站点"
