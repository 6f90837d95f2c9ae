"""The N of 1+44+N+X: 楼宇、园区、商圈职工服务站, as a district lists them."""

from geodata.kinds import Kind
from importers.field import Field
from importers.fields import STATION
from importers.form import Form

_NAMES = ("服务站名称", "职工服务站名称", "楼宇服务站名称", "园区服务站名称", "商圈服务站名称")

FORM = Form(
    code="service_stations",
    title="楼宇、园区、商圈职工服务站名单",
    kind=Kind.SERVICE_STATION,
    fields=(Field("name", _NAMES, column=True, filled=True), *STATION),
)
