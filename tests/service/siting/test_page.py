"""The siting pages: asked by a form, proved in the background, tried by hand, kept, exported."""

import gc
import time
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.accounts.roles import Person, Role
from geodata.errors import NotFoundError
from geodata.scenarios.kept import scenarios
from geodata.siting.read import read
from geodata.store import Store
from geodata.version import grow_version
from service.jobs.runner import Runner, works
from service.settings import Settings
from service.siting.form import DEFAULTS, given, question_of
from service.siting.watched import Questions

PASSWORD = "一个口令"
VIEWER = Person("admin", Role.ADMIN)
FORM = {"model": "mclp", "title": "新建一家", "new.count": "1", "new.city_10k": "1.5"}
WAIT_S = 60.0


def waited(client: FlaskClient, page: str) -> dict[str, Any]:
    """The state of a job once it is done."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        state: dict[str, Any] = client.get(f"{page}/state.json").json  # type: ignore[assignment]
        if state["done"]:
            return state
        time.sleep(0.02)
    raise AssertionError("the job did not end")


def runner(city: Store) -> Runner:
    return Runner(city, works(Settings(), city), pause_s=0.05)


@pytest.fixture
def workers(city: Store) -> Iterator[Runner]:
    """A worker that proves while the page is looked at."""
    made = runner(city)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def page(planner: FlaskClient, workers: Runner) -> str:
    return planner.post("/planner/siting", data=FORM).headers["Location"]


def test_a_planner_must_sign_in(client: FlaskClient) -> None:
    assert client.get("/planner/siting").status_code == 302
    assert client.post("/planner/siting", data=FORM).status_code == 302
    assert client.get("/planner/siting/any/state.json").status_code == 401
    assert client.post("/planner/siting/any/cancel").status_code == 302


def test_the_form_shows_its_usual_values_and_keeps_what_was_given(planner: FlaskClient) -> None:
    usual = planner.get("/planner/siting").text
    assert 'name="new.count" min="0" step="1" inputmode="decimal" value="20"' in usual
    again = planner.get("/planner/siting?new.count=7&model=lscp").text
    assert 'value="7"' in again
    assert '<option value="lscp" selected>最少几家全覆盖</option>' in again
    assert "Where new points serve most workers" in planner.get("/planner/siting?lang=en").text


def test_a_wrong_field_is_said_above_the_form_it_came_from(planner: FlaskClient) -> None:
    answer = planner.post("/planner/siting", data=FORM | {"new.count": "许多"})
    assert answer.status_code == 400
    assert "“新建（家）” 要 0 到 10000 之间的数，收到：许多" in answer.text
    assert 'value="新建一家"' in answer.text


def test_the_page_stands_at_once_and_the_proof_arrives(planner: FlaskClient, page: str) -> None:
    shown = planner.get(page)
    assert (shown.status_code, "新建一家" in shown.text) == (200, True)
    state = waited(planner, page)
    assert [(one["key"], one["value"]) for one in state["numbers"]] == [
        ("gain", "+1,500"),
        ("price", "—"),
        ("proof", "已证最优"),
        ("steady", "1 ／1处"),
    ]
    assert [(row["name"], row["gain"], row["kept"]) for row in state["rows"]] == [
        ("枫泾产业园", "+1,500", "20/20")
    ]
    assert (state["stage"], state["fault"], state["impossible"]) == ("done", "", [])
    assert state["map"]["picks"][0]["at"] == [121.01, 30.89]


def test_the_page_without_a_script_holds_the_same_rows(planner: FlaskClient, page: str) -> None:
    state = waited(planner, page)
    html = planner.get(page).text
    for row in state["rows"]:
        assert row["name"] in html
        assert row["gain"] in html
    assert "Proved optimal" in planner.get(f"{page}?lang=en").text


def test_a_pick_dragged_away_shows_its_cost(planner: FlaskClient, page: str) -> None:
    key = waited(planner, page)["rows"][0]["key"]
    tried = planner.get(f"{page}/state.json?swap={key}&lon=121.5&lat=31.2").json
    assert tried is not None
    assert tried["tried"] == "试放：“枫泾产业园”换成“枫泾产业园（挪动）”，少 1,500 人"
    (other,) = {"site:1", "site:2"} - {key}
    swapped = planner.get(f"{page}?swap={key}&to={other}").text
    assert "试放：“枫泾产业园”换成“张江科技园”，少 1,500 人" in swapped
    assert planner.get(f"{page}/state.json?swap={key}&lon=x&lat=1").status_code == 400


def test_an_answer_is_kept_as_a_scenario(planner: FlaskClient, page: str, city: Store) -> None:
    waited(planner, page)
    saved = planner.post(f"{page}/save", data={"name": "方案甲"})
    assert saved.status_code == 303
    assert "已存为方案“方案甲”" in planner.get(saved.headers["Location"]).text
    with city.reading() as session:
        (kept,) = scenarios(session)
    assert (kept.name, kept.note, len(kept.changes)) == ("方案甲", "选址：新建一家（optimal）", 1)
    assert planner.post(f"{page}/save", data={"name": " "}).status_code == 400


def test_files_and_sheets_of_an_answer(planner: FlaskClient, page: str) -> None:
    waited(planner, page)
    answers = {name: planner.get(f"{page}/answer.{name}") for name in ("xlsx", "json", "geojson")}
    assert [answer.status_code for answer in answers.values()] == [200, 200, 200]
    assert answers["xlsx"].data.startswith(b"PK")
    assert answers["geojson"].json["features"][0]["properties"]["name"] == "枫泾产业园"  # type: ignore[index]
    assert planner.get(f"{page}/answer.pdf").status_code == 404
    sheet = planner.get(f"{page}/sheet/1")
    assert (sheet.status_code, "<script" in sheet.text, "枫泾产业园" in sheet.text) == (
        200,
        False,
        True,
    )
    assert planner.get(f"{page}/sheet/2").status_code == 404


def test_an_impossible_question_says_why_on_the_page(planner: FlaskClient) -> None:
    form = FORM | {"new.count": "20", "new.district_minimum": "1"}
    page = planner.post("/planner/siting", data=form).headers["Location"]
    html = planner.get(page).text
    assert "崇明区没有候选点，“新建至少 1 家”做不到" in html
    assert "没有可行的选法" in html


def test_a_name_never_becomes_markup(planner: FlaskClient) -> None:
    form = FORM | {"title": "<script>alert(1)</script>"}
    page = planner.post("/planner/siting", data=form).headers["Location"]
    assert "<script>alert" not in planner.get(page).text


def test_an_unknown_job_is_not_found(planner: FlaskClient) -> None:
    answer = planner.get("/planner/siting/none")
    assert (answer.status_code, "请再算一次" in answer.text) == (404, True)


def page_of(store: Store, owner: str, *, draws: int = 3) -> tuple[Questions, str]:
    """A question that was asked, its page's id, and who can find it again."""
    questions = Questions(store)
    question = {"new": {"count": 1}, "draws": draws}
    return questions, questions.start(owner, VIEWER, question, {})


