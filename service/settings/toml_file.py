"""The TOML file: checked to the key, so that nothing in it is silently left out."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from geodata.errors import SettingsError
from service.settings.variables import BY_NAME, FILED, PREFIX, Shape, nearest_key

_TABLE = re.compile(r"\s*\[([^\[\]]+)\]")
_KEY = re.compile(r"\s*+([\w.\"'-][\w.\"' -]{0,79}?)\s*=")
_NOT_OF_A_KEY = re.compile(r"[\"' ]")


def read_toml(path: Path) -> dict[str, str]:
    """The settings of a file by the names of their variables, as texts.

    Raises:
        SettingsError: it cannot be read or is no TOML; a key is unknown or of a wrong type. The
            sentence names the file, the line, the key and what was expected, never a value.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"设置文件读不了：{path}（{error.strerror}）。") from error
    except UnicodeDecodeError:
        raise SettingsError(f"设置文件要存成 UTF-8：{path}。") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"设置文件 {path} 不是 TOML：{error}。") from None
    found: dict[str, str] = {}
    for key, value in _flat(tables, ""):
        where = f"设置文件 {path}{_line(text, key)}"
        name = PREFIX + key.upper()
        if key != key.lower() or (name not in BY_NAME and name not in FILED):
            raise SettingsError(f"{where}：没有 {key} 这一项{nearest_key(key)}")
        if name in found:
            raise SettingsError(f"{where}：{key} 写了两次。")
        shape = BY_NAME[name].shape if name in BY_NAME else Shape.TEXT
        written = _text(value, shape)
        if written is None:
            raise SettingsError(f"{where}：{key} 要写{shape.value}。")
        found[name] = written
    return found


def _flat(tables: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    """Every key with the tables above it before an underscore."""
    for name, value in tables.items():
        key = f"{above}{name}"
        known = BY_NAME.get(PREFIX + key.upper())
        if isinstance(value, dict) and (known is None or known.shape is not Shape.NUMBERS):
            # A table that holds nothing and means nothing is still a slip of the pen.
            if not value and not any(one.startswith(PREFIX + key.upper()) for one in BY_NAME):
                yield key, value
            yield from _flat(value, f"{key}_")
        else:
            yield key, value


def _text(value: Any, shape: Shape) -> str | None:
    """A value as its variable would hold it; None for one of another type."""
    # True is a whole number to Python, not to a reader.
    kind = type(value)
    if shape is Shape.SWITCH:
        return str(int(value)) if kind is bool else None
    if shape is Shape.WHOLE:
        return str(value) if kind is int else None
    if shape is Shape.NUMBERS and kind is dict:
        good = all(type(number) in {int, float} for number in value.values())
        return " ".join(f"{name}={number}" for name, number in value.items()) if good else None
    if shape in {Shape.LIST, Shape.PATHS} and kind is list:
        return _joined(value, os.pathsep if shape is Shape.PATHS else " ")
    return value.strip() if kind is str and shape is not Shape.NUMBERS else None


def _joined(parts: list[Any], between: str) -> str | None:
    good = all(isinstance(part, str) and part and between not in part for part in parts)
    return between.join(parts) if good else None


def _line(text: str, key: str) -> str:
    """“ 第 7 行”, or nothing where the key stands in a table within a line."""
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _TABLE.match(line):
            table = f"{_NOT_OF_A_KEY.sub('', found[1]).replace('.', '_')}_"
        found = _KEY.match(line)
        if found and table + _NOT_OF_A_KEY.sub("", found[1]).replace(".", "_") == key:
            return f" 第 {number} 行"
    return ""
