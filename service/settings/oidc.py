"""The office's own sign-in (OpenID Connect)."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from geodata.errors import SettingsError
from geodata.outside.hosts import Hosts
from service.settings.given import Given
from service.settings.values import private_hosts

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Oidc:
    """Where to sign in, as whom this service is known there, and which claim is the login.

    `hosts` is what may be reached on the way there.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    claim: str
    hosts: Hosts


def oidc(given: Given) -> Oidc | None:
    """The office's sign-in, None where no issuer is set.

    Raises:
        SettingsError: the issuer is no HTTPS address, or the client is not named.
    """
    issuer = given["ZHITU_OIDC_ISSUER"].rstrip("/")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    bare = not (parts.query or parts.fragment or "@" in parts.netloc)
    if not secure or not parts.hostname or not bare:
        raise SettingsError(
            "ZHITU_OIDC_ISSUER 要写 https:// 开头的签发方地址，如 https://sso.example.org"
        )
    hosts = Hosts.of(private_hosts(given["ZHITU_PRIVATE_HOSTS"]))
    hosts.must_admit(parts.hostname, "ZHITU_OIDC_ISSUER")
    for name in ("ZHITU_OIDC_CLIENT_ID", "ZHITU_OIDC_CLIENT_SECRET"):
        if not given[name]:
            raise SettingsError(f"设了 ZHITU_OIDC_ISSUER，还要设 {name}")
    return Oidc(
        issuer,
        given["ZHITU_OIDC_CLIENT_ID"],
        given["ZHITU_OIDC_CLIENT_SECRET"],
        given["ZHITU_OIDC_NAME"],
        given["ZHITU_OIDC_CLAIM"],
        hosts,
    )
