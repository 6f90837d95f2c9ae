"""Signing out: it ends the sign-in itself, not only the cookie of one browser."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.accounts import sign_ins
from geodata.accounts.roles import Role
from geodata.moments import utc_now
from geodata.store import Store
from geodata.tables import EndedSignIn
from service.app import create_app
from service.settings import Settings

KEY = "k" * 32
PASSWORD = "一个口令123456"
AsPerson = Callable[..., FlaskClient]
MakeApp = Callable[..., Flask]


def opens(client: FlaskClient) -> bool:
    return client.get("/planner/outline.json").status_code == 200


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("zhitu")
    assert cookie is not None
    return cookie.value


def with_cookie(app: Flask, value: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("zhitu", value)
    return client


def another_worker(city: Store) -> Flask:
    """The same service over the same database in another process: it shares nothing but these."""
    environ = {"ZHITU_PLANNER_PASSWORD": "一个口令", "ZHITU_SECRET_KEY": KEY}
    return create_app(Settings.from_environment(environ), Store(city.engine))


def test_a_copied_cookie_is_dead_in_every_worker_once_its_owner_signs_out(
    as_person: AsPerson, make_app: MakeApp, city: Store
) -> None:
    app, other = make_app(ZHITU_SECRET_KEY=KEY), another_worker(city)
    owner = as_person(Role.VIEWER, app=app)
    thief = with_cookie(other, cookie_of(owner))
    before = (opens(owner), opens(thief))
    owner.post("/sign-out")
    assert (before, opens(owner), opens(thief)) == ((True, True), False, False)


def test_one_sign_in_ends_and_the_others_of_the_account_go_on(
    as_person: AsPerson, make_app: MakeApp
) -> None:
    app = make_app()
    first, second = as_person(Role.VIEWER, app=app), app.test_client()
    second.post("/sign-in", data={"username": "post.viewer", "password": PASSWORD})
    first.post("/sign-out")
    assert (opens(first), opens(second)) == (False, True)


def test_the_cookie_a_late_answer_still_brings_opens_nothing(as_person: AsPerson) -> None:
    client = as_person(Role.VIEWER)
    # An answer on its way while the owner signs out writes the cookie anew.
    late = cookie_of(client)
    client.post("/sign-out")
    client.set_cookie("zhitu", late)
    assert not opens(client)


def test_who_signs_in_again_leaves_no_older_sign_in_behind(as_person: AsPerson) -> None:
    client = as_person(Role.VIEWER)
    old = cookie_of(client)
    client.post("/sign-in", data={"username": "post.viewer", "password": PASSWORD})
    assert (opens(client), opens(with_cookie(client.application, old))) == (True, False)


def test_signing_out_twice_or_unsigned_is_harmless(
    as_person: AsPerson, client: FlaskClient, city: Store
) -> None:
    signed_in = as_person(Role.VIEWER)
    old = cookie_of(signed_in)
    clients = [with_cookie(signed_in.application, old) for _ in range(2)]
    answers = [one.post("/sign-out").status_code for one in (*clients, client)]
    with city.reading() as session:
        ended = session.scalars(select(EndedSignIn)).all()
    assert (answers, len(ended)) == ([303, 303, 303], 1)


def test_what_was_ended_is_remembered_as_long_as_its_cookie_could_live(any_store: Store) -> None:
    now = utc_now()
    with any_store.writing() as session:
        sign_ins.end(session, "one")
        sign_ins.end(session, "one")
    with any_store.reading() as session:
        (row,) = session.scalars(select(EndedSignIn))
        assert timedelta(0) <= row.until - now - sign_ins.LONGEST < timedelta(minutes=1)
        assert [sign_ins.is_over(session, one) for one in ("one", "other")] == [True, False]
