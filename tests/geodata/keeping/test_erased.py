"""A backup that is older than an erasure: restored, it holds the person no more."""

from pathlib import Path

from sqlalchemy import select

from geodata.erasure.erase import erase
from geodata.erasure.proof import proofs_for
from geodata.erasure.sought import Identity
from geodata.keeping.backup import back_up
from geodata.keeping.restore import restore
from geodata.store import Store
from geodata.tables import Contact

MOBILES = ("19900004242", "18800001111")


def mobiles(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Contact.mobile).order_by(Contact.id)))


def test_who_was_erased_after_the_backup_is_erased_from_it(
    any_store: Store, tmp_path: Path
) -> None:
    with any_store.writing() as session:
        for mobile in MOBILES:
            session.add(
                Contact(
                    record_table="place", record_id=1, name="示例", mobile=mobile, email="", role=""
                )
            )
    made = back_up(any_store, tmp_path / "b", by="t")
    done = erase(any_store.engine, Identity.of([MOBILES[0]]), by="t")
    url = any_store.engine.url.render_as_string(hide_password=False)
    restore(url, made.path, folder=tmp_path / "b", replace=True, by="t")
    assert mobiles(any_store) == [MOBILES[1]]
    with any_store.reading() as session:
        assert proofs_for(session, [MOBILES[0]]) == [done]
