"""`zhitu site`: a siting question from a file, its answer on the terminal and in a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import click

from geodata.answers.city import City
from geodata.coverage.siting.mip import Progress
from geodata.errors import ParameterError, SettingsError
from geodata.siting.answer import Pick, SitingAnswer
from geodata.siting.asked import Asked
from geodata.siting.invented import invented_city
from geodata.siting.read import read_file, read_text
from geodata.siting.run import finished, opened
from geodata.siting.sentences import WORKS
from service import terminal
from service.columns import table
from service.settings import Settings
from service.siting.files import FILES, file_of
from service.siting.words import headline

EXAMPLES = {"notice": "siting-2023-notice.toml"}
_FORMATS = tuple(f".{name}" for name in FILES)


@click.command("site")
@click.argument(
    "question", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--example", type=click.Choice(sorted(EXAMPLES)), help="自带的例子，用示例城市算，不读数据库"
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="答案存成 .json、.xlsx 或 .geojson",
)
@click.pass_obj
def site(settings: Settings, question: Path | None, example: str | None, out: Path | None) -> None:
    """选址：新建、升级放在哪里，服务到最多职工（QUESTION 是 .toml 或 .json）。"""
    if out is not None and out.suffix.lower() not in _FORMATS:
        raise ParameterError(f"--out 要以 {'、'.join(_FORMATS)} 结尾，收到：{out.name}")
    asked = _asked(question, example)
    with _city(settings, example) as city:
        answer = _answer(city, asked)
    terminal.say(answer_lines(answer))
    if out is not None:
        save(answer, out)
        click.echo(f"已存 {out}")
    if answer.impossible:
        raise SystemExit(1)


def _asked(question: Path | None, example: str | None) -> Asked:
    if (question is None) == (example is None):
        raise ParameterError("请写一个题目文件，或用 --example notice 看例子（二者选一）。")
    if question is not None:
        return read_file(question)
    name = EXAMPLES[str(example)]
    text = files("geodata").joinpath("data", name).read_text(encoding="utf-8")
    return read_text(text, is_json=False, name=name)


@contextmanager
def _city(settings: Settings, example: str | None) -> Iterator[City]:
    if example is not None:
        yield invented_city()
        return
    with terminal.opened(settings) as store:
        yield store.city()


def _answer(city: City, asked: Asked) -> SitingAnswer:
    """The whole answer; progress goes to a terminal's second stream alone."""
    started = opened(city, asked)
    with terminal.progress_bar("证明") as show:

        def watch(seen: Progress) -> bool:
            show(min(int(seen.seconds * 10), 10), 10)
            return True

        return finished(started, watch=watch)


def answer_lines(answer: SitingAnswer) -> Iterator[str]:
    """The answer for a terminal."""
    if answer.title:
        yield answer.title
    if any(pick.sample for pick in answer.picks):
        yield "名称以“示例”开头的是示例数据，非真实点位"
    for label, value in headline(answer):
        yield f"{label}：{value}"
    for one in answer.works:
        if answer.picks and one.works in {"new", "upgrade"}:
            yield (
                f"{WORKS[one.works].zh}：{one.chosen} 家，保底 {one.forced} 家，"
                f"自由 {one.free} 家，{one.total_10k:g} 万元"
            )
    yield from (said.zh for said in answer.impossible)
    if answer.picks:
        yield ""
        head = ("", "点位", "类型", "区", "只靠它", "原因", "稳定")
        yield from table(head, [_row(pick) for pick in answer.picks])
        yield ""
    for price in answer.prices:
        how = "去掉" if price.without else "多给一份"
        yield f"“{price.rule.zh}”的代价：{how}可多服务 {price.workers:,.0f} 人"
    if answer.second is not None:
        yield (f"次优：换 {len(answer.second.leaves)} 处，少 {answer.second.costs_workers:,.0f} 人")
    yield from (said.zh for said in answer.findings)
    yield (
        f"步行 {answer.walk_m:g} 米（{answer.walking}），候选 {answer.candidates} 处，"
        f"已有 {answer.existing} 家；数据版本 {answer.data_version}，"
        f"软件 {answer.software_version}"
    )


def _row(pick: Pick) -> tuple[str, ...]:
    return (
        str(pick.number),
        pick.name,
        WORKS[pick.works].zh,
        pick.district,
        f"{pick.marginal_workers:,.0f}",
        "保底" if pick.guaranteed else "自由",
        "" if pick.kept is None else f"{pick.kept:.0%}",
    )


def save(answer: SitingAnswer, out: Path) -> None:
    """Write the answer in the format of the file's name.

    Raises:
        SettingsError: the file cannot be written.
    """
    try:
        out.write_bytes(file_of(answer, out.suffix.lower().lstrip(".")))
    except OSError as error:
        raise SettingsError(f"写不进 {out}：{error.strerror}。请换一个目录。") from error
