"""oEmbed (https://oembed.com): a site that is given our address asks here how to show it."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

from flask import Blueprint, Response, jsonify, request

from geodata.errors import NotFoundError, ParameterError
from geodata.store import Store
from service import errors
from service.embeds.asked import kept, read_embed
from service.embeds.lines import Lines, Size, title_of
from service.params import whole
from service.request import site_of, words_of
from service.settings import Settings

FORMATS = ("json", "xml")
WIDTH_PX, HEIGHT_PX = 800, 480
KEPT_S = 3600
_WIDEST_PX = 99_999_999
# Whose filters the map takes over: the map itself and the finder.
_PAGES = frozenset({"/embed", "/", ""})


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/oembed?url=&format=&maxwidth=&maxheight=`."""
    answers = Blueprint("oembed", __name__)

    @answers.get("/oembed")
    def oembed() -> Response:
        wanted = request.args.get("format", FORMATS[0])
        if wanted not in FORMATS:
            return errors.answer(501, "format 只能是 json 或 xml。")
        site = site_of(request, settings.site_url)
        asked = kept(dict(_query(request.args.get("url", ""), site)))
        document = _document(
            Lines(site, asked, title_of(read_embed(asked, store), words_of(request)), _size())
        )
        response = jsonify(document) if wanted == "json" else _xml(document)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answers


def _document(lines: Lines) -> dict[str, str | int]:
    return {
        "version": "1.0",
        "type": "rich",
        "title": lines.title,
        "provider_name": "职图",
        "provider_url": f"{lines.site}/",
        "cache_age": KEPT_S,
        "html": str(lines.frame),
        "width": lines.size.width or WIDTH_PX,
        "height": lines.size.height,
    }


def _query(url: str, site: str) -> list[tuple[str, str]]:
    """The query of an address of ours; http and https are the same page."""
    try:
        given, ours = urlsplit(url), urlsplit(site)
    except ValueError as error:
        raise ParameterError("url 不是一个网址") from error
    path = given.path.removeprefix(ours.path) if given.path.startswith(ours.path) else None
    known = given.scheme in {"http", "https"} and given.netloc == ours.netloc and path in _PAGES
    if not known:
        raise NotFoundError("这个网址不是本站的地图：只认 /embed 和找站点的首页。")
    return parse_qsl(given.query)


def _size() -> Size:
    return Size(_most("maxwidth", WIDTH_PX), _most("maxheight", HEIGHT_PX))


def _most(name: str, usual: int) -> int:
    text = request.args.get(name, "")
    if not text:
        return usual
    return min(usual, whole(name, text, 1, _WIDEST_PX, unit="（像素）"))


def _xml(document: Mapping[str, str | int]) -> Response:
    root = ElementTree.Element("oembed")
    for name, value in document.items():
        ElementTree.SubElement(root, name).text = _printable(str(value))
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type="text/xml; charset=utf-8")


def _printable(text: str) -> str:
    """Without the characters no XML document may hold, not even escaped."""
    return "".join(sign for sign in text if sign >= " " and sign not in "\ufffe\uffff")
