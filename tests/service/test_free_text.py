"""Persons typed into boxes of the desk and of public pages: kept nowhere, by no form."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.scenarios.kept import keep
from geodata.scenarios.model import NewPoint
from geodata.store import Store
from geodata.tables import Base
from service.clock import today
from service.free_text import typed_line
from service.pin import Pinned

PERSON = "联系人：金丝雀 19900004242，canary@example.invalid"
# A person, a sign that PostgreSQL takes in no text, and one that turns the line around.
TYPED = f"请看\x00这里\u202e\n{PERSON}"
SIGNS = ("金丝雀", "19900004242", "canary@", "\x00", "\u202e")
DAY = today().isoformat()
# Still to come if midnight passes before the test that needs it.
LATER = (today() + timedelta(days=7)).isoformat()


def texts(store: Store) -> Iterator[str]:
    """Everything that is stored, but contacts."""
    with store.reading() as session:
        for table in Base.metadata.sorted_tables:
            columns = [one for one in table.columns if one.name not in {"geom", "content"}]
            if table.name != "contact" and columns:
                yield from (
                    f"{table.name} {tuple(map(str, row))}"
                    for row in session.execute(select(*columns))
                )


def test_a_typed_line_has_no_person_and_no_odd_sign() -> None:
    assert typed_line({"note": TYPED}, "note") == "请看 这里"
    assert typed_line({}, "note") == ""
    assert Pinned.of({"note": TYPED}).note == "请看 这里"


@pytest.mark.parametrize(
    ("path", "form", "left"),
    [
        (
            "/desk/reports/listings/1",
            {"app": "amap", "state": "wrong", "on": DAY, "note": TYPED},
            "map_listing",
        ),
        (
            "/desk/programmes/2027/targets",
            {"measure": "rest_rooms", "target": "3", "per_district": "0", "source": TYPED},
            "programme_target",
        ),
        (
            "/desk/embed-sites",
            {"origin": "https://www.example.org", "label": TYPED, "asked_by": TYPED},
            "embed_site",
        ),
        ("/desk/scenarios/rename", {"name": "补金山", "to": TYPED}, "scenario"),
        (
            "/desk/account/tokens",
            {"name": TYPED, "role": "viewer", "expires_on": LATER},
            "api_token",
        ),
        ("/p/1/report", {"what": "other", "text": TYPED}, "mistake_report"),
    ],
)
def test_no_form_keeps_a_person(
    city: Store, planner: FlaskClient, path: str, form: dict[str, str], left: str
) -> None:
    with city.writing() as session:
        keep(session, "补金山", [NewPoint("枫泾新点", 121.0101, 30.8901)], by="admin")
    answer = planner.post(path, data=form)
    assert answer.status_code in {200, 303}
    kept = list(texts(city))
    assert [line for line in kept for sign in SIGNS if sign in line] == []
    assert any(line.startswith(f"{left} ") and "请看" in line for line in kept)
