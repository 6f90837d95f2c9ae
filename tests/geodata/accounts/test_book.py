"""Accounts: made, changed, shut out; each change ends what is signed in and is written down."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts import book, passwords
from geodata.accounts.book import Reach
from geodata.accounts.roles import Person, Role
from geodata.errors import ConflictError, NotFoundError, ParameterError
from geodata.store import Store
from geodata.tables import Account, AuditEvent

EDITOR = Reach(Role.EDITOR, ("浦东新区",), ("市教育工会",))
PASSWORD = "梧桐树下的 42 号楼"


@pytest.fixture
def session(any_store: Store) -> Iterator[Session]:
    with any_store.writing() as opened:
        book.add(opened, " Post.One ", EDITOR, password=PASSWORD, by="admin")
        yield opened


def trail(session: Session) -> list[tuple[str, str, dict[str, object]]]:
    rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    return [(row.by, row.action, row.detail) for row in rows]


def test_an_account_is_kept_by_a_login_in_small_letters(session: Session) -> None:
    row = book.find(session, "post.one")
    assert book.person_of(row) == Person("post.one", Role.EDITOR, ("浦东新区",), ("市教育工会",))
    assert (row.active, row.generation, row.signed_in_at) == (True, 1, None)
    assert passwords.check(row.password_hash, PASSWORD).right


@pytest.mark.parametrize(
    "login", ["", "a", "张三", "a b", "-a", "a/b", "x" * 65, "admin", " ADMIN "]
)
def test_a_login_that_cannot_be_used_is_refused(session: Session, login: str) -> None:
    with pytest.raises(ParameterError):
        book.add(session, login, EDITOR, password=PASSWORD, by="admin")


def test_a_login_is_given_once(session: Session) -> None:
    with pytest.raises(ConflictError, match="已经有账号"):
        book.add(session, "POST.one", EDITOR, password=PASSWORD, by="admin")


def test_every_change_ends_the_sessions_and_is_written_down(session: Session) -> None:
    row = book.find(session, "post.one")
    generations = [row.generation]
    book.set_reach(session, "post.one", Reach(Role.REVIEWER), by="admin")
    generations.append(row.generation)
    book.set_password(session, "post.one", "another word 7", by="post.one")
    generations.append(row.generation)
    book.switch(session, "post.one", on=False, by="admin")
    generations.append(row.generation)
    book.end_sessions(session, "post.one", by="post.one")
    generations.append(row.generation)
    session.flush()
    assert generations == [1, 2, 3, 4, 5]
    wide = {"role": "reviewer", "districts": [], "unions": []}
    narrow = {"role": "editor", "districts": ["浦东新区"], "unions": ["市教育工会"]}
    of = {"login": "post.one"}
    assert trail(session) == [
        ("admin", "account.add", of | narrow),
        ("admin", "account.role", of | {"before": narrow, "after": wide}),
        ("post.one", "account.password", of),
        ("admin", "account.off", of),
        ("post.one", "account.sign_out", of),
    ]


def test_what_changes_nothing_ends_nothing(session: Session) -> None:
    book.set_reach(session, "post.one", EDITOR, by="admin")
    book.switch(session, "post.one", on=True, by="admin")
    session.flush()
    assert book.find(session, "post.one").generation == 1
    assert [action for _, action, _ in trail(session)] == ["account.add"]


def test_nobody_shuts_himself_out(session: Session) -> None:
    with pytest.raises(ConflictError):
        book.switch(session, "post.one", on=False, by="post.one")
    with pytest.raises(ConflictError):
        book.set_reach(session, "post.one", Reach(Role.VIEWER), by="post.one")


def test_the_built_in_account_is_in_no_list_and_cannot_be_changed(session: Session) -> None:
    book.end_sessions(session, "admin", by="admin")
    session.flush()
    kept = session.get_one(Account, "admin")
    assert (kept.generation, kept.password_hash) == (1, "")
    assert [row.login for row in book.everyone(session)] == ["post.one"]
    with pytest.raises(NotFoundError):
        book.set_password(session, "admin", PASSWORD, by="admin")


@pytest.mark.parametrize(
    ("role", "districts", "unions"),
    [("king", (), ()), ("editor", ("浦西区",), ()), ("editor", (), ("工" * 61,))],
)
def test_a_reach_is_a_role_with_districts_and_unions_there_are(
    role: str, districts: tuple[str, ...], unions: tuple[str, ...]
) -> None:
    with pytest.raises((ParameterError, NotFoundError)):
        Reach.read(role, districts, unions)


def test_a_reach_is_read_without_blanks_and_twice_said_things() -> None:
    found = Reach.read("editor", ["浦东新区", "浦东新区"], [" 市教育工会 ", ""])
    assert found == EDITOR
