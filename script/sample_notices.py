"""What the notices print, typed by hand: training points, district centres, places of one district.

Names, addresses and the centres' office landlines only; spaces, missing words and merged cells
stand as printed.
"""

TRAINING_TITLE = "“千企共促安全文明出行”轨交现场培训点"
TRAINING_HEADER = ("序号", "所辖区", "培训地点", "详细地址")

# 附件 2-10-2 of 沪工总办〔2023〕15号. The district is printed once for the rows it spans.
TRAINING_POINTS = (
    ("黄浦区", "1/2/8 号线人民广场站", "1/2/8 号线人民广场站集中监控室 (靠近 1 号线车控室)"),
    ("", "14 号线豫园站", "14 号线豫园站 6 号口"),
    ("", "8 号线陆家浜站", "8 号线陆家浜站 7 号口"),
    ("静安区", "3 号线上海火车站站 党群服务中心", "3 号线上海火车站站近 7 号口"),
    ("", "1/12/13 号线汉中路站", "1/12/13 号线汉中路站 8、9 号口"),
    ("徐汇区", "梅陇基地", "徐汇区老沪闵路 1 号"),
    ("", "蒲汇塘基地", "徐汇区桂林路 909 号"),
    ("普陀区", "11 号线曹杨路站乘务 实训室", "11 号线曹杨路站 B3 层"),
    ("", "7 号线长寿路站多功 能室", "7 号线长寿路站 3 号口"),
    ("闵行区", "地铁博物馆", "闵行区虹桥镇吴中路 1799-7 号"),
    ("", "2/10/17 号线虹桥火 车站站", "2/10/17 号线虹桥火车站站车控室 (靠近 B 区出站口)"),
    ("浦东新区", "轨道交通培训中心 7 号楼-沙盘室", "龙阳路 2520 号轨道交通培训中心 7号楼"),
    ("", "磁浮本部", "上海市浦东新区龙阳路 2100 号"),
    ("", "2/7/16/18/磁浮 龙阳路枢纽", "龙阳路站 11 号口"),
    ("", "磁浮维修基地", "上海市浦东新区迎宾大道 4917 弄 95 号"),
    ("", "浦江线项目管理部", "浦江线项目部基地 323 室多功能厅（三鲁公路 2009 号）"),
    ("嘉定区", "11 号线上海赛车场站", "11 号线上海赛车场站 3 号口"),
    ("虹口区", "运三公司本部 J407 多功能室", "虹口区东宝兴路 369 号, 近 3 号线东宝兴路站 2 号口"),
    ("奉贤区", "5 号线奉贤新城站", "5 号线奉贤新城站（靠近 2 号口、3 号口车控室旁）"),
    ("青浦区", "2 号线徐泾东站", "2 号线徐泾东站 2 号口"),
    ("杨浦区", "殷行基地", "杨浦区国伟路 106 号"),
    ("宝山区", "陈太路基地", "宝山区锦秋路 2041 号"),
    ("松江区", "九亭基地", "松江区沪松公路 1006 号"),
    ("长宁区", "北翟路基地", "长宁区北翟路 1350 号"),
    ("崇明区", "上海轨道交通崇明线 108 标", "崇明区长兴岛金岸路 600 号临"),
)

# Row 12 as the page break cut it: the second half stands below a blank line, unnumbered.
_BROKEN = 12
_BROKEN_ROWS = (
    ("浦东新区", "轨道交通培训中心 7", "龙阳路 2520 号轨道交通培训中心"),
    ("", "号楼-沙盘室", "7号楼"),
)

CENTRES_HEADER = ("序号", "职工服务中心", "电话", "地址")

# 附表：各区工会职工服务中心信息 of the same notice. No. 11 lacks its 号 in print.
CENTRES = (
    ("浦东新区总工会职工服务中心 (办事点)", "68472222-88104", "合欢路2号(二楼85、86号总工会窗口)"),
    ("徐汇区总工会职工服务中心", "54182060", "漕东支路110号"),
    ("长宁区总工会职工服务中心", "62106198", "愚园路1250号2楼"),
    ("普陀区总工会职工服务中心", "32250855", "同普路602号3号楼三楼"),
    ("虹口区总工会职工服务中心", "25658877", "飞虹路528号"),
    ("杨浦区总工会职工服务中心", "65846612", "靖宇东路118号"),
    ("黄浦区总工会职工服务中心", "63773621、 53062331", "重庆南路229弄5号"),
    ("静安区总工会职工服务中心", "62673565", "昌平路888号"),
    ("宝山区总工会职工服务中心", "36071834", "牡丹江路215号"),
    ("闵行区总工会职工服务中心", "33362765(在职) 33362769(退休)", "莘东路505号11楼 1107室"),
    ("嘉定区总工会服务处", "69067255", "合作路1505一楼大厅"),
    ("奉贤区总工会服务处", "37185525", "南桥镇南桥路188号8楼"),
    ("松江区总工会服务处", "57819333", "乐都西路867号4号楼"),
    ("金山区总工会服务处", "57951843", "杭州湾大道601号"),
    ("青浦区总工会服务处", "59732688", "青浦区车站路35号"),
    ("崇明区总工会服务处", "69693900", "城桥镇翠竹路1501号"),
)

PUDONG_HEADER = (
    "名称",
    "类别",
    "区",
    "街镇",
    "地址",
    "开放时间",
    "设施",
    "服务内容",
    "面积（平方米）",
    "所属单位",
    "年份",
    "备注",
)


def training_rows() -> list[tuple[object, ...]]:
    """The numbered rows of the sheet, each point whole."""
    return [(number, *point) for number, point in enumerate(TRAINING_POINTS, start=1)]


def training_text() -> str:
    """The same table as copied out of the printed notice: tabs, and row 12 in two pieces."""
    lines = ["附件 2-10-2", "", TRAINING_TITLE, "", "\t".join(TRAINING_HEADER)]
    for row in training_rows():
        if row[0] == _BROKEN:
            first, second = _BROKEN_ROWS
            lines += ["\t".join((str(_BROKEN), *first)), "", "\t".join(("", *second))]
        else:
            lines.append("\t".join(str(cell) for cell in row))
    return "\r\n".join([*lines, ""])


def centre_rows() -> list[tuple[object, ...]]:
    """The numbered rows of the table of district centres."""
    return [(number, *centre) for number, centre in enumerate(CENTRES, start=1)]
