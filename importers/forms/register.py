"""The register (名册): which centres, hubs, stations must exist, by name, the 44 among them.

No notice prints one; it is the union's own list, told by 名册 or 应建 in its title, sheet, file or
headers. Its kind stands in a column or in that title.
"""

from importers.cells.words import Makes
from importers.field import Field
from importers.fields import ADDRESS, CODE, CONTACTS, DISTRICT, KINDS, NAMES, NOTES, NUMBER, TOWN
from importers.form import Form

_NAMES = (
    *("应建名称", "应建站点", "应建站点名称", "应建总站", "应建总站名称", "应建服务站名称"),
    *("总站名称", "职工服务总站名称", "服务总站名称", "服务站名称", "职工服务站名称", "中心名称"),
    *NAMES,
)

FORM = Form(
    code="register",
    title="应建站点名册",
    makes=Makes.REQUIREMENT,
    kind_in_title=True,
    titled=("名册", "应建"),
    fields=(
        NUMBER,
        Field("name", _NAMES, column=True, filled=True),
        Field("kind", ("应建类别", *KINDS)),
        DISTRICT,
        Field("town", (*TOWN.headers, "开发区", "街镇、开发区", "街镇开发区")),
        *(CODE, ADDRESS, NOTES),
        *CONTACTS,
    ),
)
