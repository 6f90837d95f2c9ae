"""Keys and passwords that are as good as none: short ones, and those that everybody can read."""

import re
import secrets

from geodata.accounts.book import BUILT_IN
from geodata.accounts.passwords import must_be_good
from geodata.errors import ParameterError, SettingsError

SHORTEST = 16
SHORTEST_IN_PRODUCTION = 32
MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_hex(32))"'
# What examples and templates hold, ours among them.
_AN_EXAMPLE = re.compile(
    r"example|change.?me|secret|password|default|insert|replace|zhitu|admin|xxxxx|12345|abcde"
    r"|^(your|test|demo)|请换|请改|改成|换成|口令|密钥|密码|示例|…|\.\.\.|[<>]",
    re.IGNORECASE,
)


def secret_key(text: str, *, production: bool) -> str:
    """The key that signs sessions; one of its own for each start where none is given.

    Raises:
        SettingsError: it is too short; in production also missing, or one that others know.
    """
    if not text and not production:
        return secrets.token_hex(32)
    if not text:
        raise SettingsError(
            f"ZHITU_PRODUCTION=1 时必须设 ZHITU_SECRET_KEY。用这条命令做一个：{MAKE_ONE}"
        )
    least = SHORTEST_IN_PRODUCTION if production else SHORTEST
    if len(text) < least:
        raise SettingsError(
            f"ZHITU_SECRET_KEY 太短：至少 {least} 个字符。用这条命令做一个：{MAKE_ONE}"
        )
    if production and (len(set(text)) < 10 or _AN_EXAMPLE.search(text)):
        raise SettingsError(
            f"ZHITU_SECRET_KEY 像是例子里的，谁都猜得到。用这条命令做一个：{MAKE_ONE}"
        )
    return text


def planner_password(text: str, *, production: bool) -> str:
    """The password of the built-in account; "" shuts it.

    Raises:
        SettingsError: in production it is short, soon guessed, or stands in an example.
    """
    if not text or not production:
        return text
    try:
        must_be_good(text, BUILT_IN)
    except ParameterError as error:
        raise SettingsError(f"ZHITU_PLANNER_PASSWORD：{error}") from error
    if _AN_EXAMPLE.search(text):
        raise SettingsError(
            "ZHITU_PLANNER_PASSWORD 像是例子里的，谁都猜得到。用这条命令做一个："
            'python3 -c "import secrets; print(secrets.token_urlsafe(12))"'
        )
    return text
