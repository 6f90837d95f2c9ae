"""Origins of web sites as an allow-list holds them: `https://www.example.org`, `https://*.…`."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from geodata.errors import ParameterError

LOOPBACK = frozenset({"127.0.0.1", "[::1]", "localhost"})
DEFAULT_PORTS = {"http": 80, "https": 443}
# A host as a browser writes it: what is no letter of a domain name could end a response header.
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_HOST = re.compile(rf"(?:\*\.)?(?:{_LABEL}\.)*{_LABEL}|\[::1\]")
_LONGEST_HOST = 253
# Below these anybody can have a name: 34 provinces and the kinds of holders under .cn, and the
# like of co.uk.
_ANYBODYS = frozenset(
    {
        *("ac", "co", "com", "edu", "gov", "mil", "net", "org"),
        *("bj", "sh", "tj", "cq", "he", "sx", "nm", "ln", "jl", "hl", "js", "zj", "ah", "fj"),
        *("jx", "sd", "ha", "hb", "hn", "gd", "gx", "hi", "sc", "gz", "yn", "xz", "sn", "gs"),
        *("qh", "nx", "xj", "tw", "hk", "mo"),
    }
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port; a host `*.example.org` stands for every host below that domain."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        usual = self.port == DEFAULT_PORTS[self.scheme]
        return f"{self.scheme}://{self.host}" + ("" if usual else f":{self.port}")

    @property
    def loopback(self) -> bool:
        """Whether it is on the reader's own machine."""
        return self.host in LOOPBACK

    @property
    def wildcard(self) -> bool:
        """Whether it stands for many hosts."""
        return self.host.startswith("*.")

    def covers(self, other: "Origin") -> bool:
        """Whether a page of `other` may frame us when this one is on the list."""
        if (self.scheme, self.port) != (other.scheme, other.port):
            return False
        if self.wildcard:
            # As browsers read it: the domain itself is not among its subdomains.
            return other.host.endswith(self.host[1:]) and not other.wildcard
        return self.host == other.host


def read_origin(text: str) -> Origin:
    """The origin of a site's address; what comes after the host is left out.

    Raises:
        ParameterError: it is not the address of a web site.
    """
    written = text.strip().lower()
    if "://" not in written:
        written = f"https://{written}"
    try:
        parts = urlsplit(written)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError as error:
        raise _unreadable(text) from error
    if parts.scheme not in DEFAULT_PORTS or parts.username is not None or port == 0:
        raise _unreadable(text)
    return Origin(parts.scheme, host, port or DEFAULT_PORTS[parts.scheme])


def read_listed(text: str) -> Origin:
    """An origin as it may stand on the list: https, unless it is this very machine.

    Raises:
        ParameterError: it may not.
    """
    origin = read_origin(text)
    if origin.scheme == "http" and not origin.loopback:
        raise ParameterError(f"{origin} 不是 https：没有加密的网页，谁都能在路上改，不能进名单。")
    if origin.wildcard and _is_anybodys(origin.host.split(".")[1:]):
        raise ParameterError(f"{origin} 太宽：* 后面要写单位自己的域名，如 https://*.example.org")
    return origin


def _is_anybodys(labels: list[str]) -> bool:
    """Whether a domain holds the sites of many: org, com.cn, sh.cn."""
    return len(labels) < 2 or (len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _ANYBODYS)


def _host(name: str) -> str:
    host = "[::1]" if name == "::1" else name.encode("idna").decode() if name else name
    if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host):
        raise ValueError(host)
    return host


def _unreadable(text: str) -> ParameterError:
    return ParameterError(f"“{text[:60]}”不是网站地址，要写成 https://www.example.org")