def test_a_new_question_of_a_planner_ends_his_former_one(city: Store) -> None:
    questions, first = page_of(city, "甲")
    _, other = page_of(city, "乙")
    _, second = page_of(city, "甲")
    runner(city).run_one()
    runner(city).run_one()
    seen = [questions.get(name) for name in (first, other, second)]
    assert [one.state.done for one in seen] == [True, True, True]
    # What was never begun keeps the answer that was there at once.
    assert [one.state.version > 0 for one in seen] == [False, True, True]
    assert [one.state.answer.status for one in seen] == ["greedy", "optimal", "optimal"]


def test_another_process_shows_the_same_answer(city: Store) -> None:
    questions, name = page_of(city, "甲")
    runner(city).run_one()
    elsewhere = Questions(Store.attached(str(city.engine.url)))
    assert elsewhere.get(name).state == questions.get(name).state
    assert elsewhere.get(name).state.answer.draws == 3


def test_before_a_worker_has_it_the_first_answer_is_shown(city: Store) -> None:
    questions, name = page_of(city, "甲")
    state = questions.get(name).state
    assert (state.stage, state.done, len(state.answer.picks)) == ("waiting", False, 1)


def test_a_cancelled_proof_keeps_its_choice(city: Store) -> None:
    questions, name = page_of(city, "甲", draws=500)
    workers = runner(city)
    workers.start()
    until = time.monotonic() + WAIT_S
    while questions.get(name).state.stage != "steadiness" and time.monotonic() < until:
        time.sleep(0.01)
    questions.cancel(name, VIEWER)
    while not questions.get(name).state.done and time.monotonic() < until:
        time.sleep(0.01)
    workers.stop()
    state = questions.get(name).state
    assert (state.done, len(state.answer.picks), state.answer.draws) == (True, 1, 0)


