"""Which addresses may be connected to, and that it is the judged one that is."""

import socket
from collections.abc import Callable, Iterator

import pytest

from geodata.errors import SettingsError
from geodata.outside.hosts import Hosts, PrivateAddressError

PUBLIC = Hosts()
Answers = Callable[..., None]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.0.0.5",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.5",
        "::ffff:a9fe:a9fe",
        "64:ff9b::10.0.0.5",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_no_inner_address_is_reached_unless_a_setting_names_it(address: str) -> None:
    assert not PUBLIC.admits("nominatim.example.org", address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "203.119.1.1",
        "2400:3200::1",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
    ],
)
def test_public_addresses_are_reached(address: str) -> None:
    assert PUBLIC.admits("restapi.amap.com", address)


@pytest.mark.parametrize(
    ("entry", "host", "address", "reached"),
    [
        ("10.0.0.5", "any.example.org", "10.0.0.5", True),
        ("10.0.0.5", "any.example.org", "::ffff:10.0.0.5", True),
        ("10.0.0.5", "any.example.org", "10.0.0.6", False),
        ("10.0.0.0/24", "any.example.org", "10.0.0.6", True),
        ("10.0.0.7/24", "any.example.org", "10.0.0.6", True),
        ("[::1]", "any.example.org", "::1", True),
        ("Nominatim.inner.", "nominatim.INNER", "10.0.0.6", True),
        ("nominatim.inner", "other.inner", "10.0.0.6", False),
        ("inner", "nominatim.inner", "10.0.0.6", False),
        ("nominatim.inner", "nominatim.inner", "127.0.0.1", True),
        ("nominatim.inner", "nominatim.inner", "169.254.169.254", False),
        ("nominatim.inner", "nominatim.inner", "::ffff:169.254.169.254", False),
        ("169.254.0.0/16", "any.example.org", "169.254.169.254", True),
    ],
)
def test_a_setting_names_hosts_addresses_or_networks(
    entry: str, host: str, address: str, reached: bool
) -> None:
    assert Hosts.of([entry]).admits(host, address) is reached


@pytest.mark.parametrize(
    "entry", ["http://10.0.0.5", "10.0.0.5:8088", "10.0.0.0/40", "*.inner", "a@b", "."]
)
def test_an_entry_that_names_nothing_is_refused(entry: str) -> None:
    with pytest.raises(SettingsError, match=r"^ZHITU_PRIVATE_HOSTS 要写"):
        Hosts.of([entry])


def test_an_address_in_a_url_is_refused_at_the_start_with_what_to_set() -> None:
    with pytest.raises(SettingsError) as caught:
        PUBLIC.must_admit("10.0.0.5", "ZHITU_NOMINATIM_URL")
    assert str(caught.value) == (
        "ZHITU_NOMINATIM_URL 指向内网地址 10.0.0.5，不会去连。"
        "确实是自己的服务器，请把它写进 ZHITU_PRIVATE_HOSTS=10.0.0.5。"
    )
    Hosts.of(["10.0.0.0/8"]).must_admit("10.0.0.5", "ZHITU_NOMINATIM_URL")
    PUBLIC.must_admit("nominatim.example.org", "ZHITU_NOMINATIM_URL")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.settimeout(0.2)
        yield made


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """A name server that somebody else runs: it gives these lists of addresses in turn."""

    def give(*turns: list[str]) -> None:
        left = list(turns)

        def looked_up(_host: str, port: int | None, **_options: object) -> list[object]:
            return [
                (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port or 0))
                for address in left.pop(0)
            ]

        monkeypatch.setattr(socket, "getaddrinfo", looked_up)

    return give


@pytest.mark.parametrize("name", ["localhost", "127.1", "0x7f.1", "2130706433", "0177.0.0.1"])
def test_another_spelling_of_this_machine_leads_nowhere(name: str, listener: socket.socket) -> None:
    with pytest.raises(PrivateAddressError, match=r"在内网，没有连.*ZHITU_PRIVATE_HOSTS"):
        PUBLIC.connected(name, listener.getsockname()[1], 1.0)
    with pytest.raises(TimeoutError):
        listener.accept()


def test_a_name_that_answers_otherwise_the_second_time_is_asked_only_once(
    listener: socket.socket, answers: Answers
) -> None:
    answers(["192.0.2.1"], ["127.0.0.1"])
    # 192.0.2.0/24 stands for a public address here: nobody answers there.
    documented = Hosts.of(["192.0.2.0/24"])
    with pytest.raises(OSError, match=r"timed out|unreachable|refused") as caught:
        documented.connected("rebinding.example.org", listener.getsockname()[1], 0.2)
    assert not isinstance(caught.value, PrivateAddressError)
    with pytest.raises(TimeoutError):
        listener.accept()


def test_of_several_addresses_only_those_that_may_be_reached_are_tried(
    listener: socket.socket, answers: Answers
) -> None:
    answers(["10.255.255.1", "127.0.0.1"])
    only_here = Hosts.of(["127.0.0.1"])
    with only_here.connected("mixed.example.org", listener.getsockname()[1], 1.0) as made:
        assert made.getpeername() == listener.getsockname()


def test_a_name_nobody_knows_is_no_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_asked: object, **_options: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(socket.gaierror):
        PUBLIC.connected("nobody.example.org", 80, 1.0)
    with pytest.raises(socket.gaierror):
        PUBLIC.reaches("nobody.example.org")
