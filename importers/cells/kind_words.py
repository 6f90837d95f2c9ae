"""What a 类别 cell names: kinds, how they are graded, and what is none."""

import re
from dataclasses import dataclass
from functools import lru_cache

from geodata.errors import CellError
from geodata.kinds import KINDS, Kind
from importers.cells.words import OUTLET_WORDS, SITE_WORDS, Makes, as_table, plain

KIND_WORDS: dict[str, Kind] = as_table(
    {facts.label: kind for kind, facts in KINDS.items()}
    | {facts.short: kind for kind, facts in KINDS.items()}
    | {kind.value: kind for kind in Kind}
    | {
        "职工服务中心": Kind.SERVICE_CENTRE,
        "区总工会职工服务中心": Kind.SERVICE_CENTRE,
        "职工服务总站": Kind.SERVICE_HUB,
        "街镇职工服务总站": Kind.SERVICE_HUB,
        "街镇、开发区职工服务总站": Kind.SERVICE_HUB,
        "开发区职工服务总站": Kind.SERVICE_HUB,
        "职工服务站": Kind.SERVICE_STATION,
        "楼宇职工服务站": Kind.SERVICE_STATION,
        "园区职工服务站": Kind.SERVICE_STATION,
        "商圈职工服务站": Kind.SERVICE_STATION,
        "户外职工驿站": Kind.OUTDOOR_STATION,
        "户外职工爱心接力站": Kind.OUTDOOR_STATION,
        "户外劳动者服务站点": Kind.OUTDOOR_STATION,
        "工会户外劳动者服务站点": Kind.OUTDOOR_STATION,
        "爱心接力站": Kind.OUTDOOR_STATION,
        "工会爱心驿站": Kind.OUTDOOR_STATION,
        "职工驿站": Kind.OUTDOOR_STATION,
        "工会驿站": Kind.OUTDOOR_STATION,
        "驿站": Kind.OUTDOOR_STATION,
        "生产一线职工工间休息室": Kind.REST_ROOM,
        "职工间休息室": Kind.REST_ROOM,
        "职工休息室": Kind.REST_ROOM,
        "间休息室": Kind.REST_ROOM,
        "休息室": Kind.REST_ROOM,
        "园区健康服务点": Kind.HEALTH_POINT,
        "楼宇健康服务点": Kind.HEALTH_POINT,
        "商圈健康服务点": Kind.HEALTH_POINT,
        "园区、楼宇健康服务点": Kind.HEALTH_POINT,
        "职工健康服务点": Kind.HEALTH_POINT,
        "职工健身驿站": Kind.FITNESS_STATION,
        "健身角": Kind.FITNESS_STATION,
        "职工健身角": Kind.FITNESS_STATION,
        "健身区": Kind.FITNESS_STATION,
        "母婴室": Kind.MOTHERS_ROOM,
        "母婴设施": Kind.MOTHERS_ROOM,
        "母婴": Kind.MOTHERS_ROOM,
        "书屋": Kind.READING_ROOM,
        "工会职工书屋": Kind.READING_ROOM,
        "货车司机之家": Kind.DRIVERS_HOME,
        "轨交现场安全培训点": Kind.TRAINING_POINT,
        "现场培训点": Kind.TRAINING_POINT,
        "培训点": Kind.TRAINING_POINT,
    }
)

# The two sorts of 工会司机之家 the city builds.
_DRIVER_GRADES = {"微型": "微型", "综合": "综合型", "综合型": "综合型"}


def driver_grade(text: str) -> str:
    """微型 or 综合型, however the cell puts it."""
    word = re.sub(r"(?:工会)?(?:货车)?司机之家", "", plain(text))
    if word not in _DRIVER_GRADES:
        raise CellError("微型 或 综合型")
    return _DRIVER_GRADES[word]


@dataclass(frozen=True, slots=True)
class KindCell:
    """What a 类别 cell names; `unknown` are the words that name nothing known.

    `grades` are the kinds that are qualified, with the words that do it: 五星级, 市级示范点, 微型;
    `services` is what a 类别 cell says is done there (法律援助), which is no kind.
    """

    kinds: tuple[Kind, ...]
    model: bool = False
    complex_site: bool = False
    unknown: tuple[str, ...] = ()
    grades: tuple[tuple[Kind, str], ...] = ()
    services: tuple[str, ...] = ()

    def grade(self, kind: Kind) -> str:
        """What a kind is qualified with, "" when nothing."""
        return dict(self.grades).get(kind, "")


_COMPLEX = "服务职工综合体"
_MODEL = re.compile(r"样板间|(?:全国|市级|区级)?示范点")
_GRADE = r"(?:国家级|全国|市级|区级|[一二三四五]星级?|微型|综合型?|示范点)"
_GRADE_BEFORE = re.compile(rf"{_GRADE}+$")
_GRADE_AFTER = re.compile(rf"{_GRADE}+|\([^()]*\)")
_SERVICE = re.compile(r"援助|咨询|调解|帮扶|维权|教育培训")
# Words that qualify a kind and name none themselves.
_QUALIFIERS = re.compile(rf"融合型(?:服务)?(?:站点|阵地|站)?|工会|{_GRADE}")
# What brackets add to a kind is no kind of its own, unless the kind's own name has brackets.
_KINDS = re.compile(
    "|".join([*sorted(map(re.escape, KIND_WORDS), key=len, reverse=True), r"\([^()]*\)"])
)


@lru_cache(maxsize=4096)
def kind_cell(text: str) -> KindCell:
    """The kinds of 户外职工驿站、爱心妈咪小屋 or 楼宇职工服务站(1+44+N+X 的 N)."""
    flat = plain(text)
    complex_site = _COMPLEX in flat
    model = bool(_MODEL.search(flat))
    flat = flat.replace(_COMPLEX, "、")
    named = [found for found in _KINDS.finditer(flat) if found[0] in KIND_WORDS]
    kinds = tuple(dict.fromkeys(KIND_WORDS[found[0]] for found in named))
    grades = {KIND_WORDS[one[0]]: grade for one in named if (grade := _grade(flat, one))}
    rest = _QUALIFIERS.sub("", _MODEL.sub("", _KINDS.sub("、", flat)))
    others = [part for part in re.split(r"[、;/,，|()+和及与]", rest) if part]
    services = tuple(part for part in others if _SERVICE.search(part))
    unknown = tuple(part for part in others if part not in services)
    return KindCell(kinds, model, complex_site, unknown, tuple(grades.items()), services)


def _grade(flat: str, kind: re.Match[str]) -> str:
    """The words before a kind and behind it that grade it, 样板间 left out."""
    before = _GRADE_BEFORE.search(flat[max(0, kind.start() - 12) : kind.start()])
    after = _GRADE_AFTER.match(flat, kind.end())
    return (before[0] if before else "") + "".join(re.findall(_GRADE, after[0]) if after else ())


def names_kind(makes: Makes, text: str) -> bool:
    """Whether a 类别 cell holds a word for what a form's rows declare."""
    if makes is Makes.SITE:
        return plain(text) in SITE_WORDS
    if makes is Makes.OUTLET:
        return plain(text) in OUTLET_WORDS
    cell = kind_cell(text)
    return bool(cell.kinds or cell.complex_site)
