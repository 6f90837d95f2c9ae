"""`zhitu rest`: who has a rest room or a station open in the break, and how much of a route."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geodata.coverage.rest import CREW_RADIUS_M, CrewKind, RouteCover
from geodata.errors import UnreadableFileError
from geodata.hours import State
from geodata.measures.rest import RestView, Uncovered, rest_view, routes_view
from geodata.place.district import load_districts
from importers.private import public_name
from maps.coverage_page import percent
from service.columns import table
from service.crew_list import CrewList, read_crews
from service.settings import Settings
from service.terminal import opened, say

_KINDS = {CrewKind.FIXED: "固定", CrewKind.STREET: "流动"}
_STATES = {State.OPEN: "开着", State.CLOSED: "没有全程开着", State.UNKNOWN: "时间未知"}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_METRES = click.FloatRange(min=0.0, max=5000.0)


@click.command()
@click.option("--crews", "crews_file", type=_FILE, required=True, help="班组表（.csv 或 .xlsx）")
@click.option("--routes", "routes_file", type=_FILE, help="路线（.geojson，WGS-84）")
@click.option(
    "--radius-street", type=_METRES, default=CREW_RADIUS_M[CrewKind.STREET], help="流动班组，米"
)
@click.option(
    "--radius-fixed", type=_METRES, default=CREW_RADIUS_M[CrewKind.FIXED], help="固定班组，米"
)
@click.option("--rectifying", is_flag=True, help="黄牌（整改中）也算")
@click.pass_obj
def rest(
    settings: Settings,
    *,
    crews_file: Path,
    routes_file: Path | None,
    radius_street: float,
    radius_fixed: float,
    rectifying: bool,
) -> None:
    """工间休息：班组午休时，附近有没有全程开着的休息室或户外驿站。"""
    listed = read_crews(crews_file)
    routes = read_routes(routes_file) if routes_file else {}
    radius_m = {CrewKind.STREET: radius_street, CrewKind.FIXED: radius_fixed}
    with opened(settings) as store:
        city = store.city()
    view = rest_view(city, listed.crews, radius_m=radius_m, count_rectifying=rectifying)
    say(_crew_lines(view, listed))
    yellow = "算" if rectifying else "不算"
    say(
        [
            f"口径：流动 {radius_street:g} 米、固定 {radius_fixed:g} 米，"
            f"步行距离为{city.walking.describe()}；"
            f"只算已挂牌、位置够准的休息室和户外驿站（{view.places} 个），黄牌（整改中）{yellow}；"
            "要在休息时段全程开着；没写星期的按工作日"
        ]
    )
    if routes:
        found = routes_view(city, routes, radius_m=radius_street, count_rectifying=rectifying)
        say(_route_lines(found, radius_street))


def read_routes(path: Path) -> dict[str, BaseGeometry]:
    """The lines of a GeoJSON file (WGS-84) by name; pieces of one name are one route.

    Raises:
        UnreadableFileError: it is no GeoJSON, has no lines, or they are not in the city.
    """
    name, pieces = public_name(path), dict[str, list[BaseGeometry]]()
    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
        for number, feature in enumerate(features, start=1):
            line = shape(feature["geometry"])
            said = (feature.get("properties") or {}).get("name") or f"第 {number} 条"
            if line.geom_type in {"LineString", "MultiLineString"}:
                pieces.setdefault(str(said), []).extend(shapely.get_parts(line))
    except (ValueError, TypeError, KeyError, AttributeError, shapely.GEOSException) as error:
        raise UnreadableFileError(
            f"“{name}”读不出路线：要是 GeoJSON 的 FeatureCollection。请在 QGIS 里重新导出。"
        ) from error
    routes = {said: shapely.MultiLineString(lines) for said, lines in pieces.items()}
    if not routes:
        raise UnreadableFileError(f"“{name}”里没有线（LineString）。请检查导出的图层。")
    city = shapely.box(*load_districts().bounds)
    outside = [said for said, route in routes.items() if not city.intersects(route)]
    if outside:
        raise UnreadableFileError(
            f"“{name}”的路线“{outside[0]}”不在上海：坐标要是 WGS-84 的经度、纬度。"
            "请在 QGIS 里导出为 EPSG:4326。"
        )
    return routes


def _crew_lines(view: RestView, listed: CrewList) -> Iterator[str]:
    not_counted = sum(one.heads or 0 for one in listed.left_out)
    unknown = view.unknown_heads + sum(one.heads is None for one in listed.left_out)
    yield (
        f"有处可歇 {view.covered:,} 人（{percent(view.share(view.covered))}），"
        f"只靠时间未知的点 {view.hanging:,} 人（{percent(view.share(view.hanging))}），"
        f"没有 {view.not_covered:,} 人（{percent(view.share(view.not_covered))}）"
    )
    yield f"不计：资料不全的 {not_counted:,} 人；人数未知的班组 {unknown} 个"
    yield ""
    yield "没有处可歇的班组"
    yield from table(
        ("班组", "类别", "人数", "最近的点", "步行（米）", "休息时"),
        [_crew_row(one) for one in view.uncovered],
    )
    if listed.left_out:
        yield "资料不全、没有算的班组"
        rows = [(one.name, _heads(one.heads)) for one in listed.left_out]
        yield from table(("班组", "人数"), rows)
    yield from listed.faults
    yield ""


def _crew_row(one: Uncovered) -> tuple[str, ...]:
    kind, heads = _KINDS[one.kind], _heads(one.heads)
    if one.walk_m is None:
        return (one.name, kind, heads, "没有", "—", "—")
    return (one.name, kind, heads, one.nearest, f"{one.walk_m:,.0f}", _STATES[one.state])


def _heads(heads: int | None) -> str:
    return "未知" if heads is None else f"{heads:,}"


def _route_lines(found: Mapping[str, RouteCover], radius_m: float) -> Iterator[str]:
    yield ""
    yield from table(
        ("路线", "长（米）", "有点的（米）", "比例"),
        [
            (name, f"{one.length_m:,.0f}", f"{one.covered_m:,.0f}", percent(one.share))
            for name, one in found.items()
        ],
    )
    yield f"口径：离线 {radius_m:g} 米（直线）内有点即算，不问时间；重叠只算一次"
