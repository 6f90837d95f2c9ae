"""The catalogues of the screens agree with each other and with the code that uses them."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

import maps
import service
from geodata.kinds import KINDS
from maps.catalogue import LOCALE, SOURCE, catalogue, languages, read
from maps.words import ALSO_FOR_SCRIPTS, CHINESE

MAPS, SERVICE = Path(maps.__file__).parent, Path(service.__file__).parent
PLAIN_CALL = re.compile(r"""\b(?:t|words|words_of\(request\))\(\s*["'](\w+)["']\s*[,)]""")
COUNTED_CALL = re.compile(r"""\b(?:t|words|words_of\(request\))\.n\(\s*["'](\w+)["']\s*,""")
# t("app_" ~ app), words(f"area_{name}"), words("kind_" + kind)
MADE_CALL = re.compile(r"""\b(?:t|words)(?:\.n)?\(f?["'](\w+_)(?:\{|["']\s*[~+])""")
PLACEHOLDER = re.compile(r"\{(\w*)\}")


def text_of(paths: Iterable[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(paths))


SCRIPTS = text_of((MAPS / "static").rglob("*.js"))
CODE = [*MAPS.rglob("*.py"), *SERVICE.rglob("*.py")]
PAGES = text_of([*(MAPS / "templates").rglob("*.html"), *CODE])
SAID = catalogue(SOURCE)
KEYS = {*SAID.plain, *SAID.counted}


def files(language: str) -> list[Path]:
    return sorted((LOCALE / language / "LC_MESSAGES").iterdir())


def keys(path: Path) -> list[str]:
    return re.findall(r'^msgid "(\w+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)


def test_chinese_is_the_first_language() -> None:
    assert (languages()[0], "en" in languages()) == ("zh", True)


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_keys_in_the_same_files(language: str) -> None:
    by_file = {path.name: keys(path) for path in files(language)}
    assert by_file == {path.name: keys(path) for path in files(SOURCE)}


def test_no_key_stands_twice() -> None:
    found = Counter(key for path in files(SOURCE) for key in keys(path))
    assert [key for key, times in found.items() if times > 1] == []
    assert set(found) == KEYS


@pytest.mark.parametrize("language", languages())
def test_every_sentence_is_there_in_all_its_forms(language: str) -> None:
    own = catalogue(language)
    forms = {own.form_of(number) for number in range(200)}
    assert [key for key, text in own.plain.items() if not text] == []
    assert {key: len(texts) for key, texts in own.counted.items()} == dict.fromkeys(
        SAID.counted, len(forms)
    )
    assert [key for key, texts in own.counted.items() if not all(texts)] == []


@pytest.mark.parametrize("language", languages())
def test_the_files_of_a_language_have_one_head(language: str) -> None:
    heads = {
        re.sub("^#.*\n", "", path.read_text(encoding="utf-8")).split("\n\n")[0]
        for path in files(language)
    }
    assert len(heads) == 1


@pytest.mark.parametrize("language", languages())
def test_every_language_takes_the_same_values(language: str) -> None:
    own = catalogue(language)
    for key, text in own.plain.items():
        assert (key, placeholders(text)) == (key, placeholders(SAID.plain[key]))
    for key, texts in own.counted.items():
        wanted = placeholders(SAID.counted[key][0])
        assert "count" in wanted
        assert (key, {placeholders(text) for text in texts}) == (key, {wanted})


def placeholders(text: str) -> tuple[str, ...]:
    return tuple(sorted(PLACEHOLDER.findall(text)))


def test_pages_and_code_use_only_words_there_are() -> None:
    assert set(PLAIN_CALL.findall(PAGES)) - set(SAID.plain) == set()
    assert set(COUNTED_CALL.findall(PAGES)) - set(SAID.counted) == set()


def test_scripts_use_only_words_they_are_given() -> None:
    given = CHINESE.for_scripts()
    assert set(re.findall(r'\bwords\("(\w+)"[,)]', SCRIPTS)) - set(given) == set()
    assert {f"kind_{kind}" for kind in KINDS} - set(given) == set()


def test_scripts_count_what_is_counted() -> None:
    given = CHINESE.for_scripts()
    calls = dict(re.findall(r'\bwords\("(\w+)", \{ (\w+):', SCRIPTS))
    counted = {key for key in given if not isinstance(given[key], str)}
    assert {key: calls.get(key) for key in counted} == dict.fromkeys(counted, "count")


def test_no_sentence_of_a_script_hides_another() -> None:
    own = {key.removeprefix("js_") for key in KEYS if key.startswith("js_")}
    registries = {key for key in CHINESE.for_scripts() if key.startswith(("kind_", "status_"))}
    assert [own & set(ALSO_FOR_SCRIPTS), own & registries] == [set(), set()]


def test_no_sentence_is_left_over() -> None:
    made = tuple(MADE_CALL.findall(PAGES))
    in_pages, in_scripts = (
        set(re.findall(r"""["'](\w+)["']""", text)) for text in (PAGES, SCRIPTS)
    )
    unused = {
        key
        for key in KEYS - in_pages
        if not key.startswith(made)
        and not (key.startswith("js_") and key.removeprefix("js_") in in_scripts)
    }
    assert unused == set()


def test_a_language_brings_its_own_plural_forms(tmp_path: Path) -> None:
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "finder.po").write_text(
        """msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"

msgid "found"
msgid_plural "found"
msgstr[0] "{count} miejsce"
msgstr[1] "{count} miejsca"
msgstr[2] "{count} miejsc"
""",
        encoding="utf-8",
    )
    polish = read(folder.parent)
    assert (str(polish.locale), dict(polish.plain)) == ("pl", {})
    assert [polish.counted_as("found", count) for count in (1, 3, 5, 0.5)] == [
        *("{count} miejsce", "{count} miejsca", "{count} miejsc", "{count} miejsc")
    ]
    assert polish.by_category("found") == {
        "one": "{count} miejsce",
        "few": "{count} miejsca",
        "many": "{count} miejsc",
        "other": "{count} miejsc",
    }
