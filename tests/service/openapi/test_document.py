"""The document: valid, whole, and nothing but what the routes do."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import validate

DOCUMENTS = ("/api", "/ogc/api")
# Routes of the API that the document need not show.
LEFT_OUT = {"/ogc/", "/api", "/api.html"}


@pytest.fixture
def fetch(make_app: Callable[..., Flask]) -> Callable[[str], Any]:
    client = make_app().test_client()
    return lambda path: client.get(path).get_json(force=True)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_document_is_valid_openapi(fetch: Callable[[str], Any], path: str) -> None:
    found = fetch(path)
    validate(found)
    assert found["openapi"] == "3.0.3"


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_reference_is_local_and_there(fetch: Callable[[str], Any], path: str) -> None:
    found = fetch(path)
    names = set(re.findall(r"'\$ref': '#/components/schemas/([^']+)'", str(found)))
    assert names <= set(found["components"]["schemas"])
    assert str(found).count("'$ref': '") == str(found).count("'$ref': '#/components/schemas/")


def test_every_route_of_the_api_is_declared_and_the_other_way_round(
    make_app: Callable[..., Flask], fetch: Callable[[str], Any]
) -> None:
    rules = {
        re.sub(r"<[^>]+>", "{}", str(rule))
        for rule in make_app().url_map.iter_rules()
        if str(rule).startswith("/ogc") and str(rule) not in LEFT_OUT
    }
    declared = {path for path in fetch("/api")["paths"] if path.startswith("/ogc")}
    general = {
        re.sub(r"\{[^}]+\}", "{}", re.sub(r"(collections/)[a-z_]+", r"\1{}", path))
        for path in declared
    }
    assert general == rules


def test_ogc_clients_find_their_part_beneath_its_server(fetch: Callable[[str], Any]) -> None:
    found = fetch("/ogc/api")
    assert found["servers"] == [{"url": "http://localhost/ogc"}]
    assert {"/", "/conformance", "/collections", "/collections/places/items"} <= set(found["paths"])


def test_operations_have_names_of_their_own(fetch: Callable[[str], Any]) -> None:
    found = fetch("/api")["paths"].values()
    names = [one["operationId"] for methods in found for one in methods.values()]
    assert sorted(names) == sorted(set(names))


def test_features_are_described_property_by_property(fetch: Callable[[str], Any]) -> None:
    found = fetch("/ogc/api")["components"]["schemas"]["demand_sitesFeature"]
    assert found["properties"]["properties"] == {
        "type": "object",
        "required": ["name", "kind", "district"],
        "properties": {
            "name": {"title": "名称 / Name", "type": "string"},
            "kind": {
                "title": "类别 / Kind",
                "type": "string",
                "enum": ["park", "building", "mall"],
            },
            "district": {"title": "区 / District", "type": "string"},
        },
    }


def test_what_takes_a_role_says_so(fetch: Callable[[str], Any]) -> None:
    paths = fetch("/ogc/api")["paths"]
    closed = {path for path, methods in paths.items() if "security" in methods["get"]}
    assert {path.split("/")[2] for path in closed} == {
        *("gaps", "proposals", "district_areas", "town_areas")
    }
    assert set(paths["/collections/gaps/items"]["get"]["responses"]) == {
        *("200", "400", "401", "403")
    }
