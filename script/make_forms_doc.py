"""Writes docs/forms.md from the forms and their samples: `python -m script.make_forms_doc`."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from geodata.kinds import KINDS, Tier
from importers.cells.words import Makes
from importers.field import Field
from importers.fields import HEAD, STATION
from importers.form import Form
from importers.forms import FORMS
from script.sample_forms import SAMPLES

PAGE = Path(__file__).parents[1] / "docs" / "forms.md"

_INTRO = """\
# 能导入的表 / Forms that can be imported

表头按意思认，不按位置认：下面每一格里的任何一种写法都可以，次序、括号里的说明、单位、空格都不影响；表上方的标题、\
单位、联系人和表下方的备注照原样放着就行。合并单元格、两行表头、分页断开的行都能读。没有字段对应的列照原文存在记录里\
（`extra`），写着人的列（审核人、店长……）只进联系人表，不公开。

Headers are matched by what they say, not by where they stand; any of the spellings below will \
do. Columns that no field takes are kept as written; columns that name persons go to the \
contacts, which no public page reads.

**必需的列**：没有这一列，表就认不出来。**每行必填**：空着，这一行退回。**不公开**：写着人。**沿用上格**：空着就是上一格。

本页由 `python -m script.make_forms_doc` 写出，测试保证它与程序一致。
"""

_MAKES = {
    Makes.SITE: "需求点（园区、楼宇、商圈）",
    Makes.OUTLET: "午餐供应点",
    Makes.WORKERS: "一个街镇（或区）的从业人员数",
    Makes.REQUIREMENT: "名册里的一条：必须有的一处",
    Makes.APPLICATION: "一份现场培训申请",
}
_TITLE_KIND = "；没有“类别”列时，标题、工作表名或文件名要写明是哪一类，例如“职工书屋名单”"


def page() -> str:
    """The whole page."""
    lines = [_INTRO, "## 表的上方"]
    lines += ["表上方成对填写的这些格子也读：", "", *_table(HEAD), ""]
    lines += ["## 站点名单共有的列", "注明“另有站点名单共有的列”的表都认这些列，都可以没有。", ""]
    lines += [*_table(STATION), ""]
    for form in FORMS:
        lines += [*_section(form), ""]
    return "\n".join(lines).rstrip() + "\n"


def _section(form: Form) -> Iterator[str]:
    yield f"## {form.title} `{form.code}`"
    yield _source(form)
    yield ""
    yield f"每行是：{_row(form)}。"
    if form.titled:
        yield f"标题、工作表名、文件名或表头里要有：{'、'.join(form.titled)}。"
    yield ""
    shares = {one.name for one in STATION} <= form.by_name.keys()
    own = [one for one in form.fields if not shares or one not in STATION]
    yield from _table(own)
    if shares:
        yield ""
        yield "另有站点名单共有的列（见上）。"
    yield ""
    yield from _sample(form)


def _source(form: Form) -> str:
    module = import_module(f"importers.forms.{form.code}")
    return " ".join((module.__doc__ or "").split())


def _row(form: Form) -> str:
    if form.makes is not Makes.PLACE:
        makes = _MAKES[form.makes]
    elif form.kind is None:
        makes = (
            "一处站点，类别由“类别”列写明，一格可写几类" if "kind" in form.by_name else "一处站点"
        )
    else:
        facts = KINDS[form.kind]
        tier = "" if facts.tier is Tier.NONE else f"（1+44+N+X 的 {facts.tier}）"
        makes = f"一处{facts.label}{tier}"
    return makes + (_TITLE_KIND if form.kind_in_title else "")


def _table(fields: Sequence[Field]) -> Iterator[str]:
    yield "| 字段 | 表头（任一种） | 要求 |"
    yield "|---|---|---|"
    for one in fields:
        yield f"| `{one.name}` | {'、'.join(one.headers)} | {'、'.join(_demands(one))} |"


def _demands(one: Field) -> Iterator[str]:
    if one.column:
        yield "必需的列"
    if one.filled:
        yield "每行必填"
    if one.private:
        yield "不公开"
    if one.carry_down:
        yield "沿用上格"


def _sample(form: Form) -> Iterator[str]:
    sample = SAMPLES[form.code]
    for line in filter(None, (sample.title, *("　".join(map(str, row)) for row in sample.head))):
        yield f"> {line}"
        yield ""
    header, *others = (*sample.header, *sample.rows)
    yield _cells(header)
    yield "|" + "---|" * len(header)
    yield from map(_cells, others)


def _cells(row: tuple[object, ...]) -> str:
    return "| " + " | ".join(str(cell).replace("*", "\\*") for cell in row) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
