"""The settings in force as `zhitu check` shows them: without secrets."""

import pytest

from service.settings import VARIABLES, gather
from service.settings.shown import Shown, effective, without_passwords
from service.settings.variables import KNOWN


def test_secrets_are_hidden_and_origins_told() -> None:
    environ = {one.name: "canary" for one in KNOWN if one.secret} | {"ZHITU_PORT": "81"}
    shown = {one.name: one for one in effective(gather(environ))}
    assert tuple(shown) == VARIABLES
    assert [one for one in shown.values() if "canary" in str(one)] == []
    assert shown["ZHITU_AMAP_KEY"] == Shown("ZHITU_AMAP_KEY", "••••", "环境变量")
    assert shown["ZHITU_PORT"] == Shown("ZHITU_PORT", "81", "环境变量")
    assert shown["ZHITU_HOST"] == Shown("ZHITU_HOST", "127.0.0.1", "默认")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://zhitu:canary@db/zhitu", "postgresql://zhitu:••••@db/zhitu"),
        ("postgresql://zhitu:can@ary@db/zhitu", "postgresql://zhitu:••••@db/zhitu"),
        ("postgresql://zhitu:ca/n@ary@a:1,b:2/z", "postgresql://zhitu:••••@a:1,b:2/z"),
        ("postgresql://zhitu@db/zhitu", "postgresql://zhitu@db/zhitu"),
        (
            "postgresql://db/z?user=u&password=canary&x=1",
            "postgresql://db/z?user=u&password=••••&x=1",
        ),
        ("https://canary@sso.example.org/a", "https://••••@sso.example.org/a"),
        ("https://u:canary@sso.example.org", "https://u:••••@sso.example.org"),
        ("https://a.example.org/?key=canary", "https://a.example.org/?key=••••"),
        ("zhitu-data/zhitu.sqlite", "zhitu-data/zhitu.sqlite"),
    ],
)
def test_no_url_shows_its_password(text: str, shown: str) -> None:
    assert without_passwords(text) == shown
