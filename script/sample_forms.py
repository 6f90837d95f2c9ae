"""A few rows of every form, for docs/forms.md and for the test that tells the forms apart.

Whatever is named 示例 is invented; training points and district centres are the notices' own.
"""

from dataclasses import dataclass

from script.sample_notices import (
    CENTRES,
    CENTRES_HEADER,
    TRAINING_HEADER,
    TRAINING_POINTS,
    TRAINING_TITLE,
)

Rows = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class FormSample:
    """A title, the rows of the header and some entries; `head` stands between title and header."""

    title: str
    header: Rows
    rows: Rows
    head: Rows = ()

    def lines(self) -> list[tuple[object, ...]]:
        """Everything as a sheet holds it."""
        title: Rows = ((self.title,),) if self.title else ()
        return [*title, *self.head, *self.header, *self.rows]

    def blank(self) -> list[tuple[object, ...]]:
        """The same with numbers alone below the header."""
        width = len(self.header[0])
        numbered = self.header[0][0] == "序号"
        empty = [(number, *[""] * (width - 1)) for number in (1, 2, 3) if numbered]
        return [*self.lines()[: -len(self.rows)], *empty]


_REST_2023 = (
    *("序号", "工间休息室名称", "地址", "联系人", "手机号码", "面积（m²）", "设施及服务"),
    "计划完成时间",
)
_UNION = (("单位名称", "示例公交公司"),)

