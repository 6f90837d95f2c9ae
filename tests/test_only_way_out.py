"""The service asks configured servers and nobody else: one module connects, by one way in."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from service.commands import COMMANDS

ROOT = Path(__file__).parents[1]
PACKAGES = ("geodata", "importers", "maps", "service")
# Whoever imports one of these can open a connection.
CLIENTS = frozenset(
    {
        *(
            "socket",
            "socketserver",
            "http.client",
            "urllib.request",
            "asyncio",
            "ftplib",
            "smtplib",
        ),
        *("imaplib", "poplib", "telnetlib", "xmlrpc", "requests", "urllib3", "httpx", "aiohttp"),
        *("authlib", "distributed", "websockets", "paramiko"),
    }
)
MAY = {
    # Judges an address and connects to it; speaks HTTP over that, and hangs up in time.
    "geodata/outside/hosts.py": {"socket"},
    "geodata/outside/exchange.py": {"http.client", "socket"},
    # Puts authlib, which brings its own way out, on this one.
    "service/signing_in/outgoing.py": {"authlib", "requests"},
    "service/signing_in/office.py": {"authlib"},
    # A cluster whose address stands on the command line.
    "geodata/national/runners.py": {"distributed"},
    # Listens; it needs the names of the two families of addresses.
    "service/observing/metrics_server.py": {"socket"},
}


@cache
def modules() -> tuple[tuple[str, ast.AST], ...]:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return tuple(
        (str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))) for path in paths
    )


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def clients(tree: ast.AST) -> set[str]:
    return {
        client
        for name in imported(tree)
        for client in CLIENTS
        if name == client or name.startswith(f"{client}.")
    }


def calls(tree: ast.AST) -> set[str]:
    """The bare names of everything that is called."""
    return {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }


def test_no_other_module_can_open_a_connection() -> None:
    found = {path: clients(tree) for path, tree in modules()}
    assert {path: names for path, names in found.items() if names} == MAY


def test_nothing_loads_a_client_by_its_name() -> None:
    loaders = {path for path, tree in modules() if calls(tree) & {"__import__", "import_module"}}
    # The list of commands loads those of its own folder, by names that stand in it.
    assert loaders == {"service/commands/__init__.py"}
    assert {reference.count(".") for reference, _ in COMMANDS.values()} == {1}


def test_requests_go_out_from_the_geocoders_and_the_office_s_sign_in_alone() -> None:
    asking = {path for path, tree in modules() if "geodata.outside.exchange" in imported(tree)}
    assert asking == {"geodata/place/online/transport.py", "service/signing_in/outgoing.py"}


def test_what_is_asked_comes_from_the_settings_and_never_from_a_request() -> None:
    made = {
        name: {path for path, tree in modules() if name in calls(tree)}
        for name in ("Configured", "Oidc")
    }
    assert made == {
        "Configured": {"service/settings/geocoders.py"},
        "Oidc": {"service/settings/oidc.py"},
    }
    both = {
        path
        for path, tree in modules()
        if {"flask.request", "geodata.outside.exchange"} <= set(imported(tree))
    }
    assert both == set()
