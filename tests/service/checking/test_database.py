"""What `zhitu check` says of a database on a server."""

import pytest
from sqlalchemy import create_engine, make_url, text

from geodata import schema
from geodata.store import Store
from service.checking.database import findings
from service.checking.finding import Finding
from service.settings import Settings

pytestmark = pytest.mark.postgis


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """An empty database of its own."""
    server = make_url(str(request.getfixturevalue("postgis_url")))
    engine = create_engine(
        server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS checked"))
        connection.execute(text("CREATE DATABASE checked"))
        connection.execute(text("DROP ROLE IF EXISTS weak"))
        connection.execute(text("CREATE ROLE weak LOGIN"))
    engine.dispose()
    return server.set(database="checked").render_as_string(hide_password=False)


def found(url: str) -> list[Finding]:
    return list(findings(Settings(database=url)))


def told(url: str) -> list[tuple[str, str]]:
    return [(str(one.mark), one.detail) for one in found(url)]


def execute(url: str, *statements: str) -> None:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_a_database_without_postgis_says_who_can_help_and_stays_as_it_is(url: str) -> None:
    sentence = "这个库没有 PostGIS：请数据库管理员在库里执行 CREATE EXTENSION postgis。"
    assert told(url) == [("✗", sentence)]
    assert told(url) == [("✗", sentence)]


def test_an_empty_one_a_whole_one_an_older_one_and_a_newer_one(url: str) -> None:
    execute(url, "CREATE EXTENSION postgis")
    empty = found(url)
    Store.open(url).close()
    whole = found(url)
    execute(url, "UPDATE alembic_version SET version_num = '0001'")
    older = found(url)
    execute(url, "UPDATE alembic_version SET version_num = '9999'")
    newer = found(url)
    assert [[str(one.mark) for one in each] for each in (empty, whole, older, newer)] == [
        ["!"],
        ["✓"],
        ["!"],
        ["✗"],
    ]
    assert "还是空的" in empty[0].detail
    assert whole[0].detail.endswith(f"结构版本 {schema.newest()}")
    assert older[0].detail.endswith("请先用原来的版本 zhitu backup（0.1.0 还没有，用 pg_dump）。")
    assert "由更新版本的职图写成（结构 9999）" in newer[0].detail


def test_a_user_without_rights_is_told_which_are_missing(url: str) -> None:
    Store.open(url).close()
    weak = make_url(url).set(username="weak").render_as_string()
    execute(
        url,
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO weak",
    )
    marks, sentences = zip(*told(weak), strict=True)
    assert marks == ("✗", "✗")
    assert sentences[0].startswith("这个用户不能建表")
    assert "张表没有读写权限（" in sentences[1]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"port": 1}, "连不上"),
        ({"database": "nowhere"}, "连不上"),
        ({"username": "nobody"}, "连不上"),
    ],
)
def test_a_server_that_cannot_be_reached_is_one_sentence_without_the_password(
    url: str, changes: dict[str, object], said: str
) -> None:
    wrong = make_url(url).set(password="canary", **changes).render_as_string(hide_password=False)
    ((mark, sentence),) = told(wrong)
    assert (mark, sentence[:3], "canary" in sentence, "\n" in sentence) == ("✗", said, False, False)
