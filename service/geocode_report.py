"""How well a list was located: by level, verdict, error and source, and what it cost."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geodata.declared import Placed
from geodata.model import Level, Position
from geodata.place.candidate import DOUBT_LABELS, Verdict
from geodata.place.online.provider import Online

BANDS_M = (50.0, 100.0, 200.0, 300.0, 1000.0)
VERDICT_LABELS = {
    Verdict.ACCEPT: "采用",
    Verdict.ACCEPT_VERIFY: "采用，请抽查",
    Verdict.REVIEW: "要人来定",
    Verdict.FAILED: "没有查到",
}
LEVEL_LABELS = {
    Level.SURVEYED: "实测",
    Level.MANUAL: "人工核定",
    Level.METRO_EXIT: "地铁出口",
    Level.NUMBER: "门牌",
    Level.LANE_NUMBER: "弄内门牌",
    Level.POI: "地名、楼宇",
    Level.LANE: "弄",
    Level.INTERSECTION: "路口",
    Level.INTERPOLATED: "邻近门牌推算",
    Level.METRO_STATION: "地铁站",
    Level.ROAD: "只到路",
    Level.TOWN: "只到街镇",
    Level.DISTRICT: "只到区",
}


@dataclass(slots=True)
class Quality:
    """Counts over the rows of one list."""

    rows: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    bands: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)

    def add(self, placed: Placed) -> None:
        """Count one row."""
        self.rows += 1
        self.verdicts[VERDICT_LABELS[placed.verdict]] += 1
        self.doubts.update(DOUBT_LABELS[doubt][0] for doubt in placed.doubts)
        outcome = placed.outcome
        if not isinstance(outcome, Position):
            self.levels["没有位置"] += 1
            return
        self.levels[LEVEL_LABELS[outcome.level]] += 1
        if outcome.level.is_point:
            self.bands[_band(outcome.error_m)] += 1
            self.sources[outcome.source] += 1

    def lines(self) -> Iterator[str]:
        """The report for a terminal."""
        yield f"共 {self.rows:,} 行"
        yield self._line("结论", self.verdicts, tuple(VERDICT_LABELS.values()))
        yield self._line("精度", self.levels, (*LEVEL_LABELS.values(), "没有位置"))
        yield self._line("误差半径（有点位的）", self.bands, tuple(_band_names()))
        yield self._line("点位来源", self.sources, _by_count(self.sources))
        yield self._line("原因", self.doubts, _by_count(self.doubts))

    def _line(self, title: str, counts: Counter[str], order: Sequence[str]) -> str:
        parts = (
            f"{name} {counts[name]:,}（{counts[name] / self.rows:.1%}）"
            for name in order
            if counts[name]
        )
        return f"{title}：{'，'.join(parts) or '无'}"


def cost_lines(geocoders: Sequence[Online]) -> Iterator[str]:
    """What was sent where, what the cache saved, and which geocoder stopped why."""
    for each in geocoders:
        tally, left = each.tally, each.remaining()
        quota = "" if left is None else f"，今天还可以送 {left:,} 个"
        yield f"{each.label}：送出 {tally.sends:,} 个地址，缓存里已有 {tally.cached:,} 个{quota}"
        if each.stopped:
            yield f"{each.label} 已停用：{each.stopped}"
        if tally.unasked:
            yield f"{each.label}：{tally.unasked:,} 个地址没有问到，以后再运行同一条命令会补问"


def _band_names() -> Iterator[str]:
    yield from (f"≤ {bound:,.0f} 米" for bound in BANDS_M)
    yield f"> {BANDS_M[-1]:,.0f} 米"


def _band(error_m: float) -> str:
    names = tuple(_band_names())
    return next((name for name, m in zip(names, BANDS_M, strict=False) if error_m <= m), names[-1])


def _by_count(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
