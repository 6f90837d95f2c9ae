"""Employees by town from the bulletins of the economic census; a blank 街镇 is the district."""

from dataclasses import replace

from importers.cells.words import Makes
from importers.field import Field
from importers.fields import DISTRICT, SOURCE, TOWN
from importers.form import Form

FORM = Form(
    code="town_workers",
    title="街镇从业人员",
    makes=Makes.WORKERS,
    fields=(
        replace(DISTRICT, column=True, filled=True),
        replace(TOWN, column=True),
        Field("code", ("代码", "街镇代码", "区划代码")),
        Field(
            "workers",
            ("从业人员", "从业人员数", "从业人员期末人数", "从业人数", "职工数"),
            column=True,
            filled=True,
        ),
        Field("year", ("年份", "年度"), column=True, filled=True),
        SOURCE,
    ),
)
