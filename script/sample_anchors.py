"""Where the invented samples lie: near real stations, positions in WGS-84.

Stations and their positions are typed from a table of the metro network, a fact a line. 金山 and
崇明 have no open station; theirs are real roads, at the position of one house on each. An anchor
that is `served` gets health points in service; the others get none that count.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anchor:
    """A real spot, and whether the invented health points serve it."""

    district: str
    name: str
    lon: float
    lat: float
    served: bool

    def address(self, code: str) -> str:
        """What a sample writes as its address; the code tells it apart and claims no door."""
        suffix = "" if self.district in NO_STATION else "站"
        return f"示例地址{code} 近{self.name}{suffix}"


NO_STATION = ("金山区", "崇明区")

# District, station or road, longitude, latitude, 1 when served.
_TABLE = """
黄浦区 豫园 121.482952 31.229987 1
黄浦区 陆家浜路 121.481634 31.213774 1
黄浦区 世博会博物馆 121.477098 31.199552 0
徐汇区 上海体育馆 121.432807 31.184700 1
徐汇区 桂林公园 121.415011 31.168857 1
徐汇区 龙华 121.448383 31.174590 1
徐汇区 华东理工大学 121.424363 31.146149 0
长宁区 延安西路 121.412414 31.211465 1
长宁区 虹桥1号航站楼 121.342791 31.193270 1
长宁区 淞虹路 121.354926 31.220102 0
静安区 上海马戏城 121.447438 31.281762 1
静安区 中兴路 121.464483 31.255148 1
静安区 彭浦新村 121.444037 31.308454 0
普陀区 真如 121.402567 31.252592 1
普陀区 大渡河路 121.389780 31.233590 1
普陀区 桃浦新村 121.345032 31.283465 0
虹口区 赤峰路 121.477930 31.283191 1
虹口区 邮电新村 121.489796 31.270416 1
杨浦区 五角场 121.510246 31.300076 1
杨浦区 江浦公园 121.519352 31.266642 1
杨浦区 市光路 121.527614 31.324796 0
闵行区 莘庄 121.380741 31.113054 1
闵行区 七宝 121.344636 31.157210 1
闵行区 紫竹高新区 121.446648 31.025190 1
闵行区 浦江镇 121.501870 31.098699 0
闵行区 颛桥 121.397234 31.068934 0
宝山区 友谊路 121.471391 31.405900 1
宝山区 顾村公园 121.368369 31.346402 1
宝山区 锦秋路 121.377121 31.321993 0
宝山区 美兰湖 121.345284 31.403715 1
嘉定区 南翔 121.318605 31.298862 1
嘉定区 嘉定新城 121.249861 31.332044 1
嘉定区 嘉定北 121.232908 31.393508 1
嘉定区 上海汽车城 121.176228 31.287326 0
浦东新区 张江高科 121.583287 31.204088 1
浦东新区 世纪大道 121.522880 31.230779 1
浦东新区 金桥 121.607130 31.263036 1
浦东新区 川沙 121.693877 31.188825 1
浦东新区 外高桥保税区南 121.597750 31.323740 1
浦东新区 东方体育中心 121.475804 31.155363 1
浦东新区 迪士尼 121.663687 31.143425 1
浦东新区 康桥 121.563086 31.136470 1
浦东新区 唐镇 121.652009 31.216253 0
浦东新区 广兰路 121.616864 31.213248 0
浦东新区 周浦东 121.602702 31.112303 1
浦东新区 惠南 121.757323 31.055938 0
浦东新区 临港大道 121.906772 30.925887 0
金山区 龙皓路 121.322094 30.754565 1
金山区 隆安路 121.338482 30.719465 1
金山区 临仓街 121.164633 30.895153 1
金山区 亭升路 121.318136 30.885085 0
松江区 松江新城 121.226321 31.032416 1
松江区 松江大学城 121.228160 31.056093 1
松江区 九亭 121.314904 31.139245 1
松江区 泗泾 121.255830 31.120353 0
青浦区 青浦新城 121.121071 31.160812 1
青浦区 赵巷 121.187800 31.163245 1
青浦区 徐盈路 121.249552 31.180147 1
青浦区 朱家角 121.044454 31.102554 0
奉贤区 奉贤新城 121.491872 30.916101 1
奉贤区 金海湖 121.488075 30.930967 1
奉贤区 萧塘 121.437276 30.967903 0
崇明区 长凯路 121.732702 31.375216 1
崇明区 酱园弄 121.395939 31.625750 1
崇明区 陈彷公路 121.803169 31.500435 0
"""


def _anchor(line: str) -> Anchor:
    district, name, lon, lat, served = line.split()
    return Anchor(district, name, float(lon), float(lat), served == "1")


ANCHORS = tuple(_anchor(line) for line in _TABLE.strip().splitlines())
# Found by name alone: one more in the table would move what is spread over it.
_ALONE = (Anchor("黄浦区", "人民广场", 121.470587, 31.234633, served=False),)
BY_NAME = {anchor.name: anchor for anchor in (*ANCHORS, *_ALONE)}
SERVED = tuple(anchor for anchor in ANCHORS if anchor.served)


def spread(count: int) -> list[Anchor]:
    """Anchors taken at even steps through the table, so that every district has its share."""
    return [ANCHORS[index * len(ANCHORS) // count] for index in range(count)]
