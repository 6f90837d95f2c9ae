"""Deleting a person by the desk: found, deleted, receipted; by the city's administrator only."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from geodata.accounts.roles import Role
from geodata.store import Store
from geodata.tables import AuditEvent, Base, Contact
from maps.catalogue import catalogue

NAME, MOBILE = "金丝雀甲", "19900004242"


@pytest.fixture
def somebody(city: Store) -> Store:
    with city.writing() as session:
        for name, mobile in ((NAME, MOBILE), ("示例乙", "18800001111")):
            session.add(
                Contact(
                    record_table="place", record_id=1, name=name, mobile=mobile, email="", role=""
                )
            )
    return city


def names(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Contact.name).order_by(Contact.id)))


def test_a_person_is_found_deleted_and_receipted(somebody: Store, planner: FlaskClient) -> None:
    found = planner.post("/desk/erase/find", data={"person": f"{NAME} 199-0000-4242"})
    assert "找到 1 条：" in found.text
    assert names(somebody) == [NAME, "示例乙"]
    done = planner.post("/desk/erase", data={"person": f"{MOBILE} {NAME}"})
    receipt = planner.get(done.headers["Location"]).text
    assert names(somebody) == ["示例乙"]
    assert ("删除或改写 1 条" in receipt, NAME in receipt, MOBILE in receipt) == (
        True,
        False,
        False,
    )
    assert done.headers["Location"] in planner.get("/desk/erase").text
    again = planner.post("/desk/erase/find", data={"person": MOBILE}).text
    assert ("没有找到这个人的数据" in again, "已经删除过" in again) == (True, True)


def test_the_deletion_is_in_the_audit_trail_without_the_person(
    somebody: Store, planner: FlaskClient
) -> None:
    planner.post("/desk/erase", data={"person": MOBILE})
    with somebody.reading() as session:
        (event,) = session.scalars(select(AuditEvent).filter_by(action="person.erase"))
        assert (event.by, event.detail["rows"], MOBILE in str(event.detail)) == ("admin", 1, False)


def test_a_name_alone_is_refused_with_a_sentence(somebody: Store, planner: FlaskClient) -> None:
    answer = planner.post("/desk/erase/find", data={"person": NAME})
    assert (answer.status_code, "只凭姓名" in answer.text) == (400, True)
    assert planner.post("/desk/erase", data={"person": NAME}).status_code == 400
    assert names(somebody) == [NAME, "示例乙"]


@pytest.mark.parametrize(
    ("role", "districts"),
    [(Role.VIEWER, ()), (Role.EDITOR, ()), (Role.REVIEWER, ()), (Role.ADMIN, ("黄浦区",))],
)
def test_nobody_else_finds_or_deletes(
    somebody: Store,
    as_person: Callable[..., FlaskClient],
    role: Role,
    districts: tuple[str, ...],
) -> None:
    client = as_person(role, districts=districts)
    for path in ("/desk/erase", "/desk/erase/find"):
        assert client.post(path, data={"person": MOBILE}).status_code == 403
    assert names(somebody) == [NAME, "示例乙"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_table_has_words_for_the_receipt(language: str) -> None:
    tables = {f"erased_{name}" for name in Base.metadata.tables}
    lacking = tables - set(catalogue(language).plain) - {"erased_erasure", "erased_erasure_key"}
    assert lacking == set()
