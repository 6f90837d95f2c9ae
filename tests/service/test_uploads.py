"""Files sent in: how they are called, who may open them, when they go."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from geodata.accounts.roles import Person, Role
from geodata.errors import NotFoundError, ParameterError
from geodata.store import Store
from geodata.tables import Upload, UploadRow
from service import uploads

HUANGPU = Person("huangpu", Role.EDITOR, ("黄浦区",))


def sent(store: Store, by: Person = HUANGPU, content: bytes = "名称\n".encode()) -> int:
    with store.writing() as session:
        return uploads.receive(session, name="表.csv", content=content, most_mb=1, by=by)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2024休息室.xlsx", "2024休息室.xlsx"),
        ("C:\\表\\休息室.xlsx", "休息室.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("..", "未命名"),
        ("a\x00b\n.csv", "ab.csv"),
        ('站<b>:"|?*.csv', "站b.csv"),
        ("金丝雀13812345678.xlsx", "未命名.xlsx"),
        ("长" * 300 + ".csv", "长" * 60 + ".csv"),
        ("", "未命名"),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str) -> None:
    assert uploads.safe_name(given) == kept


def test_a_file_lies_on_the_disk_only_while_it_is_read(any_store: Store) -> None:
    upload_id = sent(any_store, content=b"abc")
    with uploads.on_disk(any_store, upload_id) as path:
        seen: Path = path
        assert (path.name, path.read_bytes()) == ("表.csv", b"abc")
    assert not seen.parent.exists()


@pytest.mark.parametrize("content", [b"", b"x" * 1_000_001])
def test_what_is_empty_or_too_large_is_not_kept(store: Store, content: bytes) -> None:
    with pytest.raises(ParameterError):
        sent(store, content=content)
    with store.reading() as session:
        assert session.scalars(select(Upload)).all() == []


@pytest.mark.parametrize(
    ("person", "opens"),
    [
        (HUANGPU, True),
        (Person("other", Role.EDITOR, ("黄浦区",)), False),
        (Person("other", Role.REVIEWER, ("黄浦区",)), True),
        (Person("other", Role.REVIEWER, ("浦东新区",)), False),
        (Person("other", Role.REVIEWER), True),
        (Person("other", Role.VIEWER), False),
    ],
)
def test_a_file_opens_to_its_sender_and_who_reviews_him(
    store: Store, person: Person, opens: bool
) -> None:
    upload_id = sent(store)
    with store.reading() as session:
        assert uploads.sent(session, upload_id).opens_to(person) is opens


def test_a_file_of_the_whole_city_opens_to_no_reviewer_of_a_district(store: Store) -> None:
    upload_id = sent(store, by=Person("city", Role.EDITOR))
    for asked in (upload_id, 999):
        with pytest.raises(NotFoundError, match="也可能是别人送来的"), store.reading() as session:
            uploads.sent(session, asked, Person("other", Role.REVIEWER, ("黄浦区",)))


def test_corrections_gather_and_change_the_mark(any_store: Store) -> None:
    upload_id = sent(any_store)
    marks = []
    for cells in ({(0, 2, 1): "甲"}, {(0, 2, 1): "乙", (0, 3, 0): ""}):
        with any_store.writing() as session:
            uploads.correct(session, upload_id, cells)
            found = uploads.sent(session, upload_id)
            marks.append(found.mark)
    assert found.overrides == {(0, 2, 1): "乙", (0, 3, 0): ""}
    assert len(set(marks)) == 2


def row(n: int) -> dict[str, object]:
    return {"n": n, "part": 0, "row": n, "near": False, "shown": {"cells": {}}}


def test_old_files_are_cleared_and_imported_ones_after_a_day(any_store: Store) -> None:
    ids = [sent(any_store) for _ in range(2)]
    with any_store.writing() as session:
        uploads.keep_rows(session, ids[0], [row(1), row(2)])
        uploads.imported(session, ids[0], None)
        at = session.get_one(Upload, ids[0]).at
    assert uploads.forget_old(any_store, at + timedelta(hours=20)) == 0
    assert uploads.forget_old(any_store, at + timedelta(days=2)) == 1
    with any_store.reading() as session:
        assert [uploads.sent(session, one).is_kept for one in ids] == [False, True]
        assert session.scalars(select(UploadRow)).all() == []
    assert uploads.forget_old(any_store, at + timedelta(days=15)) == 1
    with pytest.raises(NotFoundError), uploads.on_disk(any_store, ids[1]):
        pass
