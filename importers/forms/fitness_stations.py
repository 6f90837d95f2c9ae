"""职工健身驿站（健身角）, 新建 or 改建: 沪工总办〔2023〕15号 asks for 50 and prints no form."""

from dataclasses import replace

from geodata.kinds import Kind
from importers.field import Field
from importers.fields import STATION, WORKS
from importers.form import Form

_NAMES = ("健身驿站名称", "职工健身驿站名称", "健身角名称", "职工健身角名称", "健身点名称")
_WORKS = ("类型", *WORKS.headers)

FORM = Form(
    code="fitness_stations",
    title="职工健身驿站（健身角）名单",
    kind=Kind.FITNESS_STATION,
    fields=(
        Field("name", _NAMES, column=True, filled=True),
        *(replace(one, headers=_WORKS) if one is WORKS else one for one in STATION),
    ),
)
