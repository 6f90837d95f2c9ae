"""Signing in by the office's own server, over the real protocol."""

import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from geodata.accounts import book
from geodata.accounts.book import Reach
from geodata.accounts.roles import Role
from geodata.errors import SettingsError
from geodata.store import Store
from service.settings import Settings

WithOffice = Callable[..., Flask]
ROOT = Path(__file__).parents[3]


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        return None


def visited(address: str) -> str:
    """Where the office's server sends a browser on to."""
    try:
        build_opener(_Stay).open(Request(address), timeout=60).close()
    except HTTPError as answer:
        with answer:
            return str(answer.headers["Location"])
    raise AssertionError("no redirect")


@pytest.fixture
def editor(city: Store) -> str:
    with city.writing() as session:
        reach = Reach(Role.EDITOR, ("浦东新区",))
        book.add(session, "pudong.bianji", reach, password="", by="测试")
    return "pudong.bianji"


def go(client: FlaskClient, onward: str = "/planner") -> TestResponse:
    """There and back again."""
    left = client.get(f"/sign-in/office?next={onward}")
    assert left.status_code == 302
    return client.get(visited(left.headers["Location"]))


def test_who_has_an_account_of_that_name_comes_in(with_office: WithOffice, editor: str) -> None:
    client = with_office().test_client()
    back = go(client, "/planner?radius=500")
    assert (back.status_code, back.headers["Location"]) == (303, "/planner?radius=500")
    assert editor in client.get("/planner").text
    with client.session_transaction() as session:
        assert sorted(session) == ["generation", "id", "login", "seen", "since"]


def test_the_sign_in_page_offers_it_by_its_name(with_office: WithOffice) -> None:
    page = with_office().test_client().get("/sign-in").text
    assert '<a class="ghost office" href="/sign-in/office?next=%2Fdesk">市总统一登录</a>' in page
    assert 'type="password"' not in page


@pytest.mark.parametrize("claimed", ["nobody", "PuDong.bianji", "admin", ""])
def test_without_an_account_there_is_no_entry(
    with_office: WithOffice, office: Any, editor: str, claimed: str
) -> None:
    office.claims = {"preferred_username": claimed}
    client = with_office(ZHITU_PLANNER_PASSWORD="一个口令").test_client()
    back = go(client)
    assert (back.status_code, "这里没有账号" in back.text) == (401, True)
    assert client.get("/planner").status_code == 302


def test_an_account_that_is_shut_out_stays_out(
    with_office: WithOffice, city: Store, editor: str
) -> None:
    with city.writing() as session:
        book.switch(session, editor, on=False, by="测试")
    assert go(with_office().test_client()).status_code == 401


def test_another_claim_can_be_the_login(with_office: WithOffice, office: Any, editor: str) -> None:
    office.claims = {"preferred_username": "another", "employee_post": editor}
    client = with_office(ZHITU_OIDC_CLAIM="employee_post").test_client()
    assert go(client).status_code == 303


@pytest.mark.parametrize(("verified", "status"), [(True, 303), (False, 401), (None, 401)])
def test_an_address_of_mail_is_a_login_only_where_the_office_has_proved_it(
    with_office: WithOffice, office: Any, city: Store, verified: bool | None, status: int
) -> None:
    login = "post@example.org"
    with city.writing() as session:
        book.add(session, login, Reach(Role.EDITOR), password="", by="测试")
    office.claims = {"email": login, "email_verified": verified}
    client = with_office(ZHITU_OIDC_CLAIM="email").test_client()
    assert go(client).status_code == status


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "another"},
        {"aud": "another-service"},
        {"iss": "https://evil.example"},
        {"exp": 1},
    ],
)
def test_a_claim_that_does_not_fit_opens_nothing(
    with_office: WithOffice, office: Any, editor: str, changes: dict[str, Any]
) -> None:
    office.changes = changes
    client = with_office().test_client()
    assert go(client).status_code == 401
    assert client.get("/planner").status_code == 302


def test_a_signature_by_another_key_opens_nothing(
    with_office: WithOffice, office: Any, editor: str
) -> None:
    office.signing = RSAKey.generate_key(2048, {"kid": "one"})
    assert go(with_office().test_client()).status_code == 401


def test_a_way_back_of_another_browser_opens_nothing(with_office: WithOffice, editor: str) -> None:
    app = with_office()
    left = app.test_client().get("/sign-in/office")
    other = app.test_client()
    assert other.get(f"{visited(left.headers['Location'])}&again=1").status_code == 401
    assert other.get("/planner").status_code == 302


def test_a_code_is_good_once(with_office: WithOffice, editor: str) -> None:
    client = with_office().test_client()
    back = visited(client.get("/sign-in/office").headers["Location"])
    assert client.get(back).status_code == 303
    assert client.get(f"{back}&again=1").status_code == 401


def test_who_comes_back_without_the_strict_cookie_asks_again_with_it(
    with_office: WithOffice, editor: str
) -> None:
    client = with_office().test_client()
    back = visited(client.get("/sign-in/office").headers["Location"])
    # The link of another site, as the office's is, brings no cookie; the page it leads to does.
    bare = client.application.test_client(use_cookies=False).get(back)
    assert (bare.status_code, bare.headers["Cache-Control"]) == (200, "no-store")
    again = unescape(bare.text.partition("0; url=")[2].partition('"')[0])
    assert client.get(again).headers["Location"] == "/desk"


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_an_endpoint_on_another_host_is_not_trusted(
    with_office: WithOffice, office: Any, name: str
) -> None:
    office.described = {name: "https://evil.example/x"}
    answer = with_office().test_client().get("/sign-in/office")
    assert (answer.status_code, name in answer.text) == (500, True)


def test_a_description_of_another_issuer_is_not_trusted(
    with_office: WithOffice, office: Any
) -> None:
    office.described = {"issuer": "https://evil.example"}
    assert with_office().test_client().get("/sign-in/office").status_code == 500


def test_an_office_that_does_not_answer_is_told(with_office: WithOffice) -> None:
    client = with_office(ZHITU_OIDC_ISSUER="http://127.0.0.1:9").test_client()
    answer = client.get("/sign-in/office")
    assert (answer.status_code, "统一登录没有成功" in answer.text) == (401, True)


def test_afterwards_one_stays_on_this_site(with_office: WithOffice, editor: str) -> None:
    assert go(with_office().test_client(), "//evil.example").headers["Location"] == "/desk"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"ZHITU_OIDC_ISSUER": "http://sso.example.org"}, "ZHITU_OIDC_ISSUER"),
        ({"ZHITU_OIDC_ISSUER": "sso.example.org"}, "ZHITU_OIDC_ISSUER"),
        ({"ZHITU_OIDC_ISSUER": "https://sso.example.org"}, "ZHITU_OIDC_CLIENT_ID"),
    ],
)
def test_half_a_setting_stops_the_start(changes: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Settings.from_environment(changes)


def test_without_the_setting_the_library_is_not_even_loaded(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from geodata.store import Store\n"
        "from service.app import create_app\n"
        "from service.settings import Settings\n"
        f"create_app(Settings(), Store.open('sqlite:///{tmp_path / 'z.sqlite'}'))\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'authlib', 'joserfc'}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
