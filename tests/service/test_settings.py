"""The environment becomes settings once, and a bad value names its variable."""

import re
import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from geodata.errors import SettingsError
from geodata.model import Datum
from service.settings import VARIABLES, Settings

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


def test_without_any_variable_the_service_stays_on_this_machine() -> None:
    found = Settings.from_environment({})
    assert (found.database, found.host, found.port) == (
        "sqlite:///zhitu-data/zhitu.sqlite",
        "127.0.0.1",
        8000,
    )
    assert (found.planner_password, found.production, found.https) == ("", False, False)
    assert (found.basemap.name, found.basemap.tiles, found.embed_sites) == ("none", (), ())


def test_every_start_without_a_key_has_its_own() -> None:
    one, other = Settings.from_environment({}), Settings.from_environment({})
    assert one.secret_key != other.secret_key
    assert len(one.secret_key) == 64


def test_a_file_name_is_a_sqlite_database_and_a_url_stays() -> None:
    url = "postgresql://zhitu@127.0.0.1/zhitu"
    assert Settings.from_environment({"ZHITU_DATABASE": "/srv/z.sqlite"}).database == (
        "sqlite:////srv/z.sqlite"
    )
    assert Settings.from_environment({"ZHITU_DATABASE": url}).database == url


def test_the_basemap_carries_its_datum_and_approval() -> None:
    found = Settings.from_environment(
        {"ZHITU_BASEMAP": "amap", "ZHITU_MAP_APPROVAL": "GS(2099)0000号"}
    )
    assert (found.basemap.datum, found.basemap.approval) == (Datum.GCJ02, "GS(2099)0000号")
    assert found.basemap.hosts == tuple(f"https://wprd0{n}.is.autonavi.com" for n in range(1, 5))


def test_in_production_outlines_need_an_approval_number(production: dict[str, str]) -> None:
    bare = production | {"ZHITU_BASEMAP": "none"}
    approved = bare | {"ZHITU_MAP_APPROVAL": "沪S(2099)000号"}
    drawn = [Settings.from_environment(e).draws_outlines for e in ({}, bare, approved)]
    assert drawn == [True, False, True]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://zhitu:canary%40word@db:5432/zhitu",
        "postgresql://zhitu:canary@one:5432,other:5433/zhitu?target_session_attrs=read-write",
        "postgresql:///zhitu?host=/run/postgresql",
        "sqlite:////srv/z.sqlite",
    ],
)
def test_a_url_of_a_database_stays_as_it_is(url: str) -> None:
    assert Settings.from_environment({"ZHITU_DATABASE": url}).database == url


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://zhitu:can@ary@db/zhitu",
        "postgresql://zhitu:canary@db:port/zhitu",
        "postgresql://db/zhitu?user=zhitu&password=canary",
        "://canary",
    ],
)
def test_a_database_whose_password_could_be_shown_is_refused_without_it(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^ZHITU_DATABASE") as caught:
        Settings.from_environment({"ZHITU_DATABASE": url})
    shown = "".join(traceback.format_exception(caught.value))
    assert "canary" not in shown
    assert "ary@db" not in shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZHITU_PORT", "http"),
        ("ZHITU_PORT", "70000"),
        ("ZHITU_HTTPS", "maybe"),
        ("ZHITU_PRODUCTION", "2"),
        ("ZHITU_SHOW_RECTIFYING", "yellow"),
        ("ZHITU_BASEMAP", "google"),
        ("ZHITU_SECRET_KEY", "short"),
        ("ZHITU_EMBED_SITES", "www.example.org"),
        ("ZHITU_EMBED_SITES", "https://www.example.org;script-src"),
        ("ZHITU_EMBED_SITES", "https://www.example.org/page"),
        ("ZHITU_GAZETTEERS", "/nowhere/names.csv"),
    ],
)
def test_a_bad_value_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: value})


def test_tianditu_without_a_key_says_which_variable_to_set() -> None:
    with pytest.raises(SettingsError, match="ZHITU_TIANDITU_KEY"):
        Settings.from_environment({"ZHITU_BASEMAP": "tianditu"})


def test_secrets_are_not_in_the_repr() -> None:
    environ = {"ZHITU_PLANNER_PASSWORD": "canary-word", "ZHITU_SECRET_KEY": "canary-key-canary"}
    shown = repr(Settings.from_environment(environ))
    assert "canary" not in shown


def test_the_docs_list_every_variable_and_no_other() -> None:
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    listed = [line.split("`")[1] for line in lines if line.startswith("| `ZHITU_")]
    assert listed == list(VARIABLES)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_on_this_machine_alone_there_is_nothing_to_warn_of(host: str) -> None:
    assert list(Settings(host=host).exposed()) == []


def test_a_service_others_can_reach_says_what_is_not_set() -> None:
    environ = {"ZHITU_HOST": "0.0.0.0"}
    bare = Settings.from_environment(environ)
    opened = Settings.from_environment(environ | {"ZHITU_PLANNER_PASSWORD": "一个口令"})
    ready = {"ZHITU_SECRET_KEY": "k" * 32, "ZHITU_HTTPS": "1", "ZHITU_SITE_URL": "https://a.cn"}
    whole = replace(Settings.from_environment(environ | ready), planner_password="一个口令")
    named = [re.findall(r"ZHITU_\w+", "".join(each.exposed())) for each in (bare, opened, whole)]
    assert named == [
        ["ZHITU_PLANNER_PASSWORD", "ZHITU_SITE_URL", "ZHITU_SECRET_KEY"],
        ["ZHITU_SITE_URL", "ZHITU_SECRET_KEY", "ZHITU_HTTPS"],
        [],
    ]


def test_production_refuses_a_foreign_basemap_unless_someone_answers_for_it(
    production: dict[str, str],
) -> None:
    osm = production | {"ZHITU_BASEMAP": "osm"}
    with pytest.raises(SettingsError, match="境外底图"):
        Settings.from_environment(osm)
    allowed = [
        osm | {"ZHITU_MAP_APPROVAL": "GS(2099)0000号"},
        osm | {"ZHITU_FOREIGN_BASEMAP_OK": "1"},
        osm | {"ZHITU_PRODUCTION": "0"},
        osm | {"ZHITU_BASEMAP": "none"},
    ]
    names = [Settings.from_environment(environ).basemap.name for environ in allowed]
    assert names == ["osm", "osm", "osm", "none"]


def test_the_address_from_outside_has_no_slash_at_its_end_and_no_query() -> None:
    given = Settings.from_environment({"ZHITU_SITE_URL": "https://map.example.org/zhitu/"})
    assert given.site_url == "https://map.example.org/zhitu"
    with pytest.raises(SettingsError, match="ZHITU_SITE_URL"):
        Settings.from_environment({"ZHITU_SITE_URL": "map.example.org"})


@pytest.mark.parametrize("text", [":memory:", "sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_data_are_in_a_file(text: str) -> None:
    with pytest.raises(SettingsError, match="只在内存里"):
        Settings.from_environment({"ZHITU_DATABASE": text})
