"""What was set, by whom: the TOML file, the environment over it, the command line over both."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geodata.errors import SettingsError
from service.settings.secret_file import read_secret
from service.settings.toml_file import read_toml
from service.settings.variables import BY_NAME, FILED, KNOWN, PREFIX, Variable

SETTINGS = "ZHITU_SETTINGS"


@dataclass(frozen=True, slots=True)
class Value:
    """The text of a setting and where it came from; `file` holds it alone, if one does."""

    text: str = field(repr=False)
    origin: str
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """All that was set. Any setting can be asked for: what nobody set has its default."""

    values: Mapping[str, Value] = field(default_factory=dict)
    toml: Path | None = None
    # Variables that begin like ours and are none.
    unknown: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> str:
        return self.values[name].text if name in self.values else BY_NAME[name].default

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def origin(self, name: str) -> str:
        """Where a setting comes from: 默认, 文件 …, 环境变量, 命令行."""
        return self.values[name].origin if name in self.values else "默认"

    def in_toml(self, name: str) -> bool:
        """Whether the settings file itself holds it."""
        value = self.values.get(name)
        return value is not None and value.file is None and value.origin == _origin(self.toml)


def gather(
    environ: Mapping[str, str] = os.environ,
    *,
    file: Path | None = None,
    command_line: Mapping[str, str] | None = None,
) -> Given:
    """Everything that was set; an empty value counts as not set.

    Raises:
        SettingsError: the file cannot be read, or a setting is given in two ways at once.
    """
    named = environ.get(SETTINGS, "").strip()
    path = file or (Path(named) if named else None)
    said = {name: Value(text, "命令行") for name, text in (command_line or {}).items() if text}
    values = (_from_file(path) if path else {}) | _from_environment(environ) | said
    ours = {SETTINGS, *BY_NAME, *FILED}
    unknown = sorted(name for name in environ if name.startswith(PREFIX) and name not in ours)
    return Given(values, path, tuple(unknown))


def _from_environment(environ: Mapping[str, str]) -> dict[str, Value]:
    texts = {name: environ.get(name, "").strip() for name in (*BY_NAME, *FILED)}
    return _settled(texts, "环境变量")


def _from_file(path: Path) -> dict[str, Value]:
    return _settled(read_toml(path), _origin(path))


def _origin(path: Path | None) -> str:
    return f"文件 {path}"


def _settled(texts: Mapping[str, str], origin: str) -> dict[str, Value]:
    """The settings of one source, those that it keeps in files of their own among them."""
    found = {one.name: _value(one, texts, origin) for one in KNOWN}
    return {name: value for name, value in found.items() if value is not None}


def _value(one: Variable, texts: Mapping[str, str], origin: str) -> Value | None:
    text, filed = texts.get(one.name, ""), texts.get(f"{one.name}_FILE", "")
    if text and filed:
        raise SettingsError(f"{one.name} 和 {one.name}_FILE 只能设一个（{origin}）。")
    if filed:
        path = Path(filed)
        return Value(read_secret(f"{one.name}_FILE", path), f"{origin}指的文件 {path}", path)
    return Value(text, origin) if text else None
