"""What docs/operate.md and its files say is what the program knows."""

import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bench.operated import unit
from service.cli import main
from service.settings import Settings
from service.settings.toml_file import read_toml
from service.settings.variables import KNOWN

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
OPERATE = ROOT / "docs" / "operate"
SERVICES = ("zhitu.service", "zhitu-work.service", "zhitu-backup.service")
_FENCED = re.compile(r"^```sh(?: not-here)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)

_COMMAND = re.compile(r"(?:^|&& |exec work |/bin/)zhitu ([^&|]+)")


def commands() -> Iterator[list[str]]:
    """Every `zhitu …` of the page's blocks and of the units, as its words."""
    lines = "\n".join(_FENCED.findall(PAGE)).splitlines()
    lines += [unit(name)["Service"]["ExecStart"] for name in SERVICES]
    for line in lines:
        if found := _COMMAND.search(line):
            yield shlex.split(found[1])


def test_every_command_is_one_and_takes_what_it_is_given() -> None:
    seen = set()
    for words in commands():
        command: click.Command = main
        while isinstance(command, click.Group):
            within = command.get_command(click.Context(command), words[0])
            assert within is not None, words
            command, words = within, words[1:]  # noqa: PLW2901
        known = {name for option in command.params for name in option.opts}
        assert {word for word in words if word.startswith("--")} <= known
        seen.add(command.name)
    assert seen >= {"check", "add", "import", "move", "backup", "restore", "work"}


def test_the_page_names_every_file_and_no_other() -> None:
    named = set(re.findall(r"docs/operate/([\w.-]+)", PAGE))
    named |= set(re.findall(r"\(operate/([\w.-]+)\)", PAGE))
    there = {file.name for file in OPERATE.iterdir() if file.is_file()}
    assert named == there


def test_the_settings_of_the_page_are_settings() -> None:
    assert set(read_toml(OPERATE / "zhitu.toml")) == {
        "ZHITU_DATABASE",
        "ZHITU_BACKUPS",
        "ZHITU_PRODUCTION",
        "ZHITU_SITE_URL",
        "ZHITU_SECRET_KEY_FILE",
        "ZHITU_HTTPS",
        "ZHITU_PROXY_HOPS",
        "ZHITU_WORKS",
        "ZHITU_LOG",
        "ZHITU_METRICS_PORT",
    }


@pytest.mark.parametrize("file", ["Containerfile", "compose.yaml", *SERVICES])
def test_the_variables_of_a_file_are_settings(file: str) -> None:
    named = set(re.findall(r"ZHITU_[A-Z_]+", (OPERATE / file).read_text(encoding="utf-8")))
    known = {one.name for one in KNOWN} | {f"{one.name}_FILE" for one in KNOWN}
    assert named - known - {"ZHITU_SETTINGS"} == set()


@pytest.mark.parametrize("name", SERVICES)
def test_a_unit_is_its_own_user_and_may_write_its_own_folder_alone(name: str) -> None:
    service = unit(name)["Service"]
    assert {
        key: service[key]
        for key in ("User", "NoNewPrivileges", "ProtectSystem", "StateDirectory", "PrivateTmp")
    } == {
        "User": "zhitu",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "StateDirectory": "zhitu",
        "PrivateTmp": "yes",
    }


def test_whoever_stops_the_pages_waits_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    told = runpy.run_path(str(OPERATE / "gunicorn.conf.py"))
    assert int(unit("zhitu.service")["Service"]["TimeoutStopSec"]) > told["graceful_timeout"]
    assert (told["preload_app"], told["worker_class"], told["accesslog"]) == (
        True,
        "gthread",
        None,
    )


def test_nginx_lets_through_what_the_service_takes_and_a_little_more() -> None:
    site = (OPERATE / "nginx.conf").read_text(encoding="utf-8")
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", site)
    assert int(megabytes) == Settings().upload_mb + 1


def test_nginx_systemd_and_gunicorn_mean_the_same_socket() -> None:
    (socket,) = set(re.findall(r"unix:(/[\w/.-]+)", (OPERATE / "nginx.conf").read_text()))
    assert unit("zhitu.socket")["Socket"]["ListenStream"] == socket
    assert f'bind = "unix:{socket}"' in (OPERATE / "gunicorn.conf.py").read_text()
    assert socket in (OPERATE / "Containerfile").read_text()


def test_every_release_says_what_to_do() -> None:
    released = re.findall(
        r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    told = re.findall(r"^## (.+)$", (ROOT / "docs/upgrading.md").read_text("utf-8"), re.MULTILINE)
    assert released
    assert set(released) <= set(told)
