"""In production nothing starts with a key or password that others know or soon guess."""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.errors import SettingsError
from service.settings import Settings

ROOT = Path(__file__).parents[3]
KEY = "7d5ffaeb6e0d1bd4a1c6f0c6b1d7de02aa81e9d9e1b8cbb9"
PRODUCTION = {"ZHITU_PRODUCTION": "1", "ZHITU_SECRET_KEY": KEY}
_WRITTEN = re.compile(
    r"(?:ZHITU_)?(SECRET_KEY|PLANNER_PASSWORD)\s*[=:]\s*[\"']?([^\s\"'`|，。；]+)", re.IGNORECASE
)


def documented() -> Iterator[tuple[str, str]]:
    """Every key and password that stands in the documentation."""
    pages = [*ROOT.glob("*.md"), *(one for one in (ROOT / "docs").rglob("*") if one.is_file())]
    for page in pages:
        if page.suffix in {".png", ".jpg", ".webp"}:
            continue
        for name, value in _WRITTEN.findall(page.read_text(encoding="utf-8")):
            # A command that makes one, or a variable of a shell, is no value.
            if not value.startswith(("$", "/", "<")):
                yield f"ZHITU_{name.upper()}", value


@pytest.mark.parametrize(
    "key",
    [
        "",
        "short-but-sixteen",
        "k" * 64,
        "0123456789abcdef" * 4,
        "change-me-change-me-change-me-change-me",
        "please insert your own key here, it is long",
        "请换成你自己的密钥请换成你自己的密钥请换成你自己的密钥请换成",
        "my-very-secret-key-of-this-service-2026",
    ],
)
def test_production_does_not_start_with_a_key_others_know(key: str) -> None:
    with pytest.raises(SettingsError, match=r"ZHITU_SECRET_KEY.*secrets\.token_hex\(32\)"):
        Settings.from_environment(PRODUCTION | {"ZHITU_SECRET_KEY": key})


def test_the_command_of_the_sentence_makes_keys_that_are_taken() -> None:
    made = [secrets.token_hex(32) for _ in range(200)]
    taken = [Settings.from_environment(PRODUCTION | {"ZHITU_SECRET_KEY": key}) for key in made]
    assert [one.secret_key for one in taken] == made


@pytest.mark.parametrize("word", ["一个口令", "admin-2026-admin", "zhitu-Pudong-77", "a" * 12])
def test_production_does_not_start_with_a_password_soon_guessed(word: str) -> None:
    with pytest.raises(SettingsError, match=r"^ZHITU_PLANNER_PASSWORD"):
        Settings.from_environment(PRODUCTION | {"ZHITU_PLANNER_PASSWORD": word})


def test_production_starts_without_a_built_in_account_or_with_a_good_password() -> None:
    good = Settings.from_environment(PRODUCTION | {"ZHITU_PLANNER_PASSWORD": "u8-Kd_2mQ0x!Vt"})
    bare = Settings.from_environment(PRODUCTION)
    assert (good.planner_password, bare.planner_password) == ("u8-Kd_2mQ0x!Vt", "")


def test_nothing_printed_in_the_documentation_opens_a_service() -> None:
    taken = []
    for name, value in documented():
        try:
            Settings.from_environment(PRODUCTION | {name: value})
        except SettingsError:
            continue
        taken.append((name, value))
    assert taken == []
    assert [_WRITTEN.search(line) is not None for line in (f"secret_key = '{KEY}'", "key")] == [
        True,
        False,
    ]
