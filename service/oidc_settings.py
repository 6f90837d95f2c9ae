"""The office's own sign-in (OpenID Connect), as the environment describes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from geodata.errors import SettingsError

OIDC_VARIABLES = (
    "ZHITU_OIDC_ISSUER",
    "ZHITU_OIDC_CLIENT_ID",
    "ZHITU_OIDC_CLIENT_SECRET",
    "ZHITU_OIDC_NAME",
    "ZHITU_OIDC_CLAIM",
)
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Oidc:
    """Where to sign in, as whom this service is known there, and which claim is the login."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    claim: str


def oidc(given: Mapping[str, str]) -> Oidc | None:
    """The office's sign-in, None where no issuer is set.

    Raises:
        SettingsError: the issuer is no HTTPS address, or the client is not named.
    """
    issuer = given["ZHITU_OIDC_ISSUER"].rstrip("/")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not secure or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(f"ZHITU_OIDC_ISSUER 要写 https:// 开头的签发方地址，收到：{issuer}")
    for name in ("ZHITU_OIDC_CLIENT_ID", "ZHITU_OIDC_CLIENT_SECRET"):
        if not given[name]:
            raise SettingsError(f"设了 ZHITU_OIDC_ISSUER，还要设 {name}")
    return Oidc(
        issuer,
        given["ZHITU_OIDC_CLIENT_ID"],
        given["ZHITU_OIDC_CLIENT_SECRET"],
        given["ZHITU_OIDC_NAME"] or "统一登录",
        given["ZHITU_OIDC_CLAIM"] or "preferred_username",
    )
