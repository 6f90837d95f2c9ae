"""The form of the builder: what was chosen, as the parameters of a map."""

from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from geodata.embeds.origin import Origin, read_origin
from geodata.errors import ParameterError
from maps.base import Basemap
from maps.embed_theme import DEFAULT_ACCENT, readable_accent
from service import params
from service.embeds.asked import LISTS, kept
from service.embeds.lines import Size, read_size

# A line says nothing of what a map is like anyway.
USUAL = {
    "list": LISTS[0],
    "accent": DEFAULT_ACCENT,
    "mode": "light",
    "locate": "1",
    "lang": "zh",
    "radius": "1000",
}
_MANY = ("kind", "with")
_ALIKE = (
    *("district", "town", "q", "open", "park", "radius", "lon", "lat", "z"),
    *("list", "accent", "mode", "locate"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form says. `fault` is the first thing in it that cannot be, in words.

    `asked` are the parameters of the map, `site` the web site it shall stand in, if it was named.
    """

    asked: dict[str, str]
    size: Size
    site: Origin | None
    fault: str


def read_choice(form: MultiDict[str, str], basemap: Basemap) -> Choice:
    """The choice; what cannot be is left out and said."""
    asked = {name: form.get(name, "").strip() for name in _ALIKE}
    asked |= {name: ",".join(filter(None, form.getlist(name))) for name in _MANY}
    # Who reads the builder in English most likely wants his map so.
    asked["lang"] = form.get("speak") or form.get("lang", "")
    asked["radius"] = asked["radius"] if asked["park"] else ""
    choice = Choice(asked, Size(), None, "")
    for read in (_own_colour, _from_preview, _size, _site):
        try:
            choice = read(choice, form, basemap)
        except ParameterError as error:
            choice = replace(choice, fault=choice.fault or str(error))
    said = {n: v for n, v in choice.asked.items() if v and USUAL.get(n) != v}
    return replace(choice, asked=kept(said))


def _own_colour(choice: Choice, form: MultiDict[str, str], _basemap: Basemap) -> Choice:
    given = form.get("colour", "").strip()
    if not given:
        return choice
    found = readable_accent(given)
    if not found:
        raise ParameterError(f"颜色 {given[:20]} 不能用：要写 #0B5D66 这样的，而且白字在上面看得清")
    return replace(choice, asked=choice.asked | {"accent": found[1:]})


def _from_preview(choice: Choice, form: MultiDict[str, str], basemap: Basemap) -> Choice:
    """A view read off the preview is in the basemap's datum; lines are in WGS-84."""
    if form.get("datum") != "map":
        return choice
    lon, lat = basemap.take(*params.degrees(choice.asked))
    return replace(choice, asked=choice.asked | {"lon": f"{lon:.5f}", "lat": f"{lat:.5f}"})


def _size(choice: Choice, form: MultiDict[str, str], _basemap: Basemap) -> Choice:
    return replace(choice, size=read_size(form))


def _site(choice: Choice, form: MultiDict[str, str], _basemap: Basemap) -> Choice:
    given = form.get("site", "").strip()
    return replace(choice, site=read_origin(given)) if given else choice
