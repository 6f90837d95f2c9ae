"""2023 年园区（楼宇）健康服务点申报表, notice 沪工总办〔2023〕15号.

The district is not a column; the head block above the table says it.
"""

from dataclasses import replace

from geodata.kinds import Kind, Status
from importers.field import Field
from importers.fields import ADDRESS, CONTACTS, COORDINATES, ENTERPRISES, NUMBER, WORKERS
from importers.form import Form

FORM = Form(
    code="health_points_2023",
    title="园区（楼宇）健康服务点申报表（2023 年）",
    kind=Kind.HEALTH_POINT,
    status=Status.DECLARED,
    fields=(
        NUMBER,
        Field("works", ("类型", "新建/升级"), column=True),
        Field("serves", ("所在园区（楼宇、商圈）名称", "所在园区", "所在楼宇名称")),
        *(ENTERPRISES, WORKERS),
        Field("name", ("推荐站点名称",), column=True, filled=True),
        replace(ADDRESS, column=True),
        *CONTACTS,
        Field("services_hours", ("服务内容及时间",)),
        *COORDINATES,
    ),
)
