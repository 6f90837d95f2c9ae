"""Why an embedded map is blank, from what its web master says and pastes.

Nothing here ever asks the network: an address in what was pasted is read, never fetched.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from urllib.parse import urlsplit

from geodata.embeds.origin import Origin, read_origin
from geodata.errors import ParameterError
from service.embeds.asked import PARAMETERS
from service.embeds.policy import Headers, read_headers, refusing
from service.embeds.snippet import Piece, pieces_of

BLANK, DOUBT, FINE = "blank", "doubt", "fine"
NEEDED_FLAGS = ("allow-scripts", "allow-same-origin", "allow-popups")
_SCRIPTS = frozenset({"/embed.js", "/embed/v1.js"})
# They say how large the frame is; the map itself takes no note of them.
_ASIDE = frozenset({"width", "height"})
_NO_REFERRER = frozenset({"no-referrer", "same-origin"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `key` names its two sentences, what it is and what to do (`…_do`)."""

    level: str
    key: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """What is known: the page's origin, the pasted snippet and headers, and ourselves.

    `fault_of` says what is wrong with the parameters of a map, in words; empty if nothing.
    """

    page: Origin | None
    listed: bool
    snippet: str
    headers: str
    ours: Origin
    path: str
    fault_of: Callable[[dict[str, str]], str]


def diagnosed(case: Case) -> list[Finding]:
    """All that was found, what blanks the map first."""
    found = [*_of_site(case), *_of_snippet(case), *_of_headers(case)]
    order = (BLANK, DOUBT, FINE)
    return sorted(found, key=lambda one: order.index(one.level))


def _of_site(case: Case) -> Iterator[Finding]:
    if case.page is None:
        return
    site = {"site": str(case.page)}
    if case.listed:
        yield Finding(FINE, "listed", site)
    elif case.page.scheme == "http" and not case.page.loopback:
        yield Finding(BLANK, "page_http", site)
    else:
        yield Finding(BLANK, "not_listed", site)


def _of_snippet(case: Case) -> Iterator[Finding]:
    if not case.snippet.strip():
        return
    pieces = [piece for piece in pieces_of(case.snippet) if piece.source]
    ours = [piece for piece in pieces if _is_ours(piece, case)]
    if not ours:
        # Editors that strip frames leave their text behind, or nothing at all.
        key = "other_host" if pieces else "nothing_left"
        yield Finding(BLANK, key, {"ours": str(case.ours)})
    for piece in ours:
        yield from _of_address(piece, case)
        yield from _of_parameters(piece, case)
        if piece.tag != "script":
            yield from _of_frame(piece)


def _is_ours(piece: Piece, case: Case) -> bool:
    try:
        origin = read_origin(_absolute(piece.source, case.ours))
    except ParameterError:
        return False
    return origin.host == case.ours.host


def _absolute(source: str, ours: Origin) -> str:
    return f"{ours.scheme}:{source}" if source.startswith("//") else source


def _of_address(piece: Piece, case: Case) -> Iterator[Finding]:
    parts = urlsplit(_absolute(piece.source, case.ours))
    if parts.scheme == "http" and case.page and case.page.scheme == "https":
        yield Finding(BLANK, "mixed")
    path = parts.path.removeprefix(case.path)
    if piece.tag == "script" and path not in _SCRIPTS:
        yield Finding(BLANK, "wrong_script", {"path": path})
    elif piece.tag != "script" and path != "/embed":
        yield Finding(BLANK, "wrong_page", {"path": path or "/"})


def _of_parameters(piece: Piece, case: Case) -> Iterator[Finding]:
    given = piece.parameters
    for name in given:
        if name.removeprefix("amp;") != name:
            yield Finding(DOUBT, "amp", {"name": name})
        elif name not in PARAMETERS and name not in _ASIDE:
            close = get_close_matches(name, PARAMETERS, n=1)
            key = "unknown_near" if close else "unknown"
            yield Finding(DOUBT, key, {"name": name, "near": "".join(close)})
    fault = case.fault_of(given)
    if fault:
        yield Finding(BLANK, "value", {"fault": fault})


def _of_frame(piece: Piece) -> Iterator[Finding]:
    given = piece.attributes
    if "sandbox" in given:
        flags = given["sandbox"].lower().split()
        missing = [flag for flag in NEEDED_FLAGS if flag not in flags]
        if missing:
            level = DOUBT if missing == ["allow-popups"] else BLANK
            yield Finding(level, "sandbox", {"flags": " ".join(missing)})
    if "geolocation" not in given.get("allow", ""):
        yield Finding(DOUBT, "no_position")
    if given.get("referrerpolicy", "").lower() in _NO_REFERRER:
        yield Finding(DOUBT, "no_referrer")
    if any(given.get(name, "").strip() in {"0", "0px"} for name in ("width", "height")):
        yield Finding(BLANK, "no_size")


def _of_headers(case: Case) -> Iterator[Finding]:
    if not case.headers.strip():
        return
    headers = read_headers(case.headers)
    tags = {piece.tag for piece in pieces_of(case.snippet)} or {"iframe"}
    kinds = ["frame", *(["script"] if "script" in tags else [])]
    refused = [(kind, refusing(headers, kind, case.ours, case.page)) for kind in kinds]
    for kind, name in refused:
        if name:
            yield Finding(BLANK, f"policy_{kind}", {"name": name, "ours": str(case.ours)})
    yield from _of_other_headers(headers)
    if headers.policies and not any(name for _, name in refused):
        yield Finding(FINE, "policy_fine")
    if not headers.policies and not headers.others:
        yield Finding(DOUBT, "no_headers")


def _of_other_headers(headers: Headers) -> Iterator[Finding]:
    if any("sandbox" in policy for policy in headers.policies):
        yield Finding(DOUBT, "page_sandbox")
    embedder = headers.others.get("cross-origin-embedder-policy", "")
    if embedder.startswith(("require-corp", "credentialless")):
        yield Finding(BLANK, "embedder", {"value": embedder})
    permissions = headers.others.get("permissions-policy", "").replace(" ", "")
    if "geolocation=()" in permissions or "geolocation=(self)" in permissions:
        yield Finding(DOUBT, "permissions")
    if headers.others.get("referrer-policy", "") in _NO_REFERRER:
        yield Finding(DOUBT, "no_referrer")
