"""附件2-10-2 “千企共促安全文明出行”轨交现场培训点, notice 沪工总办〔2023〕15号."""

from dataclasses import replace

from geodata.kinds import Kind
from importers.field import Field
from importers.fields import ADDRESS, DISTRICT, NUMBER
from importers.form import Form

FORM = Form(
    code="training_points",
    title="轨交现场培训点（2023 年附件2-10-2）",
    kind=Kind.TRAINING_POINT,
    fields=(
        NUMBER,
        # The notice prints a district once for all its rows.
        replace(DISTRICT, carry_down=True),
        Field("name", ("培训地点", "培训点名称"), column=True, filled=True),
        replace(ADDRESS, column=True),
    ),
)
