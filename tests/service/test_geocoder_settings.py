"""Which online geocoders are asked, where, how fast; none unless somebody says so."""

import pytest

from bench.loopback import LOOPBACK
from geodata.errors import SettingsError
from geodata.place.online.provider import Limits
from geodata.place.online.registry import KINDS, Configured
from service.settings import Settings

OWN = "http://127.0.0.1:8088"
ON = "127.0.0.1"


def geocoders(**environ: str) -> tuple[Configured, ...]:
    return Settings.from_environment(environ).geocoders


def test_without_a_key_or_a_server_nothing_goes_online() -> None:
    assert geocoders() == ()
    assert geocoders(ZHITU_TIANDITU_KEY="tiles", ZHITU_AMAP_URL=OWN) == ()


def test_a_key_or_a_server_is_enough() -> None:
    found = geocoders(
        ZHITU_NOMINATIM_URL=OWN, ZHITU_BAIDU_KEY="b", ZHITU_AMAP_KEY="a", ZHITU_PRIVATE_HOSTS=ON
    )
    assert found == (
        Configured("amap", "https://restapi.amap.com", "a", Limits(3.0), hosts=LOOPBACK),
        Configured("baidu", "https://api.map.baidu.com", "b", Limits(3.0), hosts=LOOPBACK),
        Configured("nominatim", OWN, "", Limits(20.0), hosts=LOOPBACK),
    )


def test_the_order_is_a_setting_and_leaves_out_what_it_does_not_name() -> None:
    keys = {"ZHITU_AMAP_KEY": "a", "ZHITU_TENCENT_KEY": "t", "ZHITU_BAIDU_KEY": "b"}
    found = geocoders(ZHITU_GEOCODERS="tencent, amap", **keys)
    assert [one.name for one in found] == ["tencent", "amap"]


def test_the_key_for_tiles_serves_when_tianditu_is_named() -> None:
    tiles = {"ZHITU_GEOCODERS": "tianditu", "ZHITU_TIANDITU_KEY": "tiles"}
    assert [one.key for one in geocoders(**tiles)] == ["tiles"]
    assert [one.key for one in geocoders(ZHITU_TIANDITU_GEOCODER_KEY="own", **tiles)] == ["own"]


def test_pace_and_day_are_set_by_name() -> None:
    found = geocoders(
        ZHITU_AMAP_KEY="a",
        ZHITU_BAIDU_KEY="b",
        ZHITU_GEOCODER_QPS="amap=30, baidu=0.5",
        ZHITU_GEOCODER_DAILY="amap=5000",
    )
    assert [one.limits for one in found] == [Limits(30.0, 5000), Limits(0.5, None)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZHITU_GEOCODERS", "google"),
        ("ZHITU_GEOCODERS", "amap amap"),
        ("ZHITU_GEOCODER_QPS", "amap"),
        ("ZHITU_GEOCODER_QPS", "amap=0"),
        ("ZHITU_GEOCODER_QPS", "amap=fast"),
        ("ZHITU_GEOCODER_QPS", "amap=nan"),
        ("ZHITU_GEOCODER_DAILY", "google=5"),
        ("ZHITU_NOMINATIM_URL", "nominatim.example.org"),
        ("ZHITU_NOMINATIM_URL", OWN),
        ("ZHITU_NOMINATIM_URL", "http://[::ffff:10.0.0.1]/"),
        ("ZHITU_PHOTON_URL", "http://169.254.169.254/"),
        ("ZHITU_PRIVATE_HOSTS", "http://10.0.0.5"),
        ("ZHITU_PRIVATE_HOSTS", "10.0.0.0/40"),
        ("ZHITU_NOMINATIM_URL", "file:///etc/passwd"),
        ("ZHITU_NOMINATIM_URL", "http://user:word@nominatim.example.org"),
        ("ZHITU_NOMINATIM_URL", "http://nominatim.example.org/?q=1"),
    ],
)
def test_a_bad_value_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        geocoders(**{name: value})


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_named_geocoder_says_what_it_lacks(name: str) -> None:
    with pytest.raises(SettingsError, match=rf"却没有设 ZHITU_{name.upper()}_\w+$"):
        geocoders(ZHITU_GEOCODERS=name)


def test_no_key_is_in_the_repr() -> None:
    names = ("AMAP", "BAIDU", "TENCENT", "TIANDITU_GEOCODER")
    settings = Settings.from_environment({f"ZHITU_{name}_KEY": "canary" for name in names})
    assert len(settings.geocoders) == 4
    assert "canary" not in repr(settings)
