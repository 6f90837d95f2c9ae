"""Which addresses may be connected to: public ones, and private ones that a setting names.

A host is looked up once and connected to by the address that was judged, so that a name that
answers otherwise the second time (DNS rebinding) leads nowhere.
"""

import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from geodata.errors import SettingsError

_Address = IPv4Address | IPv6Address
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_HINT = "确实是自己的服务器，请把它写进 ZHITU_PRIVATE_HOSTS"


class PrivateAddressError(OSError):
    """The host leads to an address of an inner network that no setting names."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """What may be reached beside the public net: hosts by name, addresses by network."""

    names: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[str]) -> "Hosts":
        """From a setting: names, addresses, networks such as 10.0.0.0/8.

        Raises:
            SettingsError: an entry is none of these.
        """
        names, networks = set[str](), list[IPv4Network | IPv6Network]()
        for entry in entries:
            network = _network(entry)
            if network is not None:
                networks.append(network)
            elif set(entry) & set("/:@?#[]*") or not entry.strip("."):
                raise SettingsError(
                    "ZHITU_PRIVATE_HOSTS 要写主机名、地址或网段，如 10.0.0.5 或 10.0.0.0/24，"
                    f"不带 http:// 和端口，收到：{entry}"
                )
            else:
                names.add(_bare(entry))
        return cls(frozenset(names), tuple(networks))

    def admits(self, host: str, address: str) -> bool:
        """Whether `address`, found for `host`, may be connected to."""
        at = ip_address(address.partition("%")[0])
        judged = [at, *_within(at)]
        if any(one in network for one in judged for network in self.networks):
            return True
        # A name vouches for a server of one's own, not for what answers at every machine's
        # link-local address: the secrets of a cloud machine.
        if _bare(host) in self.names:
            return not any(one.is_link_local or one.is_multicast for one in judged)
        return all(_public(one) for one in judged)

    def must_admit(self, host: str, variable: str) -> None:
        """Refuse an address of an inner network that a URL names outright.

        Raises:
            SettingsError: it would never be connected to; says what to set.
        """
        try:
            ip_address(host.partition("%")[0])
        except ValueError:
            return
        if not self.admits(host, host):
            raise SettingsError(f"{variable} 指向内网地址 {host}，不会去连。{_HINT}={host}。")

    def reaches(self, host: str) -> bool:
        """Whether any address of a host may be connected to; nobody is.

        Raises:
            OSError: nobody knows the name.
        """
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        return any(self.admits(host, str(one[4][0])) for one in found)

    def connected(self, host: str, port: int, timeout: float) -> socket.socket:
        """A connection to the first address of `host` that may be reached and answers.

        All addresses together are given `timeout` seconds to be connected to.

        Raises:
            PrivateAddressError: it has addresses, and none may be reached.
            OSError: nobody answers.
        """
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        allowed = [one for one in found if self.admits(host, str(one[4][0]))]
        if not allowed:
            raise PrivateAddressError(f"{host} 在内网，没有连。{_HINT}")
        last: OSError = OSError("no address")
        for family, kind, protocol, _, address in allowed:
            try:
                made = _connected(
                    socket.socket(family, kind, protocol), address, timeout / len(allowed)
                )
            except OSError as error:
                last = error
            else:
                made.settimeout(timeout)
                return made
        raise last


def _connected(made: socket.socket, address: object, timeout: float) -> socket.socket:
    try:
        made.settimeout(timeout)
        made.connect(address)  # type: ignore[arg-type]  # as getaddrinfo gave it
    except BaseException:
        made.close()
        raise
    return made


def _network(entry: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        return None


def _within(at: _Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that an IPv6 address leads to."""
    if isinstance(at, IPv6Address):
        if at.ipv4_mapped:
            yield at.ipv4_mapped
        if at.sixtofour:
            yield at.sixtofour
        if at.teredo:
            yield from at.teredo
        if at in _NAT64 or at in _COMPATIBLE:
            yield IPv4Address(int(at) & 0xFFFFFFFF)


def _public(at: _Address) -> bool:
    if isinstance(at, IPv6Address):
        if at.ipv4_mapped or at in _NAT64:
            # It is what it leads to, and that is judged beside it.
            return True
        if at.is_site_local or at in _COMPATIBLE:
            return False
    return at.is_global and not at.is_multicast and not at.is_reserved


def _bare(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()
