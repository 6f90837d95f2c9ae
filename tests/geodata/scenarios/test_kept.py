"""Scenarios kept by name, and that the data know nothing of them."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from geodata import schema
from geodata.errors import NotFoundError, ParameterError
from geodata.moments import utc_now
from geodata.scenarios.kept import drop, keep, scenario, scenarios
from geodata.scenarios.model import Close, NewPoint
from geodata.store import Store
from geodata.tables import Base, Scenario

CHANGES = (Close(3), NewPoint("新", 121.5, 31.2, half_days=2.0))


def test_a_scenario_is_kept_listed_overwritten_and_dropped(any_store: Store) -> None:
    with any_store.writing() as session:
        kept = keep(session, " 明年 ", CHANGES, note="试算", by="规划员")
        keep(session, "后年", ())
    assert (kept.name, kept.changes, kept.note, kept.by) == ("明年", CHANGES, "试算", "规划员")
    assert utc_now() - kept.at < timedelta(minutes=5)
    with any_store.reading() as session:
        assert scenario(session, "明年") == kept
        assert [one.name for one in scenarios(session)] == sorted(["明年", "后年"])
    with any_store.writing() as session:
        with pytest.raises(ParameterError, match="已经有叫“明年”的方案"):
            keep(session, "明年", ())
        assert keep(session, "明年", CHANGES[:1], overwrite=True).changes == CHANGES[:1]
        drop(session, "后年")
    with any_store.reading() as session:
        assert [one.name for one in scenarios(session)] == ["明年"]
        with pytest.raises(NotFoundError, match="没有叫“后年”的方案"):
            scenario(session, "后年")


def test_a_name_no_database_can_hold_is_not_found(any_store: Store) -> None:
    with any_store.reading() as session, pytest.raises(NotFoundError, match="没有叫"):
        scenario(session, "a\x00b")


@pytest.mark.parametrize("name", ["", "  ", "长" * 61])
def test_a_name_must_be_there_and_short(store: Store, name: str) -> None:
    with store.writing() as session, pytest.raises(ParameterError, match="方案要有名字"):
        keep(session, name, ())


def test_keeping_a_scenario_touches_no_other_table(store: Store) -> None:
    def contents() -> dict[str, list[tuple[object, ...]]]:
        with store.reading() as session:
            return {
                table.name: [tuple(row) for row in session.execute(table.select())]
                for table in Base.metadata.sorted_tables
                if table.name != Scenario.__tablename__
            }

    before, version = contents(), store.version()
    with store.writing() as session:
        keep(session, "明年", CHANGES)
    assert (contents(), store.version()) == (before, version)


def test_the_table_can_be_taken_back(store: Store) -> None:
    from alembic import command  # noqa: PLC0415

    with store.engine.connect() as connection:
        command.downgrade(schema.config(connection), "0006")
        connection.commit()
        assert not inspect(connection).has_table("scenario")
        schema.upgrade(connection)
        connection.commit()
        assert connection.execute(text("SELECT count(*) FROM scenario")).scalar() == 0
