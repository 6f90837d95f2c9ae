"""Who may frame our maps, and how a frame on any other site learns why it shows none.

See docs/adr/0014-embeds.md.
"""

from flask import Request, g

from geodata.embeds.origin import Origin, read_origin
from geodata.embeds.sites import origins
from geodata.errors import ParameterError
from geodata.store import Store
from service.settings import Settings

_FRAMES = frozenset({"iframe", "frame", "embed", "object"})


def allowed(settings: Settings, store: Store) -> tuple[str, ...]:
    """The origins of the settings, then those of the administrators' list; read at each use."""
    with store.reading() as session:
        return tuple(dict.fromkeys((*settings.embed_sites, *origins(session))))


def let_frame(sites: tuple[str, ...]) -> None:
    """The answer at hand may be framed by ourselves and these sites, and by nobody else."""
    g.framing = " ".join(("'self'", *sites))


def let_anyone_frame() -> None:
    """The answer at hand holds nothing worth stealing clicks for."""
    g.framing = "*"


def may_frame_ourselves() -> None:
    """The page at hand shows pages of this service in frames."""
    g.frames = "'self'"


def is_listed(origin: Origin, sites: tuple[str, ...]) -> bool:
    """Whether pages of an origin may frame our maps."""
    return any(read_origin(site).covers(origin) for site in sites)


def stranger(request: Request, sites: tuple[str, ...]) -> Origin | None:
    """The origin of the page around this frame, where browsers would refuse to show it there.

    None where there is no frame, where the browser does not say who is around, and for ourselves.
    """
    if request.headers.get("Sec-Fetch-Dest") not in _FRAMES:
        return None
    try:
        around = read_origin(request.headers.get("Referer", ""))
    except ParameterError:
        return None
    ours = read_origin(request.host_url)
    if (around.host, around.port) == (ours.host, ours.port) or is_listed(around, sites):
        return None
    return around
