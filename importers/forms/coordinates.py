"""名称 and a pair of coordinates with their datum; the title says of which kind they are.

An address is not needed. A pair without a datum is refused by its cell: it may lie 1 km off.
"""

from dataclasses import replace

from importers.fields import LAT, LON, NAME, STATION
from importers.form import Form

FORM = Form(
    code="coordinates",
    title="坐标清单（名称、经度、纬度、坐标系）",
    kind_in_title=True,
    fields=(NAME, *(replace(one, column=True) if one in {LON, LAT} else one for one in STATION)),
)
