"""The 44 of 1+44+N+X: 街镇、开发区职工服务总站, as a district lists them."""

from geodata.kinds import Kind
from importers.field import Field
from importers.fields import STATION
from importers.form import Form

_NAMES = ("总站名称", "职工服务总站名称", "服务总站名称")

FORM = Form(
    code="service_hubs",
    title="街镇、开发区职工服务总站名单",
    kind=Kind.SERVICE_HUB,
    fields=(Field("name", _NAMES, column=True, filled=True), *STATION),
)
