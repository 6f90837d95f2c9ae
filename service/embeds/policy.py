"""Response headers of somebody's page, pasted by him: which of them would blank our frame there.

Content Security Policy level 3, as far as it concerns frames and scripts from another site.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geodata.embeds.origin import Origin, read_origin
from geodata.errors import ParameterError

_FALL_BACK = {
    "frame": ("frame-src", "child-src", "default-src"),
    "script": ("script-src-elem", "script-src", "default-src"),
}
_HEADER = re.compile(r"^\s*([A-Za-z][A-Za-z0-9-]*)\s*:\s*(.*)$")
# Each looks no further than the next bracket or quote: the text is anybody's, and may be made to
# be slow to read.
_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_IS_POLICY = re.compile(r"""http-equiv=["']?content-security-policy(?![\w-])""", re.IGNORECASE)
_CONTENT = re.compile(r"""\bcontent=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_POLICY = "content-security-policy"


@dataclass(frozen=True, slots=True)
class Headers:
    """What matters to us: policies in force, and other headers by their lower-case names."""

    policies: tuple[dict[str, tuple[str, ...]], ...]
    others: dict[str, str]


def read_headers(text: str) -> Headers:
    """Header lines, `<meta>` elements or a bare policy, as somebody copies them."""
    rest, policies, others = _META.sub("", text), list(_in_metas(text)), dict[str, str]()
    for line in rest.splitlines():
        found = _HEADER.match(line)
        name = found[1].lower() if found else ""
        if found and name == _POLICY:
            policies.append(found[2])
        elif found:
            others[name] = found[2].strip().lower()
        elif "-src" in line:
            policies.append(line)
    return Headers(tuple(_directives(policy) for policy in policies), others)


def _in_metas(text: str) -> Iterator[str]:
    """The policies that stand in a page itself."""
    for meta in _META.findall(text):
        content = _CONTENT.search(meta)
        if content and _IS_POLICY.search(meta):
            yield content[1] if content[1] is not None else content[2]


def _directives(policy: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for part in policy.split(";"):
        words = part.split()
        if words:
            # Only the first of two equal directives counts.
            found.setdefault(words[0].lower(), tuple(words[1:]))
    return found


def refusing(headers: Headers, kind: str, ours: Origin, page: Origin | None) -> str:
    """The directive that keeps our frame or script off a page; empty where none does."""
    for policy in headers.policies:
        name = next((each for each in _FALL_BACK[kind] if each in policy), "")
        if name and not _lets_in(policy[name], kind, ours, page):
            return name
    return ""


def _lets_in(sources: tuple[str, ...], kind: str, ours: Origin, page: Origin | None) -> bool:
    lowered = [source.lower() for source in sources]
    if kind == "script" and "'strict-dynamic'" in lowered:
        # Then hosts are left aside, and a line without the page's own nonce does not run.
        return False
    return any(_matches(source, ours, page) for source in lowered)


def _matches(source: str, ours: Origin, page: Origin | None) -> bool:
    if source == "*":
        return True
    if source == "'self'":
        return page is not None and page == ours
    if source in {"http:", "https:"}:
        return source[:-1] == ours.scheme or ours.scheme == "https"
    try:
        return _host_matches(source, ours, page)
    except ParameterError:
        return False


def _host_matches(source: str, ours: Origin, page: Origin | None) -> bool:
    scheme, _, rest = source.rpartition("://")
    host, _, path = rest.partition("/")
    any_port = host.endswith(":*")
    # Without a scheme that of the page counts; https always may stand for http.
    usual = scheme or (page.scheme if page else ours.scheme)
    listed = read_origin(f"{usual}://{host.removesuffix(':*')}")
    if path and not "/embed".startswith(f"/{path.rstrip('/')}"):
        return False
    same = listed.host == ours.host or (listed.wildcard and ours.host.endswith(listed.host[1:]))
    secure = ours.scheme in {listed.scheme, "https"}
    upgraded = {listed.port, ours.port} == {80, 443}
    return same and secure and (any_port or listed.port == ours.port or upgraded)
