"""An answer as an Excel workbook: numbers are numbers, and no cell of it is a formula."""

from collections.abc import Iterator, Sequence

from geodata.siting.answer import SitingAnswer
from geodata.siting.sentences import WORKS
from service.siting.words import LAYERS, UNITS, headline, parameter_rows
from service.workbook import Cell, add_sheet, empty_book, saved


def workbook(answer: SitingAnswer) -> bytes:
    """The file's bytes."""
    book = empty_book()
    add_sheet(book, "结果", ("项目", "内容"), _summary(answer))
    add_sheet(book, "点位", _pick_head(answer), _picks(answer), percent=("入选稳定",))
    shares = ("之前覆盖率", "之后覆盖率")
    add_sheet(book, "各区", _DISTRICTS, _districts(answer), percent=shares)
    add_sheet(book, "服务到谁", _SERVED, _served(answer))
    add_sheet(book, "规则的代价", ("规则", "少服务（人）", "怎么比", "是否证明"), _prices(answer))
    add_sheet(book, "参数", ("参数", "值"), iter(parameter_rows(answer)))
    return saved(book)


_DISTRICTS = (
    *("区", "有数职工", "之前服务", "之后服务", "新增"),
    *("之前覆盖率", "之后覆盖率", "新建（家）", "升级（家）"),
)
_SERVED = ("序号", "点位", "服务到", "所在区", "职工数", "步行（米）", "是否新增")


def _summary(answer: SitingAnswer) -> Iterator[Sequence[Cell]]:
    yield from headline(answer)
    for one in answer.works:
        if one.works in {"new", "upgrade"}:
            forced = f"保底 {one.forced} 家，自由 {one.free} 家"
            money = f"，{one.total_10k:g} 万元" if one.total_10k else ""
            yield WORKS[one.works].zh, f"{one.chosen} 家（{forced}{money}）"
    for said in answer.impossible:
        yield "做不到的原因", said.zh
    for said in answer.findings:
        yield "要留意", said.zh
    if answer.second is not None:
        leaves, takes = "、".join(answer.second.leaves), "、".join(answer.second.takes)
        costs = f"少 {answer.second.costs_workers:,.0f} 人"
        yield "次优", f"不选 {leaves}，改选 {takes}：{costs}"


def _pick_head(answer: SitingAnswer) -> tuple[str, ...]:
    unit = UNITS["meals" if answer.unit == "meals" else "workers"][0]
    layers = (f"{LAYERS[name][0]}（万元）" for name in answer.money_10k)
    return (
        *("序号", "点位", "类型", "区", "街镇", f"只靠它（{unit}）", f"服务到（{unit}）"),
        *("入选原因", "入选稳定", "经度", "纬度", *layers),
    )


def _picks(answer: SitingAnswer) -> Iterator[Sequence[Cell]]:
    for pick in answer.picks:
        yield (
            pick.number,
            pick.name,
            WORKS[pick.works].zh,
            pick.district,
            pick.town,
            round(pick.marginal_workers),
            round(pick.serves_workers),
            "区内保底" if pick.guaranteed else "自由选",
            pick.kept,
            round(pick.lon, 6),
            round(pick.lat, 6),
            *(pick.cost_10k.get(name, 0.0) for name in answer.money_10k),
        )


def _districts(answer: SitingAnswer) -> Iterator[Sequence[Cell]]:
    for row in answer.districts:
        yield (
            row.name,
            row.counted_workers,
            row.before_workers,
            row.after_workers,
            row.gained_workers,
            row.before_share,
            row.after_share,
            row.new,
            row.upgraded,
        )


def _served(answer: SitingAnswer) -> Iterator[Sequence[Cell]]:
    for pick in answer.picks:
        for one in pick.serves:
            newly = "新增" if one.newly else "已有"
            spot = (one.name, one.district, one.workers, round(one.walk_m), newly)
            yield (pick.number, pick.name, *spot)


def _prices(answer: SitingAnswer) -> Iterator[Sequence[Cell]]:
    for one in answer.prices:
        how = "去掉这一条" if one.without else "多给一份"
        yield one.rule.zh, round(one.workers), how, "已证" if one.proved else "未证"
