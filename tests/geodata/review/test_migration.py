from alembic import command
from sqlalchemy import inspect, select

from geodata import schema
from geodata.model import Datum
from geodata.review.actions import move, not_a_place
from geodata.tables import Place

KEYS = ("长宁区|road=北翟路|number=1350", "长宁区|road=仙霞路|number=88")


def test_the_older_schema_keeps_the_decisions_it_knows(any_store, take, place, locator):
    take(any_store, place("北翟路1350号", "长宁区"), place("仙霞路88号", "长宁区", name="乙"))
    with any_store.writing() as session:
        move(session, KEYS[0], 121.34, 31.22, datum=Datum.WGS84, by="规划员", locator=locator)
        not_a_place(session, KEYS[1], by="规划员", locator=locator)
    before = any_store.decisions()[KEYS[0]]
    with any_store.writing() as session:
        connection = session.connection()
        command.downgrade(schema.config(connection), "0005")
        assert "given" not in {each["name"] for each in inspect(connection).get_columns("place")}
        assert "review_item" not in inspect(connection).get_table_names()
        command.upgrade(schema.config(connection), "head")
    assert any_store.decisions() == {KEYS[0]: before}
    with any_store.reading() as session:
        assert session.scalars(select(Place.name)).all() == ["站点", "乙"]
