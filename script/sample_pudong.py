"""Fifteen places of 浦东新区 that a newspaper page of late 2025 names.

The page is headed 打造一批综合体 做实一批品牌项目 培育一批资源力量, 浦东新区高质量建设职工服务阵地.
A field holds what the page says and nothing else; nine places have no address there.
"""

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Station:
    """One row of the station list, its fields in the order of the columns."""

    name: str
    kinds: str
    district: str = "浦东新区"
    town: str = ""
    address: str = ""
    hours: str = ""
    facilities: str = ""
    services: str = ""
    area_m2: int | str = ""
    operator: str = ""
    year: int | str = ""
    notes: str = ""


STATIONS = (
    Station(
        "乐湾·一陆相伴·户外职工驿站(前滩)",
        "户外职工驿站",
        address="前滩平家桥路186号",
        facilities="空调、冰箱、微波炉、饮水机、充电插排、桌椅、针线包、医药箱、血压计、书柜、公共厕所",
        services="热饭、喝水、充电、休息、如厕、冬日慰问、爱心捐赠",
        area_m2=84,
        operator="陆家嘴集团工会",
        year=2025,
        notes="设在街区公园内；休憩场所约40平方米；2025年2月投入使用",
    ),
    Station(
        "北蔡镇鹏海户外职工驿站",
        "户外职工驿站、职工工间休息室、爱心妈咪小屋",
        town="北蔡镇",
        address="陈春东路120号鹏海集贸市场沿街商铺",
        facilities="WiFi、冰箱、微波炉、空调、休息座椅、饮水机、充电区、母婴室、图书角、健身角",
        services="热餐饮水、志愿服务、以书换蔬、传统文化课堂",
        area_m2=45,
        operator="北蔡镇总工会",
        year=2025,
        notes="融合型站点；2025年3月投入使用",
    ),
    Station(
        "金高公交“苔庭有风”职工间休息室",
        "职工工间休息室",
        address="金高路停车场",
        facilities="咖啡吧、桌椅、休息阅读区、健康测量设备",
        services="咖啡供应、会务培训、小型沙龙、文化活动、非遗技艺体验、保健课程",
        area_m2=88,
        operator="金高公共汽车有限公司工会",
        year=2025,
        notes="覆盖金高路停车场职工",
    ),
    Station(
        "上海浦发能源有限公司海滨职工间休息室",
        "职工工间休息室、职工书屋、爱心妈咪小屋",
        address="浦东新区堤韵路1399号（浦东新区海滨资源再利用中心厂区内）",
        hours="24小时",
        facilities="吧台、沙发、休闲座椅、圆桌、饮水机、制冰机、冰箱、储物柜、跑步机、椭圆机、哑铃、独立卫生间、户外桌椅、遮阳伞",
        services="读书分享会、手工DIY、职工家庭日",
        area_m2=80,
        operator="上海浦发能源有限公司",
        year=2025,
        notes="覆盖全厂100余名一线职工；2025年8月投入使用",
    ),
    Station(
        "陆家嘴金融贸易区总工会职工服务总站",
        "职工服务总站、服务职工综合体、爱心妈咪小屋、职工书屋",
        address="东园路18号中国金融信息中心大厦一楼",
        facilities="职工运动健身",
        services="法律援助、心理咨询、教育培训、劳动争议调解",
        area_m2=800,
        operator="陆家嘴金融贸易区总工会",
        notes="覆盖周边21幢楼宇；每年500余场活动",
    ),
    Station(
        "潍坊新村街道双鸽大厦“HUI客厅”",
        "楼宇职工服务站、服务职工综合体、爱心妈咪小屋、楼宇健康服务点、职工书屋",
        town="潍坊新村街道",
        address="浦电路438号8楼",
        facilities="美好工坊、烘焙工房、加油部落、同心长廊、初心课堂、学习园地、多媒体信息屏、自动借还书柜、体质监测",
        services="困难帮扶、权益维护、法律咨询、就业创业、文化体育",
        area_m2=1200,
        operator="潍坊新村街道总工会",
        notes="妈咪小屋为五星级，书屋为市级示范点；每年150余场活动，服务5000余人次",
    ),
    Station("金桥国际驿站", "户外职工驿站", year=2025, notes="2025年新建30家工会驿站之一"),
    Station(
        "航头镇宁馨药房驿站",
        "户外职工驿站",
        town="航头镇",
        year=2025,
        notes="2025年新建30家工会驿站之一",
    ),
    Station("金桥能量户外职工驿站", "户外职工驿站", year=2025, notes="2025年新建30家工会驿站之一"),
    Station("祝桥镇“司机之家”", "工会司机之家", town="祝桥镇", year=2025),
    Station("伟创力品质生活馆", "服务职工综合体", notes="职工品质生活节发布的典型阵地"),
    Station("金高公交“沁润书坊”", "职工书屋", notes="职工品质生活节发布的典型阵地"),
    Station("曹路停车场“苔舍”", "职工工间休息室", operator="金高公共汽车有限公司工会"),
    Station("“四季暖心”间休息室", "职工工间休息室", year=2025, notes="2025年新建50家间休息室之一"),
    Station("“闲逸坊”间休息室", "职工工间休息室", year=2025, notes="2025年新建50家间休息室之一"),
)


def rows() -> list[tuple[object, ...]]:
    """The sheet below its header."""
    return [astuple(station) for station in STATIONS]
