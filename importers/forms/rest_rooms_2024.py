"""附件2-1-1 2024 年建设改善“职工工间休息室”申报汇总表, notice 沪工总办〔2024〕29号.

Its address is a merged header over 行政区, 街镇 and 具体门牌号. The last three columns are not
the union's; a sheet may carry them at its right end.
"""

from dataclasses import replace

from geodata.kinds import Kind, Status
from importers import fields
from importers.field import Field
from importers.form import Form

FORM = Form(
    code="rest_rooms_2024",
    title="职工工间休息室申报汇总表（2024 年附件2-1-1）",
    kind=Kind.REST_ROOM,
    status=Status.DECLARED,
    fields=(
        fields.NUMBER,
        Field("name", ("休息室名称",), column=True, filled=True),
        replace(fields.DISTRICT, column=True),
        fields.TOWN,
        replace(fields.ADDRESS, column=True),
        *fields.CONTACTS,
        Field("operator", ("休息室所属单位", "所属单位")),
        fields.AREA,
        Field("mixed", ("提供设施及服务", "设施及服务")),
        *(fields.ENTERPRISES, fields.WORKERS, fields.FUNDS, fields.DUE),
        *fields.COORDINATES,
    ),
)
