"""Photos are added and removed by those who look after a place; details read them."""

from datetime import date

import pytest
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.errors import ConflictError, NoSuchRecordError, NotFoundError
from geodata.feedback import photos
from geodata.feedback.details import Picture, details
from geodata.feedback.pictures import PNG, Cleaned
from geodata.feedback.way_in import WayIn
from geodata.store import Store
from geodata.tables import AuditEvent, Place, StatusChange

XUHUI = Person("xuhui", Role.EDITOR, districts=("徐汇区",))
PICTURE = Cleaned(PNG, b"\x89PNG picture")


def add(store: Store, place_id: int, *, taken_on: date | None = None) -> int:
    with store.writing() as session:
        return photos.add(session, place_id, PICTURE, taken_on=taken_on, person=XUHUI)


def test_a_photo_is_shown_with_its_day_newest_first(rooms: Store) -> None:
    first, second = add(rooms, 1, taken_on=date(2026, 3, 1)), add(rooms, 1)
    with rooms.reading() as session:
        found = details(session, 1)
        kept = photos.photo(session, first)
        assert (kept.media_type, kept.content) == (PNG, b"\x89PNG picture")
    assert found.photos == (Picture(second, None), Picture(first, date(2026, 3, 1)))
    assert (found.way_in, found.checked_on) == (WayIn(), None)


def test_adding_and_removing_are_noted(rooms: Store) -> None:
    made = add(rooms, 1)
    with rooms.writing() as session:
        assert photos.remove(session, made, person=XUHUI) == 1
    with rooms.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
        assert [(e.action, e.record_id, e.detail) for e in events] == [
            ("photo.add", made, {"place": 1}),
            ("photo.remove", made, {"place": 1}),
        ]
        with pytest.raises(NotFoundError):
            photos.photo(session, made)


def test_photos_of_another_district_are_out_of_reach(rooms: Store) -> None:
    for place_id in (2, 9):
        with pytest.raises(NoSuchRecordError):
            add(rooms, place_id)


def test_a_place_holds_only_so_many(rooms: Store) -> None:
    for _ in range(photos.A_PLACE):
        add(rooms, 1)
    with pytest.raises(ConflictError):
        add(rooms, 1)


def test_what_was_merged_into_a_place_lends_it_its_photos(rooms: Store) -> None:
    made = add(rooms, 1)
    with rooms.writing() as session:
        row = session.get(Place, 1)
        assert row is not None
        row.merged_into = 2
    with rooms.reading() as session:
        assert details(session, 2).photos == (Picture(made, None),)


def test_the_last_look_is_the_last_change_a_person_made(rooms: Store) -> None:
    with rooms.writing() as session:
        for on, by in ((date(2026, 3, 1), "xuhui"), (date(2026, 4, 1), "")):
            session.add(
                StatusChange(
                    service_point_id=1,
                    before="rectifying",
                    after="plaqued",
                    on=on,
                    reason="",
                    by=by,
                )
            )
    with rooms.reading() as session:
        assert details(session, 1).checked_on == date(2026, 3, 1)
