"""More places than are read at once: every one of them is in the export, in order."""

from sqlalchemy import insert

from bench.filled import fill
from geodata.accounts.roles import Person, Role
from geodata.exports.rows import desk_export
from geodata.keeping.digest import export_hash
from geodata.store import Store
from geodata.tables import Base

MANY = range(100, 1_350)


def test_an_office_gets_the_services_of_all_its_places(any_store: Store) -> None:
    with fill(any_store).writing() as session:
        connection = session.connection()
        for name, own in (("place", "key"), ("service_point", "name")):
            table = Base.metadata.tables[name]
            row = connection.execute(table.select().where(table.c.id == 1)).one()._mapping
            at = {"place": "id", "service_point": "place_id"}[name]
            connection.execute(
                insert(table),
                [dict(row) | {"id": n, at: n, own: f"第{n}处"} for n in MANY],
            )
        before = export_hash(session)
    with any_store.reading() as session:
        export = desk_export(session, Person("t", Role.ADMIN))
        place = export.column("place_id")
        assert [row[place] for row in export.rows] == [1, 1, *MANY]
        assert export_hash(session) == before
