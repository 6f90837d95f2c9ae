"""How to get in: what of an address lies beyond the door's number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class WayIn:
    """`floor` counts from 1, basements from -1; None where the address names none."""

    landmark: str = ""
    building: str = ""
    unit: str = ""
    floor: int | None = None
    room: str = ""
    metro_lines: tuple[str, ...] = ()
    metro_station: str = ""
    metro_exits: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @classmethod
    def of(cls, parsed: Mapping[str, Any]) -> "WayIn":
        """From an address as it is stored."""
        station = parsed.get("metro_station", "")
        return cls(
            landmark=" ".join(filter(None, (parsed.get("estate", ""), parsed.get("poi", "")))),
            building=parsed.get("building", ""),
            unit=parsed.get("unit", ""),
            floor=parsed.get("floor"),
            room=parsed.get("room", ""),
            metro_lines=tuple(parsed.get("metro_lines", ())),
            metro_station=station,
            metro_exits=tuple(parsed.get("metro_exits", ())),
            # 旁 alone and the station again say near what was said already.
            near=tuple(
                each
                for each in parsed.get("near", ())
                if len(each) > 1 and each not in {station, f"{station}站"}
            ),
        )

    @property
    def inside(self) -> bool:
        """Whether it says anything of the way inside."""
        return bool(self.building or self.unit or self.floor or self.room)

    def __bool__(self) -> bool:
        return self != WayIn()
