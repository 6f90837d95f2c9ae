"""Metro stations and exits: the names they go by, and where a mention of one lies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geodata.geodesy import geodesic_m
from geodata.model import Address, Level, Position


@dataclass(frozen=True, slots=True)
class Stop:
    """A station, or with `exits` some exits of it; no lines means any line of the station."""

    station: str
    lines: frozenset[str]
    exits: frozenset[str]


def stop_named(address: Address) -> Stop | None:
    """The station or exits an address names: 人民广场站, 2号线徐泾东站2号口.

    A railway station named alone (上海火车站) stands for the metro station of that name.
    """
    railway = address.poi if address.poi.endswith("火车站") and not address.road else ""
    station = address.metro_station or railway
    if not station:
        return None
    return Stop(
        station_key(station),
        frozenset(address.metro_lines),
        frozenset(address.metro_exits),
    )


def station_key(name: str) -> str:
    """A station's name without the 站 that forms add, drop and double (上海火车站站)."""
    return name.rstrip("站") or name


class MetroTable:
    """Stations and exits of a gazetteer, by name."""

    def __init__(self, stops: Iterable[tuple[Stop, Position]]) -> None:
        self._by_station: dict[str, list[tuple[Stop, Position]]] = {}
        for stop, position in stops:
            self._by_station.setdefault(stop.station, []).append((stop, position))

    def find(self, asked: Stop) -> Position | None:
        """The exit, the middle of several exits, or the station when no exit is known.

        Where only some of the exits are known the error is a station's: the others may lie at
        its far end.
        """
        stops = _on_lines(self._by_station.get(asked.station, []), asked.lines)
        exits = [(stop, position) for stop, position in stops if stop.exits & asked.exits]
        if not exits:
            stations = [position for stop, position in stops if not stop.exits]
            return middle(stations) if stations else None
        known = frozenset[str]().union(*(stop.exits for stop, _ in exits))
        least_m = 0.0 if known >= asked.exits else Level.METRO_STATION.prior_error_m
        return middle([position for _, position in exits], least_m=least_m)


def _on_lines(
    stops: list[tuple[Stop, Position]], lines: frozenset[str]
) -> list[tuple[Stop, Position]]:
    """The stops of those lines, completed by those that name no line; all when none is asked."""
    first = [entry for entry in stops if (entry[0].lines & lines if lines else not entry[0].lines)]
    others = [entry for entry in stops if (not entry[0].lines if lines else entry[0].lines)]
    taken = {stop.exits for stop, _ in first}
    return first + [entry for entry in others if entry[0].exits not in taken]


def middle(positions: Sequence[Position], *, least_m: float = 0.0) -> Position:
    """One position for several, with half their spread added to the widest error."""
    if len(positions) == 1 and positions[0].error_m >= least_m:
        return positions[0]
    lon = sum(position.lon for position in positions) / len(positions)
    lat = sum(position.lat for position in positions) / len(positions)
    half_spread_m = max(
        float(geodesic_m(lon, lat, position.lon, position.lat)) for position in positions
    )
    widest_m = max(position.error_m for position in positions)
    return Position(
        lon=lon,
        lat=lat,
        level=min((position.level for position in positions), key=lambda level: level.rank),
        error_m=round(max(half_spread_m + widest_m, least_m), 1),
        source="；".join(dict.fromkeys(position.source for position in positions)),
        datum=positions[0].datum,
    )
