"""The files a page needs, by name: own scripts and styles, and Leaflet from its wheel."""

from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from geodata.errors import NotFoundError, SettingsError
from geodata.kinds import KINDS
from maps.classes import HEX_CLASSES, MEAL_CLASSES, SHARE_CLASSES

STATIC = Path(__file__).parent / "static"
_LEAFLET_PREFIX = "xstatic/pkg/leaflet/data/"
_LEAFLET_FILES = ("leaflet.js", "leaflet.css")
# Files that a page sends for in one go: a phone opens six connections, and each round waits.
_FIND = ("dom", "labels", "map", "layers", "openings", "cards", "directions", "finder")
BUNDLES = {
    "find-all.js": tuple(f"{name}.js" for name in _FIND),
    "finder-all.js": tuple(f"{name}.js" for name in (*_FIND, "sheet")),
    "finder-all.css": ("leaflet/leaflet.css", "zhitu.css", "kinds.css", "finder.css"),
}


@cache
def leaflet_folder() -> Path:
    """Leaflet's files; found by metadata because importing the wheel needs pkg_resources."""
    return Path(str(_wheel().locate_file(_LEAFLET_PREFIX)))


def leaflet_version() -> str:
    """Leaflet's own version, without the wheel's build number."""
    return ".".join(_wheel().version.split(".")[:3])


def _wheel() -> Distribution:
    try:
        return distribution("XStatic-Leaflet")
    except PackageNotFoundError as error:
        raise SettingsError("没有装 XStatic-Leaflet，地图画不出来：请重装 zhitu") from error


@cache
def asset(name: str) -> bytes:
    """The bytes of an asset such as `map.js`, `leaflet/leaflet.css` or `kinds.css`."""
    if name == "kinds.css":
        return _colours().encode()
    if name in BUNDLES:
        return b"\n".join(_moved(part) for part in BUNDLES[name])
    return _path(name).read_bytes()


def _moved(part: str) -> bytes:
    """A file as it reads from the folder of the bundles."""
    folder = part.rpartition("/")[0]
    found = asset(part)
    return found.replace(b"url(images/", f"url({folder}/images/".encode()) if folder else found


def asset_text(name: str) -> str:
    """A text asset, for pages that carry their own."""
    # Hashes are taken after the parser has made every line end a single \n.
    return asset(name).decode().replace("\r\n", "\n")


def sprites() -> list[str]:
    """Every symbol, for pages that take none from another file."""
    return [asset_text(name) for name in ("icons.svg", "ui.svg")]


def _path(name: str) -> Path:
    if name not in _known():
        raise NotFoundError(f"没有这个文件：{name}")
    return _known()[name]


@cache
def _known() -> dict[str, Path]:
    own = {path.name: path for path in sorted(STATIC.iterdir()) if path.is_file()}
    folder = leaflet_folder()
    leaflet = {f"leaflet/{name}": folder / name for name in _LEAFLET_FILES}
    images = {f"leaflet/images/{path.name}": path for path in (folder / "images").glob("*.png")}
    return own | leaflet | images


def _colours() -> str:
    kinds = [f".k-{kind}{{color:{facts.colour}}}" for kind, facts in KINDS.items()]
    shares = [
        f".share-{item.key}{{fill:{item.colour};background-color:{item.colour}}}"
        for item in (*SHARE_CLASSES, *MEAL_CLASSES, *HEX_CLASSES)
    ]
    return "\n".join([*kinds, *shares, ""])
