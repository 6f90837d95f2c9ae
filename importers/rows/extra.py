"""Columns that no field of a form takes: kept as written, what may be a person in private."""

import re
from collections.abc import Iterator

from geodata.declared import Contact
from importers.cells.phones import beside_phones, phones
from importers.rows.row import FormRow
from importers.tables.headers import header_key

# 审核人, 值班员, 店长: the cell names somebody, whatever stands in it.
_PERSON = re.compile(
    r"(?!是否|有无)\S*(?:[^\d]人|员|姓名|[店站组队所园班会]长|经理|主任|主席|书记|老师|签名|签字"
    r"|填报|填写|填表|制表|审核|审批|经办|核对|对接|微信号?|qq号?|身份证号?码?)"
)
_PHONE = re.compile(r"\S*(?:电话|手机|热线|传真|联系方式)\S*")
# Below any other header two or three characters that begin with a surname are taken for a name.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴钟汪姜范姚谭廖邹熊"
    "陆郝崔邱秦顾侯邵孟钱汤尹黎乔贺龚"
)
_NAME = re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?<![路街区镇村园楼站室厅所会])")


def extra(row: FormRow) -> dict[str, str]:
    """Header to text of the columns no field takes."""
    kept: dict[str, str] = {}
    for header, text in _public(row):
        name, count = header, 2
        while name in kept:
            name, count = f"{header}（{count}）", count + 1
        kept[name] = text
    return kept


def _public(row: FormRow) -> Iterator[tuple[str, str]]:
    for written, text in row.unread():
        header = " ".join(row.public_part("表头", written).split())
        key = header_key(header)
        if _PERSON.fullmatch(key) or _NAME.fullmatch(text):
            row.keep_private((Contact(name=text),), header)
        elif (
            public := _phones(row, header, text)
            if _PHONE.fullmatch(key)
            else (row.public_part(header, text))
        ):
            yield header, public


def _phones(row: FormRow, header: str, text: str) -> str:
    """Landlines alone: beside them anything may be a person's name."""
    public = row.public_part(header, text)
    if rest := beside_phones(public):
        row.keep_private((Contact(name=rest),), header)
    return "、".join(map(str, phones(public)))
