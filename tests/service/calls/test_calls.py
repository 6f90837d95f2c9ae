"""The calls of /api/v1: what they answer, whom, and how they refuse."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.accounts.roles import Role
from geodata.store import Store
from geodata.tables import AuditEvent
from service.calls import addresses
from service.calls.siting import works
from service.jobs.runner import Runner
from service.settings import Settings

SQUARE = "lon=121.4710&lat=31.2349"


def get(client: FlaskClient, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


@pytest.fixture
def viewer(as_person: Callable[..., FlaskClient]) -> FlaskClient:
    return as_person(Role.VIEWER)


@pytest.fixture
def editor(as_person: Callable[..., FlaskClient]) -> FlaskClient:
    return as_person(Role.EDITOR)


def test_the_nearest_are_told_with_their_walk_in_wgs84(client: FlaskClient) -> None:
    found = get(client, f"nearest?{SQUARE}&k=2")["places"]
    assert [(one["name"], one["walk_m"]) for one in found] == [
        ("示例・广场驿站", 0),
        ("福州路休息室", 1239),
    ]
    assert (found[0]["lon"], found[0]["lat"]) == (121.4710, 31.2349)


def test_filters_are_those_of_every_page(client: FlaskClient) -> None:
    found = get(client, f"nearest?{SQUARE}&kind=health_point,rest_room&district=浦东新区")
    assert [one["name"] for one in found["places"]] == ["张江健康服务点"]
    hot = get(client, f"nearest?{SQUARE}&with=hot_meal")["places"]
    assert [one["name"] for one in hot] == ["示例・广场驿站"]


def test_a_point_is_told_what_each_kind_is_within_its_walk(client: FlaskClient) -> None:
    found = get(client, f"coverage?{SQUARE}&radius=1000&kind=rest_room,outdoor_station")
    assert found["within"] == 1
    assert [(row["kind"], row["within"], row["nearest"]["walk_m"]) for row in found["kinds"]] == [
        ("rest_room", 0, 1239),
        ("outdoor_station", 1, 0),
    ]
    (none,) = get(client, f"coverage?{SQUARE}&kind=fitness_station")["kinds"]
    assert none == {"kind": "fitness_station", "within": 0, "nearest": None}


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("nearest?lon=121", "lat"),
        (f"nearest?{SQUARE}&k=101", "k"),
        (f"nearest?{SQUARE}&kind=shop", "kind"),
        (f"coverage?{SQUARE}&radius=6000", "radius"),
        ("address", "text"),
        (f"nearest?{SQUARE}&colour=red", "colour"),
    ],
)
def test_a_wrong_parameter_is_named_in_a_problem(
    client: FlaskClient, path: str, parameter: str
) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.get_json()["parameter"] == parameter


def test_public_calls_are_open_to_scripts_and_have_a_tag(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/nearest?{SQUARE}")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-cache"
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(f"/api/v1/nearest?{SQUARE}", headers=tag).status_code == 304


def test_an_address_is_taken_apart(client: FlaskClient) -> None:
    found = get(client, "address?text=黄浦区福州路100号3楼")
    assert found["address"] == {
        "text": "黄浦区福州路100号3楼",
        "district": "黄浦区",
        "road": "福州路",
        "number": ["100"],
        "floor": 3,
    }


def test_gaps_take_a_role_and_are_not_open_to_scripts(
    client: FlaskClient, viewer: FlaskClient
) -> None:
    assert client.get("/api/v1/gaps").status_code == 401
    answer = viewer.get("/api/v1/gaps?district=310116")
    found = answer.get_json()
    assert [(one["name"], one["workers"], one["state"]) for one in found["gaps"]] == [
        ("枫泾产业园", 1500, "gap")
    ]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_what_if_says_who_would_gain_and_changes_nothing(viewer: FlaskClient) -> None:
    new = {"do": "new_point", "name": "试点", "lon": 121.0101, "lat": 30.8901, "half_days": 2}
    before = get(viewer, "gaps")
    found = viewer.post("/api/v1/what-if", json={"changes": [new]}).get_json()
    assert found["city"]["gained_workers"] == 1500
    assert [(one["district"], one["gained_workers"]) for one in found["districts"]] == [
        ("金山区", 1500)
    ]
    assert get(viewer, "gaps") == before


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"changes": []},
        {"changes": [{"do": "burn"}]},
        {"changes": [{"do": "close", "point": 1}], "radius": "wide"},
        {"changes": [{"do": "close", "point": 1}], "url": "http://example.org"},
        [],
        "text",
    ],
)
def test_a_wrong_what_if_is_refused(viewer: FlaskClient, sent: object) -> None:
    assert viewer.post("/api/v1/what-if", json=sent).status_code == 400


def test_a_body_that_is_no_json_or_too_large_is_refused(viewer: FlaskClient) -> None:
    assert viewer.post("/api/v1/what-if", data=b"\xff{").status_code == 400
    assert viewer.post("/api/v1/what-if", data=b"[" * 9000).status_code == 400
    assert viewer.post("/api/v1/what-if", data=b" " * 20_000).status_code == 413


def test_a_draft_of_another_district_is_not_there(
    as_person: Callable[..., FlaskClient], city: Store
) -> None:
    from geodata.tables import ServicePoint  # noqa: PLC0415

    with city.writing() as session:
        session.scalars(select(ServicePoint)).first().status = "declared"  # type: ignore[union-attr]
    elsewhere = as_person(Role.VIEWER, districts=("金山区",))
    sent = {"changes": [{"do": "open", "point": 1}]}
    assert elsewhere.post("/api/v1/what-if", json=sent).status_code == 404


def test_an_address_is_found_and_counted_but_not_written_down(
    editor: FlaskClient, city: Store
) -> None:
    answer = editor.post("/api/v1/geocode", json={"address": "黄浦区不存在的路999号"})
    found = answer.get_json()
    assert (found["position"] is None, found["left_today"]) == (False, addresses.A_DAY - 1)
    assert (found["position"]["level"], found["district"]) == ("district", "黄浦区")
    with city.reading() as session:
        (event,) = session.scalars(
            select(AuditEvent).where(AuditEvent.action == addresses.GEOCODE)
        ).all()
        assert (event.by, event.detail) == ("post.editor", {})


def test_looking_up_takes_an_editor_and_ends_with_the_days_share(
    viewer: FlaskClient, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"address": "福州路100号"}
    assert viewer.post("/api/v1/geocode", json=sent).status_code == 403
    monkeypatch.setattr(addresses, "A_DAY", 1)
    assert editor.post("/api/v1/geocode", json=sent).status_code == 200
    answer = editor.post("/api/v1/geocode", json=sent)
    assert (answer.status_code, answer.content_type) == (429, "application/problem+json")


def test_a_key_sent_twice_is_answered_alike_and_done_once(editor: FlaskClient) -> None:
    headers = {"Idempotency-Key": "a-1"}

    def ask(address: str) -> Any:
        return editor.post("/api/v1/geocode", json={"address": address}, headers=headers)

    first, again, other = ask("福州路100号"), ask("福州路100号"), ask("福州路101号")
    assert (again.status_code, again.data) == (200, first.data)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (other.status_code, other.content_type) == (422, "application/problem+json")


def test_a_key_is_anothers_own(editor: FlaskClient, as_person: Callable[..., FlaskClient]) -> None:
    other = as_person(Role.EDITOR, login="post.other")
    sent, headers = {"address": "福州路100号"}, {"Idempotency-Key": "a-1"}
    answers = [one.post("/api/v1/geocode", json=sent, headers=headers) for one in (editor, other)]
    assert [one.get_json()["left_today"] for one in answers] == [499, 499]


def test_a_siting_question_is_queued_worked_and_answered(viewer: FlaskClient, city: Store) -> None:
    started = viewer.post(
        "/api/v1/siting", json={"new": {"count": 1}}, headers={"Idempotency-Key": "s"}
    )
    assert started.status_code == 202, started.get_data(as_text=True)
    where = started.headers["Location"]
    again = viewer.post(
        "/api/v1/siting", json={"new": {"count": 1}}, headers={"Idempotency-Key": "s"}
    )
    assert again.headers["Location"] == where
    assert viewer.get(where).get_json()["state"] == "waiting"
    assert viewer.get(f"{where}/result").status_code == 409
    assert Runner(city, works(Settings(), city)).run_one() is True
    assert viewer.get(where).get_json()["state"] == "done"
    answer = viewer.get(f"{where}/result").get_json()
    assert answer["workers"]["gained"] == 1500
    assert len(answer["picks"]) == 1


def test_a_question_that_cannot_be_asked_is_refused_at_once(viewer: FlaskClient) -> None:
    answer = viewer.post("/api/v1/siting", json={"model": "magic"})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_a_job_is_cancelled_by_who_asked_and_unknown_to_others(
    viewer: FlaskClient, as_person: Callable[..., FlaskClient]
) -> None:
    where = viewer.post("/api/v1/siting", json={"new": {"count": 1}}).headers["Location"]
    other = as_person(Role.ADMIN, login="post.other")
    assert other.get(where).status_code == 404
    assert other.delete(where).status_code == 404
    assert viewer.delete(where).get_json()["state"] == "cancelled"


def test_every_call_is_declared_and_the_other_way_round(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    routes = {
        (rule.rule.replace("<", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    paths = app.test_client().get("/api").get_json(force=True)["paths"]
    declared = {
        (path, method)
        for path, methods in paths.items()
        if path.startswith("/api/v1/")
        for method in methods
    }
    assert declared == routes
