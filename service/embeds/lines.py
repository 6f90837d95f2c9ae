"""What a web master pastes: the same map as a frame, a script, an address, a list, a picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from maps.words import Words
from service.embeds.asked import LOOKS, Embed
from service.params import whole

USUAL_HEIGHT_PX = 480
LOWEST_PX, HIGHEST_PX = 200, 4000
# What a frame may be asked for; the same in every line.
ALLOW = "geolocation"
_FINDER = ("kind", "district", "town", "q", "with", "open", "lang")


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels; a width of None fills the page around."""

    width: int | None = None
    height: int = USUAL_HEIGHT_PX


@dataclass(frozen=True, slots=True)
class Lines:
    """Every way to take one map along. `site` is our address from outside, `asked` the parameters
    of the map in their one order."""

    site: str
    asked: Mapping[str, str]
    title: str
    size: Size

    @property
    def address(self) -> str:
        """Of the map itself."""
        return f"{self.site}/embed?{urlencode(self.asked)}"

    @property
    def frame(self) -> Markup:
        """One line of HTML that any page takes."""
        return Markup(
            '<iframe src="{}" title="{}" width="{}" height="{}" frameborder="0"'
            ' loading="lazy" allow="{}"></iframe>'
        ).format(self.address, self.title, self.size.width or "100%", self.size.height, ALLOW)

    @property
    def script(self) -> Markup:
        """One line that makes a frame as high as its content."""
        own = {name: value for name, value in self.asked.items() if name not in {"v", "fit"}}
        data = Markup("").join(
            Markup(' data-{}="{}"').format(name, value)
            for name, value in (own | {"title": self.title}).items()
        )
        return Markup('<script src="{}/embed/v1.js"{} async></script>').format(self.site, data)

    @property
    def oembed(self) -> str:
        """The address that tells a site about this map by itself."""
        return f"{self.site}/oembed?{urlencode({'url': self.address})}"

    @property
    def listing(self) -> str:
        """The places as plain HTML."""
        return self._other("/embed/list.html")

    @property
    def picture(self) -> str:
        """A still picture of the map."""
        return self._other("/embed/map.png")

    @property
    def code(self) -> str:
        """A QR code of the finder with the same filters."""
        return self._other("/embed/qr.svg")

    @property
    def finder(self) -> str:
        """The large map with the filters it knows."""
        own = {name: self.asked[name] for name in _FINDER if name in self.asked}
        return f"{self.site}/?{urlencode(own)}" if own else f"{self.site}/"

    def _other(self, path: str) -> str:
        own = {n: v for n, v in self.asked.items() if n == "lang" or n not in LOOKS}
        return f"{self.site}{path}?{urlencode(own)}"


def title_of(embed: Embed, words: Words) -> str:
    """How a frame is called for those who do not see it."""
    if embed.around:
        return words("embed_title_near", name=embed.around.name)
    if embed.wanted.district:
        return words("embed_title_in", district=words.district(embed.wanted.district))
    return words("embed_title")


def read_size(query: Mapping[str, str]) -> Size:
    """width (pixels, none for the whole width) and height (pixels) of a frame."""
    width, height = query.get("width", "").strip(), query.get("height", "").strip()
    return Size(
        None if width in {"", "100%"} else _pixels("width", width),
        _pixels("height", height) if height else USUAL_HEIGHT_PX,
    )


def _pixels(name: str, text: str) -> int:
    return whole(name, text, LOWEST_PX, HIGHEST_PX, unit="（像素）")
