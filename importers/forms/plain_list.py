"""名称 and 地址 and perhaps no more; title, sheet or file says of which kind they are."""

from dataclasses import replace

from importers.fields import ADDRESS, NAME, STATION
from importers.form import Form

FORM = Form(
    code="plain_list",
    title="名称、地址清单（类别写在标题、工作表名或文件名里）",
    kind_in_title=True,
    fields=(
        NAME,
        *(replace(one, column=True) if one is ADDRESS else one for one in STATION),
    ),
)
