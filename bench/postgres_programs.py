"""The programs of the PostgreSQL that is installed here."""

import os
import pwd
import subprocess
from pathlib import Path

PG_BIN = Path("/usr/lib/postgresql/15/bin")


def is_installed() -> bool:
    """Whether this machine can run one at all."""
    if not (PG_BIN / "initdb").exists():
        return False
    return os.getuid() != 0 or "postgres" in {entry.pw_name for entry in pwd.getpwall()}


def user() -> list[str]:
    """PostgreSQL refuses to run as root: then its own system user runs it."""
    return ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []


def run(program: str, *arguments: str) -> None:
    """Run one of them as who may, and go on when it has ended well."""
    command = [*user(), str(PG_BIN / program), *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
