"""An X of 1+44+N+X: 爱心妈咪小屋; its 星级 is kept as its grade."""

from geodata.kinds import Kind
from importers.field import Field
from importers.fields import STATION
from importers.form import Form

_NAMES = ("小屋名称", "妈咪小屋名称", "爱心妈咪小屋名称", "母婴室名称")

FORM = Form(
    code="mothers_rooms",
    title="爱心妈咪小屋名单",
    kind=Kind.MOTHERS_ROOM,
    fields=(Field("name", _NAMES, column=True, filled=True), *STATION),
)
