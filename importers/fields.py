"""The columns many forms share, with the headers offices give them."""

from importers.field import Field

NUMBER = Field("number", ("序号", "序", "No", "#"))
DISTRICT = Field(
    "district", ("区", "行政区", "所在区", "所属区", "所辖区", "区县", "区名", "城区", "district")
)
TOWN = Field(
    "town",
    ("街镇", "街道", "所属街镇", "所在街镇", "所属街道", "街道镇", "街道/镇", "乡镇", "镇", "town"),
)
ADDRESS = Field(
    "address",
    ("地址", "详细地址", "具体地址", "站点地址", "具体门牌号", "所在地址", "地点", "address"),
)
ENTERPRISES = Field("enterprises", ("企业数", "覆盖企业数", "企业数量", "入驻企业数", "单位数"))
WORKERS = Field("workers", ("职工数", "覆盖职工数", "职工人数", "职工总数", "员工数", "从业人员"))
AREA = Field("area", ("面积", "建筑面积", "使用面积", "场地面积", "面积m2", "area_m2"))
DUE = Field("due", ("计划完成时间", "完成时间"))
FUNDS = Field("funds", ("计划投入资金", "投入资金"))
NOTES = Field("notes", ("备注", "说明", "notes"))
SOURCE = Field("origin", ("来源", "数据来源", "资料来源"))

LON = Field("lon", ("经度", "lon", "lng", "longitude"))
LAT = Field("lat", ("纬度", "lat", "latitude"))
DATUM = Field("datum", ("坐标系", "坐标系统", "坐标类型", "datum"))
COORDINATES = (LON, LAT, DATUM)

CONTACT = Field(
    "contact",
    ("联系人", "负责人", "点位联系人", "联系人姓名", "管理员", "管理人员", "填表人"),
    private=True,
)
MOBILE = Field(
    "mobile",
    (
        "手机",
        "手机号码",
        "手机号",
        "联系人手机",
        "联系人电话",
        "负责人电话",
        "移动电话",
        "联系方式",
    ),
    private=True,
)
EMAIL = Field(
    "email", ("邮箱", "电子邮箱", "联系人邮箱", "电子邮件", "e-mail", "email"), private=True
)
CONTACTS = (CONTACT, MOBILE, EMAIL)

NAMES = ("名称", "站点名称", "点位名称", "服务点名称", "阵地名称", "驿站名称", "name")
NAME = Field("name", NAMES, column=True, filled=True)
KINDS = (
    *("类别", "站点类别", "类型", "站点类型", "阵地类型", "阵地类别", "种类", "融合类型"),
    "kind",
)
KIND = Field("kind", KINDS, column=True, filled=True)
GRADE = Field("grade", ("等级", "级别", "星级", "评定等级", "命名级别"))
WORKS = Field("works", ("新建/升级", "新建/改建", "建设类型", "建设性质"))
HOURS = Field("hours", ("开放时间", "服务时间", "营业时间", "开放时段", "hours"))
FACILITIES = Field(
    "facilities",
    ("设施", "设施设备", "服务设施", "配备设施", "设备", "健身器材", "器材设备", "facilities"),
)
SERVICES = Field("services", ("服务内容", "服务", "服务项目", "服务功能", "功能", "services"))
OPERATOR = Field(
    "operator", ("所属单位", "管理单位", "责任单位", "运营单位", "隶属单位", "建设单位", "operator")
)
PHONE = Field(
    "phone",
    (
        *("联系电话", "电话", "座机", "公开电话", "服务电话", "固定电话", "办公电话"),
        "public_phone",
    ),
)
STATUS = Field("status", ("状态", "站点状态", "挂牌状态", "运行状态", "status"))
HALF_DAYS = Field("half_days", ("每周半天数", "每周半天", "每周服务半天数", "半天数"))
CLINIC = Field("partner_clinic", ("合作医疗机构", "签约医疗机构", "对口社区卫生服务中心"))
CODE = Field("official_code", ("挂牌编号", "铭牌编号", "编号", "站点编号"))
YEAR = Field("year", ("年份", "建成年份", "建成时间", "启用时间", "挂牌时间", "year"))
SERVES = Field("serves", ("覆盖楼宇", "服务楼宇", "覆盖范围", "服务范围"))

# What a list of stations may say of each, whatever their kind.
STATION = (
    *(NUMBER, DISTRICT, TOWN, ADDRESS, HOURS, FACILITIES, SERVICES, AREA, OPERATOR, PHONE, STATUS),
    *(HALF_DAYS, CLINIC, CODE, YEAR, SERVES, ENTERPRISES, WORKERS, GRADE, WORKS, NOTES),
    *CONTACTS,
    *COORDINATES,
)

# The labels of the key-value rows above a table.
HEAD = (
    Field("head_district", ("区（街道）", "所属区", "区", "所在区", "行政区")),
    Field("head_operator", ("单位名称",)),
    Field(
        "head_union",
        (
            "区局工会",
            "区局（产业）工会",
            "所属区局工会",
            "所属区局（产业）",
            "填报单位",
            "上报单位",
        ),
    ),
    Field("head_contact", ("联系人姓名", "联系人", "填报人", "填表人"), private=True),
    Field(
        "head_mobile",
        ("联系人电话", "联系人手机", "联系电话", "手机", "手机号码", "联系方式"),
        private=True,
    ),
    Field("head_email", ("联系人邮箱", "邮箱", "电子邮箱", "电子邮件", "e-mail"), private=True),
)
