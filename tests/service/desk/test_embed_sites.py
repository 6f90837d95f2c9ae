"""The page where administrators keep the list of sites."""

from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.store import Store
from geodata.tables import AuditEvent

PATH = "/desk/embed-sites"


def test_a_site_is_added_and_removed(planner: FlaskClient, city: Store) -> None:
    form = {"origin": "https://www.example.org/a", "label": "示例网", "asked_by": "示例区总工会"}
    assert planner.post(PATH, data=form).status_code == 303
    page = planner.get(PATH).text
    assert [word in page for word in ("https://www.example.org<", "示例网", "示例区总工会")] == [
        *(True, True, True)
    ]
    assert (
        planner.get("/embed")
        .headers["Content-Security-Policy"]
        .endswith("frame-ancestors 'self' https://www.example.org")
    )
    assert planner.post(f"{PATH}/1/remove").status_code == 303
    assert "名单还是空的" in planner.get(PATH).text
    assert planner.get("/embed").headers["Content-Security-Policy"].endswith("'self'")
    with city.reading() as session:
        noted = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id))
        assert [one for one in noted if one.startswith("embed_site")] == [
            "embed_site.add",
            "embed_site.remove",
        ]


def test_what_cannot_be_listed_says_why_and_keeps_what_was_typed(planner: FlaskClient) -> None:
    answer = planner.post(PATH, data={"origin": "http://www.example.org", "label": "示例网"})
    assert answer.status_code == 400
    assert "http://www.example.org 不是 https" in answer.text
    assert 'value="示例网"' in answer.text


def test_a_site_is_not_listed_twice(planner: FlaskClient) -> None:
    form = {"origin": "https://www.example.org"}
    planner.post(PATH, data=form)
    assert "已经在名单里了" in planner.post(PATH, data=form).text


def test_only_who_is_signed_in_sees_the_list(client: FlaskClient) -> None:
    assert [client.get(PATH).status_code, client.post(PATH).status_code] == [302, 302]


def test_a_form_of_another_site_changes_nothing(planner: FlaskClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = planner.post(PATH, data={"origin": "https://evil.example"}, headers=headers)
    assert answer.status_code == 401
    assert "evil.example" not in planner.get(PATH).text
