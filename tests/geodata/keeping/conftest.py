"""Backups as another version of the program would have written them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from geodata import schema
from geodata.database import writing
from geodata.keeping.archive import closing_engine, hash_of, pack, unpack, verify
from geodata.keeping.backup import back_up
from geodata.store import Store


@pytest.fixture
def older_backup(tmp_path: Path) -> Callable[[Store, str], Path]:
    """`older_backup(store, "0016")`: its backup as the program of that schema would make it."""

    def made(store: Store, revision: str) -> Path:
        today = back_up(store, tmp_path / "today", by="t")
        content, path = tmp_path / "content.sqlite", tmp_path / f"zhitu-{revision}.zip"
        unpack(today.path, content)
        with closing_engine(content) as engine, writing(engine) as session:
            if revision.startswith("00"):
                command.downgrade(schema.config(session.connection()), revision)
            else:
                session.execute(
                    text("UPDATE alembic_version SET version_num = :r"), {"r": revision}
                )
        size = content.stat().st_size
        pack(
            path,
            content,
            replace(verify(today.path), revision=revision, size=size, sha256=hash_of(content)),
        )
        return path

    return made
