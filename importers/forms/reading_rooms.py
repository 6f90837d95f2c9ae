"""An X of 1+44+N+X: 职工书屋; 市级示范点 and the like are kept as its grade."""

from geodata.kinds import Kind
from importers.field import Field
from importers.fields import STATION
from importers.form import Form

_NAMES = ("书屋名称", "职工书屋名称")

FORM = Form(
    code="reading_rooms",
    title="职工书屋名单",
    kind=Kind.READING_ROOM,
    fields=(Field("name", _NAMES, column=True, filled=True), *STATION),
)
