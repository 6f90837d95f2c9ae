"""Where merged-away records stand, and that nobody meets them by chance."""

from alembic import command
from sqlalchemy import func, inspect, select

from geodata import schema
from geodata.database import writing
from geodata.declared import DeclaredPlace, DeclaredService, ImportedFile, Placed, Source
from geodata.duplicates.standing import standing_keys, stands_in
from geodata.kinds import Kind, Status, Tier
from geodata.model import Reason, Unlocated
from geodata.place.address import parse
from geodata.store import Store
from geodata.tables import Place, ServicePoint
from geodata.tables.base import WITH_MERGED


def with_places(store: Store, *names: str) -> list[str]:
    """Places of these names, ids 1, 2, ...; returns their keys."""
    store.publish(
        ImportedFile("站点.csv", "0" * 64, tuple(map(place, names)), len(names), 0, ("stations",))
    )
    with store.reading() as session:
        return list(session.scalars(select(Place.key).order_by(Place.id)))


def place(name: str) -> Placed:
    service = DeclaredService(Kind.REST_ROOM, name, Status.PLAQUED, Tier.OTHER)
    source = Source("站点.csv", "站点", 3, {}, "stations")
    declared = DeclaredPlace(name, "", "黄浦区", "", (service,), source)
    return Placed(declared, parse(""), Unlocated(Reason.NO_ADDRESS), "黄浦区")


def merged(store: Store, gone_id: int, kept_id: int) -> None:
    with store.writing() as session:
        gone = session.get(Place, gone_id)
        assert gone is not None
        gone.merged_into = kept_id


def test_a_key_of_a_merged_away_record_leads_to_where_it_stands_now(any_store: Store) -> None:
    a, b, c, d = with_places(any_store, "甲", "乙", "丙", "丁")
    merged(any_store, 2, 1)
    merged(any_store, 1, 3)
    with any_store.reading() as session:
        assert standing_keys(session, Place, [a, b, c, d, "未见过"]) == {a: c, b: c}
        assert [stands_in(session, place_id) for place_id in (1, 2, 3, 4, 99)] == [
            *(3, 3),
            *(None, None, None),
        ]


def test_a_merged_away_record_is_seen_only_when_asked_for(any_store: Store) -> None:
    with_places(any_store, "甲", "乙")
    merged(any_store, 2, 1)
    joined = select(ServicePoint.name, Place.name).join(Place)
    count = select(func.count()).select_from(Place)
    with any_store.reading() as session:
        assert [place.name for place in session.scalars(select(Place))] == ["甲"]
        assert session.execute(joined).all() == [("甲", "甲")]
        assert (session.get(Place, 2), session.scalar(count)) == (None, 1)
        assert session.scalar(count, execution_options=WITH_MERGED) == 2
    assert [place.name for place in any_store.snapshot().places] == ["甲"]


def test_the_tables_go_and_come_without_touching_places(any_store: Store) -> None:
    with_places(any_store, "甲")
    with writing(any_store.engine) as session:
        command.downgrade(schema.config(session.connection()), "0003")
        columns = inspect(session.connection()).get_columns("place")
        assert "merged_into" not in {column["name"] for column in columns}
        command.upgrade(schema.config(session.connection()), "head")
    assert [place.services[0].name for place in any_store.snapshot().places] == ["甲"]
