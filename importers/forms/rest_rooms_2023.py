"""附件2-4-1 建设改善“职工工间休息室”申报汇总表, notice 沪工总办〔2023〕15号."""

from dataclasses import replace

from geodata.kinds import Kind, Status
from importers.field import Field
from importers.fields import ADDRESS, AREA, CONTACTS, DUE, NUMBER
from importers.form import Form

FORM = Form(
    code="rest_rooms_2023",
    title="职工工间休息室申报汇总表（2023 年附件2-4-1）",
    kind=Kind.REST_ROOM,
    status=Status.DECLARED,
    fields=(
        NUMBER,
        Field("name", ("工间休息室名称", "休息室名称"), column=True, filled=True),
        replace(ADDRESS, column=True),
        *CONTACTS,
        AREA,
        Field("mixed", ("设施及服务", "提供设施及服务")),
        DUE,
    ),
)
