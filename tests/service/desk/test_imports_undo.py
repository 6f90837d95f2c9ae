"""Taking back an import that takes longer than any page may."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text

from geodata import database
from geodata.store import Store
from geodata.tables import ImportRun

pytestmark = pytest.mark.postgis
_SLOW = """
CREATE FUNCTION linger() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(1.2); RETURN NULL; END $$
    LANGUAGE plpgsql;
CREATE TRIGGER slow AFTER DELETE ON demand_site EXECUTE FUNCTION linger();
"""


@pytest.fixture
def store(new_database: Callable[..., str]) -> Iterator[Store]:
    """One whose statements may take a second."""
    opened = Store(database.engine_for(new_database("postgis", made=True), answer_s=1))
    yield opened
    opened.close()


def test_an_import_that_takes_long_to_take_back_is_taken_back(
    planner: FlaskClient, city: Store
) -> None:
    with city.writing() as session:
        session.execute(text(_SLOW))
    told = planner.post("/desk/imports/runs/1/undo").status_code
    with city.reading() as session:
        undone = session.scalars(select(ImportRun.undone_by)).all()
    assert (told, undone) == (303, ["admin"])
