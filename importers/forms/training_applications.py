"""附件2-10-1 “千企共促安全文明出行”活动申报表, notice 沪工总办〔2023〕15号.

One card a union, or many in one table. Of its three blocks the first is the application; the
volunteers' (志愿守护行动) and the lessons' (送课) are kept as notes, in the order of `NOTED`.
"""

from importers.cells.words import Makes
from importers.field import Field
from importers.fields import NUMBER
from importers.form import Form

_NOTED = (
    ("volunteers", ("志愿守护参加人数", "志愿守护行动参加人数", "志愿者人数")),
    ("stations", ("轨交站点", "志愿守护轨交站点")),
    ("volunteer_dates", ("志愿守护计划时间", "志愿守护行动计划时间")),
    ("lesson_workers", ("送课覆盖职工人数", "覆盖职工人数")),
    ("lesson_enterprises", ("送课覆盖企业数", "覆盖企业数")),
    ("lesson_form", ("送课培训方式", "培训方式")),
    ("lesson_dates", ("送课培训时间", "培训时间")),
    ("lesson_address", ("线下培训地址", "送课线下培训地址")),
)
NOTED = tuple(Field(name, headers) for name, headers in _NOTED)

FORM = Form(
    code="training_applications",
    title="“千企共促安全文明出行”活动申报表（2023 年附件2-10-1）",
    makes=Makes.APPLICATION,
    fields=(
        NUMBER,
        Field("branch", ("所属区局（产业）", "所属区局", "所属区局工会", "区局（产业）工会")),
        Field("union", ("活动申报单位", "申报单位"), column=True),
        Field("contact", ("填报人", "联系人", "填表人"), private=True),
        Field("mobile", ("联系人电话", "手机", "手机号码"), private=True),
        Field("point", ("培训地点", "培训点"), column=True),
        Field("heads", ("参加人数", "培训人数", "参加现场培训人数"), column=True),
        Field("dates", ("计划时间", "培训计划时间"), column=True),
        *NOTED,
    ),
)
