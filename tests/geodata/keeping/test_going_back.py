"""An old program again, after a newer one has been at the database."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from bench.filled import fill
from geodata.errors import StoreError, StoreNewerError
from geodata.keeping.backup import back_up
from geodata.keeping.digest import export_hash
from geodata.keeping.restore import restore
from geodata.store import Store


def test_a_backup_brings_an_old_program_back_over_what_a_newer_one_wrote(
    any_store: Store, tmp_path: Path
) -> None:
    made = back_up(fill(any_store), tmp_path / "b", by="t")
    with any_store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    any_store.close()
    url = any_store.engine.url.render_as_string(hide_password=False)
    with pytest.raises(StoreNewerError, match="zhitu restore --replace"):
        restore(url, made.path, folder=tmp_path / "b", replace=False, by="t")
    if any_store.engine.dialect.name == "postgresql":
        with pytest.raises(StoreError, match="没有改动它：请在 PostgreSQL 上另建一个空库"):
            restore(url, made.path, folder=tmp_path / "b", replace=True, by="t")
        return
    done = restore(url, made.path, folder=tmp_path / "b", replace=True, by="t")
    assert done.aside is not None
    with sqlite3.connect(done.aside) as newer:
        assert newer.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
    newer.close()
    opened = Store.open(url)
    with opened.reading() as session:
        assert export_hash(session) == made.manifest.export
    opened.close()
