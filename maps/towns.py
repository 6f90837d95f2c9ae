"""Town outlines as GeoJSON in the basemap's datum, light enough for a page."""

from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from geodata.boundaries.store import Boundaries
from maps.areas import town_key
from maps.base import Basemap
from maps.outline import label_point, on_basemap

# 0.0003 degrees is about 30 m: under a pixel until a town fills a screen.
_TOLERANCE_DEG = 0.0003
COARSE_DEG = 0.001
"""About 100 m: enough for a file that is mailed and looked at as a whole."""


@lru_cache(maxsize=4)
def towns_document(
    basemap: Basemap, towns: Boundaries, *, tolerance_deg: float = _TOLERANCE_DEG
) -> dict[str, Any]:
    """Every loaded outline with the key its numbers have; `approximate` where any is a guess."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "name": name,
                "key": town_key(district, name),
                "label": label_point(basemap, area),
            },
            "geometry": shapely.geometry.mapping(on_basemap(basemap, area)),
        }
        for name, district, area in zip(
            towns.names, towns.districts, _simplified(towns, tolerance_deg), strict=True
        )
    ]
    return {
        "type": "FeatureCollection",
        "approximate": towns.approximate,
        "features": features,
    }


def _simplified(towns: Boundaries, tolerance_deg: float) -> list[Any]:
    """Simplified as one coverage, so that neighbours keep one common border."""
    return list(shapely.coverage_simplify(np.array(towns.areas), tolerance_deg)) if towns else []
