"""Every class a user can act on has one status, in words for pages and a problem for JSON."""

from flask.testing import FlaskClient

from geodata import errors
from service.errors import STATUS


def test_the_table_holds_exactly_the_classes_there_are() -> None:
    classes = {each for each in vars(errors).values() if isinstance(each, type)}
    assert set(STATUS) == classes


def test_json_gets_a_problem_document(client: FlaskClient) -> None:
    answer = client.get("/clusters?z=10")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.get_json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "bbox 要四个数：西,南,东,北",
        "instance": "/clusters",
    }


def test_pages_get_a_short_page(client: FlaskClient) -> None:
    answer = client.get("/p/9999")
    assert (answer.status_code, answer.content_type) == (404, "text/html; charset=utf-8")
    assert "没有编号为 9999 的站点" in answer.text


def test_an_unknown_address_is_a_page_too(client: FlaskClient) -> None:
    assert client.get("/nothing-here").status_code == 404
    assert client.get("/assets/../service/settings.py").status_code == 404
    assert client.get("/nothing.json").content_type == "application/problem+json"


def test_markup_in_a_parameter_comes_back_as_text(client: FlaskClient) -> None:
    answer = client.get("/?kind=<script>alert(1)</script>")
    assert answer.status_code == 400
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_a_wrong_method_is_told_the_right_ones(client: FlaskClient) -> None:
    answer = client.post("/healthz")
    assert (answer.status_code, sorted(answer.allow)) == (405, ["GET", "HEAD", "OPTIONS"])
