"""附表：各区工会职工服务中心信息, notice 沪工总办〔2023〕15号; the name says the district."""

from dataclasses import replace

from geodata.kinds import Kind
from importers.field import Field
from importers.fields import ADDRESS, NUMBER
from importers.form import Form

FORM = Form(
    code="district_centres",
    title="各区工会职工服务中心信息（2023 年附表）",
    kind=Kind.SERVICE_CENTRE,
    district_in_name=True,
    fields=(
        NUMBER,
        Field("name", ("职工服务中心", "职工服务中心名称"), column=True, filled=True),
        Field("phone", ("电话", "联系电话", "座机")),
        replace(ADDRESS, column=True),
    ),
)
