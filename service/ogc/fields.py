"""Properties of features: their names, types and titles."""

from dataclasses import dataclass

from geodata.coverage.gaps import GapState
from geodata.kinds import Kind, SiteKind, Status
from service.openapi.parameters import Schema

Both = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Field:
    """One property; `title` in Chinese and English. Every feature has every property."""

    name: str
    title: Both
    kind: Schema
    null: bool = False

    @property
    def schema(self) -> Schema:
        """Its JSON schema."""
        title = {"title": " / ".join(self.title)}
        return {**title, **self.kind, **({"nullable": True} if self.null else {})}


TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
YES_NO: Schema = {"type": "boolean"}
TEXTS: Schema = {"type": "array", "items": TEXT}
DAY: Schema = {"type": "string", "format": "date"}
STATE: Schema = {"type": "string", "enum": [GapState.GAP, GapState.UNKNOWN_CLINIC]}
KIND: Schema = {"type": "string", "enum": [*Kind]}

NAME = Field("name", ("名称", "Name"), TEXT)
DISTRICT = Field("district", ("区", "District"), TEXT)
TOWN = Field("town", ("街镇", "Town"), TEXT)
ADDRESS = Field("address", ("地址", "Address"), TEXT)
ERROR_M = Field("error_m", ("位置误差（米）", "Error of the position, m"), NUMBER, null=True)
WHY_UNPLACED = Field("unplaced", ("为什么不在图上", "Why it is not on the map"), TEXT)
SAMPLE = Field("sample", ("示例数据", "Sample data"), YES_NO)
SINCE = Field("since", ("挂牌日期", "Plaqued on"), DAY, null=True)

SERVICE_POINT = (
    NAME,
    Field("kind", ("类别", "Kind"), KIND),
    Field("kind_name", ("类别名", "Name of the kind"), TEXT),
    Field("place", ("所在地点编号", "Number of its place"), {"type": "integer"}),
    DISTRICT,
    TOWN,
    ADDRESS,
    Field("status", ("状态", "Status"), {"type": "string", "enum": [*Status]}),
    SINCE,
    Field("hours", ("开放时间", "Hours as written"), TEXT),
    Field("always", ("全天开放", "Never closes"), YES_NO),
    Field("facilities", ("设施", "Facilities"), TEXTS),
    Field("services", ("服务", "Services"), TEXTS),
    Field("operator", ("运营单位", "Operator"), TEXT),
    Field("phone", ("公开电话", "Public phone"), TEXT),
    Field("area_m2", ("面积（平方米）", "Area, m²"), NUMBER, null=True),
    Field("year", ("建成年份", "Year built"), {"type": "integer"}, null=True),
    ERROR_M,
    WHY_UNPLACED,
    SAMPLE,
)
PLACE = (
    NAME,
    Field("kinds", ("类别", "Kinds"), {"type": "array", "items": KIND}),
    Field("service_points", ("服务点数", "Service points"), COUNT),
    DISTRICT,
    TOWN,
    ADDRESS,
    ERROR_M,
    WHY_UNPLACED,
    SAMPLE,
)
DEMAND_SITE = (
    NAME,
    Field("kind", ("类别", "Kind"), {"type": "string", "enum": [*SiteKind]}),
    DISTRICT,
)
COVERAGE = (
    Field("share", ("职工覆盖率", "Share of workers covered"), SHARE, null=True),
    Field("sites", ("园区楼宇商圈数", "Parks, buildings and malls"), COUNT),
    Field("gaps", ("空白点数", "Gaps"), COUNT, null=True),
    Field("unknown", ("待核数", "To be verified"), COUNT, null=True),
    Field("uncounted", ("职工数未知", "Without a worker count"), COUNT, null=True),
)
DISTRICT_AREA = (
    NAME,
    Field("code", ("行政区划代码", "Official code"), TEXT),
    *COVERAGE,
    Field("places", ("在服务的地点", "Places in service"), COUNT),
    Field("training_points", ("轨交培训点", "Rail training points"), COUNT),
)
TOWN_AREA = (
    NAME,
    Field("code", ("街镇代码", "Official code"), TEXT),
    DISTRICT,
    *COVERAGE,
)
GAP = (
    NAME,
    Field("kind", ("类别", "Kind"), {"type": "string", "enum": [*SiteKind]}),
    DISTRICT,
    TOWN,
    Field(
        "state",
        ("状态", "State"),
        {"type": "string", "enum": [GapState.GAP, GapState.UNKNOWN_CLINIC]},
    ),
    Field("priority", ("优先", "Priority P1"), YES_NO),
    Field("workers", ("职工数", "Workers"), COUNT, null=True),
    Field("nearest_m", ("到最近服务点（米）", "To the nearest point, m"), NUMBER, null=True),
    Field("nearest", ("最近服务点", "Nearest point"), TEXT),
    SAMPLE,
)
PROPOSAL = (
    NAME,
    Field("scenario", ("方案", "Scenario"), TEXT),
    Field("kind", ("类别", "Kind"), KIND),
    DISTRICT,
    Field("half_days", ("每周半天数", "Half-days a week"), NUMBER, null=True),
    Field("operator", ("运营单位", "Operator"), TEXT),
)