SAMPLES: dict[str, FormSample] = {
    "training_points": FormSample(
        TRAINING_TITLE,
        (TRAINING_HEADER,),
        tuple((number, *point) for number, point in enumerate(TRAINING_POINTS[:3], 1)),
    ),
    "training_applications": FormSample(
        "“千企共促安全文明出行”活动申报汇总表",
        (
            (
                *("序号", "所属区局（产业）", "活动申报单位", "培训地点", "参加人数", "计划时间"),
                *("覆盖职工人数", "培训方式"),
            ),
        ),
        (
            (1, "黄浦区总工会", "示例电子公司工会", "地铁博物馆", 40, "2023年5月", 300, "线上"),
            (2, "黄浦区总工会", "示例机械公司工会", 12, "约50人", "2023年9月上旬", "", ""),
        ),
    ),
    "district_centres": FormSample(
        "附表：各区工会职工服务中心信息",
        (CENTRES_HEADER,),
        tuple((number, *centre) for number, centre in enumerate(CENTRES[:2], 1)),
    ),
    "rest_rooms_2024": FormSample(
        "2024 年建设改善“职工工间休息室”申报汇总表",
        (
            (
                *("序号", "休息室名称", "地址（请尽量详细）", "", "", "点位联系人", "手机号码"),
                *("休息室所属单位", "面积（m²）", "提供设施及服务", "覆盖企业（单位）数"),
                *("覆盖职工数", "计划投入资金（元）", "计划完成时间"),
            ),
            ("", "", "行政区", "街镇", "具体门牌号（**路**弄**号**室）", *[""] * 9),
        ),
        (
            (
                *(1, "示例环卫休息室", "虹口区", "广中路街道", "示例路8号2室", "", ""),
                *("示例环卫公司", 84, "空调、饮水机、健康讲座", 3, 120, 30000, "2024年10月"),
            ),
        ),
        head=(("区局工会", "虹口区总工会"),),
    ),
    "rest_rooms_2023": FormSample(
        "建设改善“职工工间休息室”申报汇总表",
        (_REST_2023,),
        ((1, "示例一路公交休息室", "示例路1号", "", "", 20, "空调、微波炉", "2023年8月底"),),
        head=_UNION,
    ),
    "model_rooms_2023": FormSample(
        "“职工工间休息室”样板间申报汇总表",
        (_REST_2023,),
        ((1, "示例二路公交休息室", "示例路2号", "", "", 60, "空调、淋浴", "2023年9月"),),
        head=_UNION,
    ),
    "health_points_2023": FormSample(
        "2023 年园区（楼宇）健康服务点申报表",
        (
            (
                *("序号", "类型（新建/升级）", "所在园区（楼宇、商圈）名称", "企业数", "职工数"),
                *("推荐站点名称", "地址", "负责人", "手机", "服务内容及时间"),
            ),
        ),
        (
            (
                *(1, "新建", "示例园区", 30, 1200, "示例园区健康服务点", "示例路3号", "", ""),
                "健康咨询、体检报告解读，每周二 9:00-11:30",
            ),
        ),
        head=(("区（街道）", "浦东新区北蔡镇"),),
    ),
    "fitness_stations": FormSample(
        "",
        (("健身驿站名称", "类型", "区", "地址", "面积", "健身器材", "开放时间", "所在区域"),),
        (
            ("示例园区健身驿站", "新建", "静安区", "示例路4号", 120, "跑步机、椭圆机", "", "中"),
            ("示例大厦健身角", "改建", "普陀区", "示例路5号", 60, "哑铃", "每天 7:00-21:00", "西"),
        ),
    ),
    "service_hubs": FormSample(
        "",
        (("序号", "总站名称", "区", "街镇", "地址", "覆盖楼宇", "面积"),),
        ((1, "示例街道职工服务总站", "杨浦区", "五角场街道", "示例路6号", "示例大厦等3幢", 800),),
    ),
    "service_stations": FormSample(
        "",
        (("序号", "服务站名称", "区", "街镇", "地址", "覆盖企业数", "覆盖职工数"),),
        ((1, "示例大厦职工服务站", "杨浦区", "五角场街道", "示例路7号8楼", 60, "约2000人"),),
    ),
    "outdoor_stations": FormSample(
        "",
        (("序号", "户外职工驿站名称", "区", "地址", "开放时间", "设施"),),
        ((1, "示例药房驿站", "长宁区", "示例路9号", "每天 8:00-20:00", "饮水机、微波炉、充电"),),
    ),
    "mothers_rooms": FormSample(
        "",
        (("序号", "小屋名称", "区", "地址", "星级", "护理台数量"),),
        ((1, "示例大厦爱心妈咪小屋", "徐汇区", "示例路10号3楼", "五星级", 2),),
    ),
    "reading_rooms": FormSample(
        "",
        (("序号", "书屋名称", "区", "地址", "级别", "藏书量"),),
        ((1, "示例公司职工书屋", "宝山区", "示例路11号", "市级示范点", 3000),),
    ),
    "drivers_homes": FormSample(
        "",
        (("序号", "司机之家名称", "类型", "区", "地址", "停车位"),),
        (
            (1, "示例镇司机之家", "微型", "浦东新区", "示例路12号", 20),
            (2, "示例物流园司机之家", "综合型", "浦东新区", "示例公路13号", 150),
        ),
    ),
    "stations": FormSample(
        "",
        (("名称", "类别", "区", "街镇", "地址", "开放时间", "状态"),),
        (
            (
                *("示例集市驿站", "户外职工驿站、职工工间休息室、爱心妈咪小屋", "浦东新区"),
                *("北蔡镇", "示例路14号", "每天 9:00-21:00", "已挂牌"),
            ),
            ("示例客厅", "楼宇职工服务站、职工书屋（市级示范点）", "浦东新区", "", "", "", ""),
        ),
    ),
    "coordinates": FormSample(
        "浦东新区户外职工驿站坐标表",
        (("名称", "经度", "纬度", "坐标系"),),
        (("示例滨江驿站", 121.5063, 31.2451, "GCJ-02"), ("示例前滩驿站", 121.47, 31.16, "WGS-84")),
    ),
    "plain_list": FormSample(
        "浦东新区职工书屋名单",
        (("名称", "地址"),),
        (("示例一号书屋", "示例路15号"), ("示例二号书屋", "示例路16号")),
    ),
    "demand_sites": FormSample(
        "",
        (("名称", "类别", "区", "地址", "企业数", "职工数", "内设医务", "食堂座位"),),
        (
            ("示例科技园", "园区", "闵行区", "示例路17号", 120, 5200, "无", 0),
            ("示例大厦", "楼宇", "静安区", "示例路18号", 45, "", "完善", ""),
        ),
    ),
    "lunch_outlets": FormSample(
        "",
        (("名称", "类别", "区", "地址", "座位", "翻台", "名额", "价格（元）", "供餐时间"),),
        (
            ("示例社区食堂", "社区食堂", "普陀区", "示例路19号", 120, 3, "", 25, "11:00-13:00"),
            ("示例取餐柜", "智能取餐柜", "普陀区", "示例路20号", "", "", 60, "", ""),
        ),
    ),
    "register": FormSample(
        "浦东新区1+44+N+X应建站点名册",
        (("序号", "名称", "类别", "街镇", "地址"),),
        (
            (1, "示例镇职工服务总站", "职工服务总站", "北蔡镇", ""),
            (2, "示例大厦职工服务站", "楼宇职工服务站", "潍坊新村街道", "示例路21号"),
        ),
    ),
    "town_workers": FormSample(
        "",
        (("区", "街镇", "代码", "从业人员", "年份", "来源"),),
        (
            ("黄浦区", "南京东路街道", "310101002", 101851, 2023, "第五次经济普查公报"),
            ("黄浦区", "", "310101", 712613, 2023, "第五次经济普查公报"),
        ),
    ),
}
