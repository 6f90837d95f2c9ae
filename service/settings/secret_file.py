"""A secret in a file of its own, as systemd's LoadCredential and containers hand it over."""

from pathlib import Path

from geodata.errors import SettingsError

_LONGEST = 4096


def read_secret(name: str, path: Path) -> str:
    """The one line a file holds.

    Raises:
        SettingsError: it cannot be read, is empty, or holds more than a line; never with its text.
    """
    try:
        with path.open("rb") as file:
            held = file.read(_LONGEST + 1)
    except OSError as error:
        raise SettingsError(f"{name} 的文件读不了：{path}（{error.strerror}）。") from error
    try:
        text = held.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise SettingsError(f"{name} 的文件不是文字（UTF-8）：{path}。") from None
    if not text or len(held) > _LONGEST or not text.isprintable():
        raise SettingsError(f"{name} 的文件要正好一行，不能是空的：{path}。")
    return text
