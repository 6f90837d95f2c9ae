"""A plain list of stations of any kind, as offices keep them; only 名称 and 类别 are needed."""

from importers.fields import ADDRESS, AREA, CONTACTS, COORDINATES, DISTRICT, NOTES, NUMBER, TOWN
from importers.form import Field, Form

_NAMES = ("名称", "站点名称", "点位名称", "服务点名称", "阵地名称", "驿站名称", "name")
_KINDS = ("类别", "站点类别", "类型", "站点类型", "阵地类型", "种类", "kind")
_HOURS = ("开放时间", "服务时间", "营业时间", "开放时段", "hours")
_PHONES = ("联系电话", "电话", "座机", "公开电话", "服务电话", "固定电话", "办公电话")

FORM = Form(
    code="stations",
    title="站点清单",
    fields=(
        NUMBER,
        Field("name", _NAMES, column=True, filled=True),
        Field("kind", _KINDS, column=True, filled=True),
        *(DISTRICT, TOWN, ADDRESS),
        Field("hours", _HOURS),
        Field("facilities", ("设施", "设施设备", "服务设施", "配备设施", "设备", "facilities")),
        Field("services", ("服务内容", "服务", "服务项目", "服务功能", "services")),
        AREA,
        Field("operator", ("所属单位", "管理单位", "责任单位", "运营单位", "隶属单位", "operator")),
        Field("phone", (*_PHONES, "public_phone")),
        Field("status", ("状态", "站点状态", "挂牌状态", "运行状态", "status")),
        Field("half_days", ("每周半天数", "每周半天", "每周服务半天数", "半天数")),
        Field("partner_clinic", ("合作医疗机构", "签约医疗机构", "对口社区卫生服务中心")),
        Field("official_code", ("挂牌编号", "铭牌编号", "编号", "站点编号")),
        Field("year", ("年份", "建成年份", "建成时间", "启用时间", "挂牌时间", "year")),
        Field("serves", ("覆盖楼宇", "服务楼宇")),
        NOTES,
        *CONTACTS,
        *COORDINATES,
    ),
)
