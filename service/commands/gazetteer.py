"""`zhitu gazetteer`: build a gazetteer from what a user has, look into it, measure it."""

import json
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from geodata.errors import UnknownFormError
from geodata.model import Datum
from geodata.place.error_model import ErrorModel, Step
from geodata.place.gazetteer import Gazetteer
from geodata.place.gazetteer.build import BuildReport, assemble, build
from geodata.place.gazetteer.entry import Kind
from geodata.place.gazetteer.evaluate import Evaluation, SplitBy, evaluate, held_back
from geodata.place.gazetteer.headers import datum_named
from geodata.place.gazetteer.inputs import Anchor, Input
from geodata.place.gazetteer.lines import RoadLines
from geodata.place.gazetteer.lists import UNSTATED
from geodata.place.gazetteer.piece import METHOD_LABELS, Method
from geodata.place.gazetteer.sources import read_source
from geodata.place.gazetteer.store import Origin, read
from service.settings import Settings
from service.terminal import say
from service.workshop import gazetteer_files

KIND_LABELS = {
    Kind.DOOR: "门牌",
    Kind.CROSSING: "路口",
    Kind.ROAD: "整条路",
    Kind.PLACE: "地名",
    Kind.STOP: "地铁站和出入口",
}
_DEFAULT_OUT = Path("zhitu-data/gazetteer.sqlite")
_SHOWN = 5


def _to_datum(_ctx: click.Context, _parameter: click.Parameter, text: str | None) -> Datum | None:
    found = datum_named(text) if text else None
    if text and found is None:
        raise click.BadParameter(f"应为 {'、'.join(Datum)} 之一")
    return found


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_datum_option = click.option(
    "--datum", callback=_to_datum, help="文件里没有写坐标系时，坐标系是哪一个（WGS-84、GCJ-02…）"
)


@click.group()
def gazetteer() -> None:
    """地名库：用自己的地址表、地铁表、路网生成，查看，检验。"""


@gazetteer.command("build")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--out", default=_DEFAULT_OUT, show_default=True, type=click.Path(path_type=Path))
@_datum_option
@click.option("--license", "terms", default=UNSTATED, help="这些文件的使用许可，原样记下")
def build_(files: tuple[Path, ...], out: Path, datum: Datum | None, terms: str) -> None:
    """把地址表、地铁站和出入口表、路网做成一个地名库文件。"""
    began = time.monotonic()
    inputs = list(_inputs(files, datum, terms))
    report = build(inputs, out)
    say(_report_lines(report))
    click.echo(f"已生成 {out}（{time.monotonic() - began:.1f} 秒）。")
    click.echo(f"要用它：ZHITU_GAZETTEERS={out}")


@gazetteer.command()
@click.argument("file", type=_FILE)
def show(file: Path) -> None:
    """一个地名库文件里有什么、从哪里来、误差怎么算。"""
    stored = read(file)
    say(_origin_lines(stored.origins))
    for kind in Kind:
        click.echo(f"{KIND_LABELS[kind]}：{sum(one.kind is kind for one in stored.entries):,} 条")
    click.echo(f"路线：{len(stored.lines):,} 段")
    say(_model_lines(stored.model))


@gazetteer.command("evaluate")
@click.argument("file", type=_FILE)
@click.option("--gazetteer", "own", type=_FILE, help="用哪个地名库（默认取 ZHITU_GAZETTEERS）")
@click.option(
    "--split",
    type=click.Choice([by.value for by in SplitBy]),
    help="不用地名库，从这个地址表里留出一部分来检验",
)
@click.option("--share", default=0.2, show_default=True, type=click.FloatRange(0.01, 0.9))
@click.option("--seed", default=1, show_default=True, help="换一个数，留出另一部分")
@_datum_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def evaluate_(
    settings: Settings,
    *,
    file: Path,
    own: Path | None,
    split: str | None,
    share: float,
    seed: int,
    datum: Datum | None,
    as_json: bool,
) -> None:
    """用已知坐标的地址表检验：多少能落图，偏多远，误差说得准不准。"""
    listed = _addresses(file, datum)
    if split is None:
        held = listed
        tested = Gazetteer.load(gazetteer_files((own,) if own else settings.gazetteers))
    else:
        kept, held = held_back(listed, SplitBy(split), share=share, seed=seed)
        stored, _ = assemble([Input(file.name, UNSTATED, Datum.WGS84, tuple(kept))])
        tested = Gazetteer(stored.entries, model=stored.model, lines=RoadLines(stored.lines))
    found = evaluate(tested, held)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        say(_evaluation_lines(found))


def _inputs(files: Sequence[Path], datum: Datum | None, terms: str) -> Iterator[Input]:
    for path in files:
        one = read_source(path, datum, terms)
        if one.refused:
            click.echo(f"{path.name}：{len(one.refused)} 行没有采用，如：", err=True)
            for sentence in one.refused[:_SHOWN]:
                click.echo(f"  {sentence}", err=True)
        yield one.input


def _addresses(file: Path, datum: Datum | None) -> list[Anchor]:
    items = read_source(file, datum, UNSTATED).input.items
    listed = [item for item in items if isinstance(item, Anchor)]
    if not listed:
        raise UnknownFormError(f"{file.name} 里没有地址：检验要用地址、经度、纬度三列的表。")
    return listed


def _report_lines(report: BuildReport) -> Iterator[str]:
    yield from _origin_lines(report.origins)
    for kind, count in report.counts:
        yield f"{KIND_LABELS[kind]}：{count:,} 条"
    yield f"路线：{report.lines:,} 段"
    yield f"重复合并 {report.folded:,} 条；同一门牌位置矛盾而舍去 {report.dropped:,} 条"
    yield from _model_lines(report.model)


def _origin_lines(origins: Sequence[Origin]) -> Iterator[str]:
    for one in origins:
        source = f"，来源 {one.source}" if one.source else ""
        yield (
            f"{one.name}：{one.items:,} 条，采用 {one.used:,} 条，"
            f"坐标系 {one.datum}，许可 {one.license}{source}"
        )


def _model_lines(model: ErrorModel) -> Iterator[str]:
    learned = "由本库逐一留出学得" if model.is_learned else "先验值，本库太小，学不出来"
    yield f"误差（十次有九次在内；{learned}）："
    for method in dict.fromkeys(step.method for step in model.steps):
        steps = [step for step in model.steps if step.method == method]
        shown = "，".join(_step_text(step) for step in steps)
        cases = sum(step.cases for step in steps)
        yield f"  {METHOD_LABELS[Method(method)]}（{cases:,} 例）：{shown}"


def _step_text(step: Step) -> str:
    if step.up_to_m == math.inf:
        return f"{step.error_m:.0f}"
    return f"≤{step.up_to_m:.0f} 米 → {step.error_m:.0f}"


def _evaluation_lines(found: Evaluation) -> Iterator[str]:
    lost = f"同名难分 {found.ambiguous:,} 个，找不到 {found.not_found:,} 个"
    yield f"问了 {found.asked:,} 个地址；{lost}"
    yield (
        f"比路更细 {found.finer:.1%}；100 米以内 {found.within_100_m:.1%}，"
        f"300 米以内 {found.within_300_m:.1%}；自报误差不超过 200 米的 {found.error_200_m:.1%}"
    )
    for one in found.levels:
        yield (
            f"  {one.level}：{one.cases:,} 个，中位 {one.median_m:.0f} 米，p90 {one.p90_m:.0f}，"
            f"p95 {one.p95_m:.0f}；真值在自报误差以内 {one.within_error:.1%}"
        )
