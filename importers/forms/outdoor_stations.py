"""An X of 1+44+N+X: 户外职工驿站、爱心接力站."""

from geodata.kinds import Kind
from importers.field import Field
from importers.fields import STATION
from importers.form import Form

_NAMES = (
    "户外职工驿站名称",
    "户外驿站名称",
    "职工驿站名称",
    "工会驿站名称",
    "爱心接力站名称",
    "接力站名称",
    "驿站名称",
)

FORM = Form(
    code="outdoor_stations",
    title="户外职工驿站、爱心接力站名单",
    kind=Kind.OUTDOOR_STATION,
    fields=(Field("name", _NAMES, column=True, filled=True), *STATION),
)