def test_a_page_is_not_found_by_its_number_alone(city: Store) -> None:
    questions, name = page_of(city, "甲")
    number = name.partition("-")[0]
    for guess in (number, f"{number}-", f"{number}-x", f"{number}-密", "9" * 30 + "-x", "²-x"):
        with pytest.raises(NotFoundError, match="请再算一次"):
            questions.get(guess)


def test_what_the_data_outgrew_cannot_be_tried_by_hand(
    planner: FlaskClient, page: str, city: Store, make_app: Callable[..., Flask]
) -> None:
    key = waited(planner, page)["rows"][0]["key"]
    with city.writing() as session:
        grow_version(session)
    # A process that had not shown the page before.
    other = make_app().test_client()
    other.post("/sign-in", data={"password": PASSWORD})
    answer = other.get(f"{page}?swap={key}&lon=121.5&lat=31.2")
    assert (answer.status_code, "请再算一次" in answer.text) == (409, True)


def test_pages_of_older_data_keep_no_city_in_memory(city: Store) -> None:
    questions, first = page_of(city, "甲")
    old = weakref.ref(questions.get(first).city)
    with city.writing() as session:
        grow_version(session)
    questions.start("乙", VIEWER, {"new": {"count": 1}}, {})
    gc.collect()
    assert old() is None
    assert len(questions.get(first).state.answer.picks) == 1


def test_the_form_becomes_the_question_of_its_model() -> None:
    assert question_of(DEFAULTS) == {
        "model": "mclp",
        "walk_m": 1000,
        "new": {
            "count": 20,
            "district_minimum": 1,
            "cost_10k": {"city": 1.5, "district": 1.5, "town": 1.5},
        },
        "budget_10k": {"city": 30},
        "candidates": {"from": "sites"},
        "rules": {"minima_bind": "awards"},
    }
    assert question_of({**DEFAULTS, "model": "p_median"}) == {
        "model": "p_median",
        "walk_m": 1000,
        "new": {"count": 20, "cost_10k": {"city": 1.5, "district": 1.5, "town": 1.5}},
        "candidates": {"from": "sites"},
    }
    lists = {"model": "mclp", "rules.required": "甲\n乙、丙", "new.count": "1,000"}
    assert question_of(lists) == {
        "model": "mclp",
        "rules": {"required": ["甲", "乙", "丙"]},
        "new": {"count": 1000},
    }


def test_every_field_of_the_form_can_be_read() -> None:
    for model in ("mclp", "lscp", "p_median", "p_center", "capacitated", "upgrade", "lunch"):
        more = {"model": model, "upgrade.count": "2", "budget_10k.total": "500"}
        filled = given({**DEFAULTS, **more, "capacity.workers": "900"})
        if model == "upgrade":
            filled.pop("new.count")
        assert read(question_of(filled)).model == model
