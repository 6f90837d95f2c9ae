"""附件2-4-2 “职工工间休息室”样板间申报汇总表, notice 沪工总办〔2023〕15号.

Its columns are those of 附件2-4-1; the title alone makes every row a model room.
"""

from dataclasses import replace

from importers.forms import rest_rooms_2023

FORM = replace(
    rest_rooms_2023.FORM,
    code="model_rooms_2023",
    title="职工工间休息室样板间申报汇总表（2023 年附件2-4-2）",
    titled=("样板间",),
)
