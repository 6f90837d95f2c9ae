"""Settings from a TOML file: every key is known and of its type, or the start stops."""

import re
import tomllib
from pathlib import Path

import pytest

from geodata.errors import SettingsError
from service.settings import Settings, gather
from service.settings.toml_file import read_toml
from service.settings.variables import BY_NAME, FILED, PREFIX


def written(folder: Path, text: str) -> Path:
    file = folder / "zhitu.toml"
    file.write_text(text, encoding="utf-8")
    return file


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read_toml(written(folder, text))
    return str(caught.value).replace(str(folder), "")


def test_tables_stand_for_what_comes_before_an_underscore(tmp_path: Path) -> None:
    text = """
        port = 8080
        https = true
        works = false
        embed_sites = ["https://a.example.org", "https://b.example.org"]
        geocoders = "amap nominatim"
        [oidc]
        issuer = "https://sso.example.org"
        client.id = "zhitu"
        [amap]
        key = "k"
        [tianditu.geocoder]
        key = "t"
        [geocoder]
        qps = { amap = 30, tencent = 0.5 }
        [geocoder.daily]
        amap = 5000
    """
    assert read_toml(written(tmp_path, text)) == {
        "ZHITU_PORT": "8080",
        "ZHITU_HTTPS": "1",
        "ZHITU_WORKS": "0",
        "ZHITU_EMBED_SITES": "https://a.example.org https://b.example.org",
        "ZHITU_GEOCODERS": "amap nominatim",
        "ZHITU_OIDC_ISSUER": "https://sso.example.org",
        "ZHITU_OIDC_CLIENT_ID": "zhitu",
        "ZHITU_AMAP_KEY": "k",
        "ZHITU_TIANDITU_GEOCODER_KEY": "t",
        "ZHITU_GEOCODER_QPS": "amap=30 tencent=0.5",
        "ZHITU_GEOCODER_DAILY": "amap=5000",
    }


def test_a_file_that_notepad_saved_is_read(tmp_path: Path) -> None:
    file = tmp_path / "zhitu.toml"
    file.write_bytes(b'\xef\xbb\xbficp = "\xe6\xb2\xaaICP\xe5\xa4\x87"\r\nport = 81\r\n')
    assert read_toml(file) == {"ZHITU_ICP": "沪ICP备", "ZHITU_PORT": "81"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prot = 1", "设置文件 /zhitu.toml 第 1 行：没有 prot 这一项，是不是 port？"),
        ("ZHITU_PORT = 1", "设置文件 /zhitu.toml 第 1 行：没有 ZHITU_PORT 这一项，是不是 port？"),
        (
            "secret-key = 1",
            "设置文件 /zhitu.toml 第 1 行：没有 secret-key 这一项，是不是 secret_key？",
        ),
        (
            "\n[oidc]\nisuer = 1",
            "设置文件 /zhitu.toml 第 3 行：没有 oidc_isuer 这一项，是不是 oidc_issuer？",
        ),
        ("[nothing]", "设置文件 /zhitu.toml：没有 nothing 这一项"),
        ("port = '80'", "设置文件 /zhitu.toml 第 1 行：port 要写整数，不加引号。"),
        ("port = true", "设置文件 /zhitu.toml 第 1 行：port 要写整数，不加引号。"),
        ("https = 1", "设置文件 /zhitu.toml 第 1 行：https 要写true 或 false。"),
        ("icp = 5", '设置文件 /zhitu.toml 第 1 行：icp 要写文字，如 "…"。'),
        ("icp = 2026-01-01", '设置文件 /zhitu.toml 第 1 行：icp 要写文字，如 "…"。'),
        (
            "[geocoder.qps]\namap = 'fast'",
            "设置文件 /zhitu.toml：geocoder_qps 要写名字和数的表，如 { amap = 30 }。",
        ),
        (
            "oidc_name = 'a'\n[oidc]\nname = 'b'",
            "设置文件 /zhitu.toml 第 1 行：oidc_name 写了两次。",
        ),
        (
            "port = x",
            "设置文件 /zhitu.toml 不是 TOML：Invalid value (at line 1, column 8)。",
        ),
    ],
)
def test_a_slip_is_named_with_its_line_and_what_was_expected(
    tmp_path: Path, text: str, said: str
) -> None:
    assert refusal(tmp_path, text) == said


@pytest.mark.parametrize(
    "text", ["secret_key = 12345678", "secret_kee = 'canary'", "[secret_key]\nx = 'canary'"]
)
def test_no_sentence_repeats_a_value(tmp_path: Path, text: str) -> None:
    said = refusal(tmp_path, text)
    assert "12345678" not in said
    assert "canary" not in said


def test_a_file_that_is_not_there_or_no_text_is_one_sentence(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes('icp = "沪"'.encode("gbk"))
    with pytest.raises(SettingsError, match=r"^设置文件要存成 UTF-8：.*latin\.toml。$"):
        read_toml(latin)
    with pytest.raises(SettingsError, match=r"^设置文件读不了：.*none"):
        read_toml(tmp_path / "none.toml")
    with pytest.raises(SettingsError, match=r"^设置文件读不了：.*Is a directory"):
        read_toml(tmp_path)


def test_the_environment_wins_over_the_file_and_the_command_line_over_both(tmp_path: Path) -> None:
    file = written(tmp_path, 'port = 1\nhost = "10.0.0.1"\ndatabase = "one.sqlite"\nicp = "one"')
    environ = {"ZHITU_SETTINGS": str(file), "ZHITU_HOST": "10.0.0.2", "ZHITU_DATABASE": "two"}
    given = gather(environ, command_line={"ZHITU_DATABASE": "three", "ZHITU_ICP": ""})
    found = Settings.of(given)
    assert (found.port, found.host, found.database, found.icp) == (
        1,
        "10.0.0.2",
        "sqlite:///three",
        "one",
    )
    names = ("PORT", "HOST", "DATABASE", "HTTPS")
    assert [given.origin(f"ZHITU_{name}") for name in names] == [
        f"文件 {file}",
        "环境变量",
        "命令行",
        "默认",
    ]


def test_a_file_named_by_hand_stands_in_for_the_one_of_the_environment(tmp_path: Path) -> None:
    given = gather({"ZHITU_SETTINGS": "/nowhere"}, file=written(tmp_path, "port = 1"))
    assert given["ZHITU_PORT"] == "1"


def test_the_example_of_the_documentation_is_read_with_its_commented_lines() -> None:
    example = Path(__file__).parents[3] / "docs" / "operate" / "zhitu.toml"
    plain = read_toml(example)
    assert plain["ZHITU_PRODUCTION"] == "1"
    whole = re.sub(r"^# (?=\w+ = )", "", example.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(plain) < {PREFIX + key.upper() for key in tomllib.loads(whole)} <= {*BY_NAME, *FILED}


def test_what_begins_like_a_setting_and_is_none_is_told() -> None:
    environ = {"ZHITU_PROT": "1", "ZHITU_PORT_FILE": "x", "ZHITU_SECRET_KEY": "k", "HOME": "/"}
    assert gather(environ).unknown == ("ZHITU_PORT_FILE", "ZHITU_PROT")
