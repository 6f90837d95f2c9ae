"""Tokens: shown once, kept as a hash, never above their maker, over when their day is."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts import book, tokens
from geodata.accounts.book import Reach
from geodata.accounts.roles import Person, Role
from geodata.accounts.standing import Bearer, BuiltIn, bearer
from geodata.errors import ForbiddenError, NotFoundError, ParameterError
from geodata.store import Store
from geodata.tables import ApiToken

TODAY = date(2026, 3, 31)
EDITOR = Person("post.one", Role.EDITOR, ("浦东新区",))
BUILT_IN = BuiltIn("一个口令", "key")


@pytest.fixture
def session(any_store: Store) -> Iterator[Session]:
    with any_store.writing() as opened:
        reach = Reach(Role.EDITOR, ("浦东新区",))
        book.add(opened, "post.one", reach, password="", by="admin")
        yield opened


def made(session: Session, person: Person = EDITOR, **changes: object) -> str:
    given = {"name": "报表", "role": Role.VIEWER, "expires_on": TODAY, "today": TODAY, **changes}
    return tokens.make(session, person, **given)  # type: ignore[arg-type]


def speaks_for(session: Session, token: str, today: date = TODAY) -> Bearer | None:
    return bearer(session, token, BUILT_IN, today=today)


def test_a_token_speaks_for_its_account_in_its_own_role(session: Session) -> None:
    token = made(session)
    found = speaks_for(session, token)
    assert found is not None
    assert found.person == Person("post.one", Role.VIEWER, ("浦东新区",))
    assert found.unused_today


def test_only_a_hash_of_it_is_kept(session: Session) -> None:
    token = made(session)
    row = session.scalars(select(ApiToken)).one()
    assert len(row.token_hash) == 64
    assert token not in repr(vars(row))
    assert token.startswith("zhitu_")


def test_its_day_of_use_is_written_down_once(session: Session) -> None:
    token = made(session)
    found = speaks_for(session, token)
    assert found is not None
    tokens.used(session, found.token_id, today=TODAY)
    session.expire_all()
    again = speaks_for(session, token)
    assert again == Bearer(found.person, found.token_id, unused_today=False)


def test_after_its_last_day_it_is_nobodys(session: Session) -> None:
    token = made(session)
    assert speaks_for(session, token, TODAY + timedelta(days=1)) is None
    assert speaks_for(session, token + "x") is None
    assert speaks_for(session, "") is None


def test_an_account_that_loses_its_role_takes_its_tokens_along(session: Session) -> None:
    token = made(session, role=Role.EDITOR)
    book.set_reach(session, "post.one", Reach(Role.VIEWER, ("黄浦区",)), by="admin")
    found = speaks_for(session, token)
    assert found is not None
    assert found.person == Person("post.one", Role.VIEWER, ("黄浦区",))
    book.switch(session, "post.one", on=False, by="admin")
    assert speaks_for(session, token) is None


def test_a_token_of_the_built_in_account_needs_its_password_to_be_set(session: Session) -> None:
    token = made(session, Person("admin", Role.ADMIN))
    assert speaks_for(session, token) is not None
    assert bearer(session, token, BuiltIn("", "key"), today=TODAY) is None


def test_a_revoked_token_is_gone_and_nobody_revokes_anothers(session: Session) -> None:
    token = made(session)
    number = session.scalars(select(ApiToken.id)).one()
    with pytest.raises(NotFoundError):
        tokens.revoke(session, "another", number)
    tokens.revoke(session, "post.one", number)
    session.flush()
    assert speaks_for(session, token) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "},
        {"name": "x" * 61},
        {"expires_on": TODAY - timedelta(days=1)},
        {"expires_on": TODAY + timedelta(days=367)},
    ],
)
def test_a_token_needs_a_name_and_a_day_within_a_year(
    session: Session, changes: dict[str, object]
) -> None:
    with pytest.raises(ParameterError):
        made(session, **changes)


def test_nobody_gives_a_token_more_than_he_has(session: Session) -> None:
    with pytest.raises(ForbiddenError):
        made(session, role=Role.REVIEWER)


def test_an_account_has_twenty_tokens_at_most(session: Session) -> None:
    for _ in range(20):
        made(session)
    with pytest.raises(ParameterError, match="20"):
        made(session)
