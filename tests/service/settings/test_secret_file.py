"""Secrets in files of their own, as systemd and containers hand them over."""

from pathlib import Path

import pytest

from geodata.errors import SettingsError
from service.settings import Settings, gather
from service.settings.variables import FILED

KEY = "7d5ffaeb6e0d1bd4a1c6f0c6b1d7de02aa81e9d9e1b8cbb9"


def held(folder: Path, content: bytes) -> str:
    file = folder / "secret"
    file.write_bytes(content)
    return str(file)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_secret_is_the_one_line_of_its_file(tmp_path: Path, end: bytes) -> None:
    environ = {"ZHITU_SECRET_KEY_FILE": held(tmp_path, KEY.encode() + end)}
    found = Settings.from_environment(environ)
    assert (found.secret_key, found.secret_key_given) == (KEY, True)


def test_the_settings_file_may_name_it_and_the_environment_still_wins(tmp_path: Path) -> None:
    toml = tmp_path / "zhitu.toml"
    toml.write_text(f'secret_key_file = "{held(tmp_path, KEY.encode())}"', encoding="utf-8")
    given = gather({}, file=toml)
    assert given["ZHITU_SECRET_KEY"] == KEY
    assert given.origin("ZHITU_SECRET_KEY") == f"文件 {toml}指的文件 {tmp_path / 'secret'}"
    own = gather({"ZHITU_SECRET_KEY": "another-key-of-the-environment"}, file=toml)
    assert own["ZHITU_SECRET_KEY"] == "another-key-of-the-environment"


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"canary\ncanary", b"canary\0", b"canary" * 1000, b"\xff\xfecanary"]
)
def test_a_file_that_holds_no_line_is_refused_without_its_text(
    tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(SettingsError, match=r"^ZHITU_AMAP_KEY_FILE 的文件") as caught:
        gather({"ZHITU_AMAP_KEY_FILE": held(tmp_path, content)})
    assert "canary" not in str(caught.value)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(
        SettingsError, match=r"^ZHITU_AMAP_KEY_FILE 的文件读不了：/nowhere（No such"
    ):
        gather({"ZHITU_AMAP_KEY_FILE": "/nowhere"})


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    environ = {"ZHITU_AMAP_KEY": "a", "ZHITU_AMAP_KEY_FILE": held(tmp_path, b"b")}
    with pytest.raises(SettingsError, match=r"^ZHITU_AMAP_KEY 和 ZHITU_AMAP_KEY_FILE 只能设一个"):
        gather(environ)


def test_only_secrets_and_the_database_may_come_in_a_file() -> None:
    assert sorted(FILED) == [
        "ZHITU_AMAP_KEY_FILE",
        "ZHITU_BAIDU_KEY_FILE",
        "ZHITU_DATABASE_FILE",
        "ZHITU_OIDC_CLIENT_SECRET_FILE",
        "ZHITU_PLANNER_PASSWORD_FILE",
        "ZHITU_SECRET_KEY_FILE",
        "ZHITU_TENCENT_KEY_FILE",
        "ZHITU_TIANDITU_GEOCODER_KEY_FILE",
        "ZHITU_TIANDITU_KEY_FILE",
    ]
