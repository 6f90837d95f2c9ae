"""Turns a template and values into HTML: one Jinja environment, autoescape always on."""

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from maps.classes import state_of
from maps.facilities import filter_icon, filter_name
from maps.openings import opening
from maps.words import CHINESE, Words

_ENVIRONMENT = Environment(
    loader=PackageLoader("maps"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
_ENVIRONMENT.globals.update(
    filter_icon=filter_icon, filter_name=filter_name, opening=opening, state_of=state_of
)

ASSETS = "/assets"


def render(
    template: str,
    /,
    *,
    words: Words = CHINESE,
    root: str = "",
    inline: bool = False,
    **values: object,
) -> Markup:
    """One template as HTML.

    `root` is the path the service is mounted under. With `inline` the page carries its own
    sprites, so icons are looked up in the page itself.
    """
    assets = "" if inline else root + ASSETS
    html = _ENVIRONMENT.get_template(template).render(
        t=words, root=root, assets=assets, inline=inline, **values
    )
    # The environment escapes every value, so the result is markup and nothing else.
    return Markup(html)  # noqa: S704 # nosec B704
