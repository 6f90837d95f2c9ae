"""The list of sites that may frame our maps, as administrators keep it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.embeds.origin import Origin, read_listed
from geodata.errors import ConflictError, NotFoundError, ParameterError
from geodata.moments import utc_now
from geodata.tables import EmbedSite
from geodata.version import grow_version

LONGEST = 80
# Signs of all origins together: they go out in one header, and proxies take 32 KB of headers.
MOST_SIGNS = 20_000


def listed(session: Session) -> list[EmbedSite]:
    """Every entry by its origin."""
    return list(session.scalars(select(EmbedSite).order_by(EmbedSite.origin)))


def origins(session: Session) -> tuple[str, ...]:
    """The origins alone, as a `frame-ancestors` takes them."""
    return tuple(session.scalars(select(EmbedSite.origin).order_by(EmbedSite.origin)))


def add_site(session: Session, origin: str, *, label: str, asked_by: str, by: str) -> Origin:
    """Let a site frame our maps; `asked_by` is the office that asked, not a person.

    Raises:
        ParameterError: it is not an origin that may be listed, or a text is too long.
        ConflictError: it is listed already.
    """
    found = read_listed(origin)
    if session.scalar(select(EmbedSite.id).where(EmbedSite.origin == str(found))):
        raise ConflictError(f"{found} 已经在名单里了。")
    if len(" ".join((*origins(session), str(found)))) > MOST_SIGNS:
        raise ParameterError("名单太长了，浏览器读不完：请先去掉不用的网站。")
    site = EmbedSite(
        origin=str(found),
        label=_short("网站名称", label),
        asked_by=_short("申请单位", asked_by),
        added_at=utc_now(),
        added_by=by,
    )
    session.add(site)
    session.flush()
    _note(session, site, "embed_site.add", by)
    return found


def remove_site(session: Session, site_id: int, *, by: str) -> str:
    """Take a site off the list: from the next request on its frames show the sentence.

    Raises:
        NotFoundError: it is not on the list any more.
    """
    site = session.get(EmbedSite, site_id)
    if site is None:
        raise NotFoundError("这个网站已经不在名单里了。")
    _note(session, site, "embed_site.remove", by)
    session.delete(site)
    return site.origin


def _note(session: Session, site: EmbedSite, action: str, by: str) -> None:
    detail = {"origin": site.origin, "label": site.label, "asked_by": site.asked_by}
    record(session, by=by, action=action, table="embed_site", record_id=site.id, detail=detail)
    # Pages that browsers kept go by this number, and their headers name the list.
    grow_version(session)


def _short(name: str, text: str) -> str:
    bare = " ".join(text.split())
    if len(bare) > LONGEST:
        raise ParameterError(f"{name}最多 {LONGEST} 个字。")
    return bare
