from importers.parse import is_header_word
from importers.tables.head import is_labelled
from importers.tables.sheet import Row, Sheet
from importers.tables.table import Header, Table, find_tables

HEADER = ("序号", "所辖区", "培训地点", "详细地址")


def text(*lines: str) -> Sheet:
    """A sheet as the reader of pasted text makes it."""
    rows = [Row(number, tuple(line.split("\t"))) for number, line in enumerate(lines, 1) if line]
    return Sheet("表.txt", "", tuple(rows))


def grid(*rows: tuple[str, ...]) -> Sheet:
    """A sheet as the reader of workbooks makes it."""
    return Sheet(
        "表.xlsx",
        "Sheet",
        tuple(Row(number, row) for number, row in enumerate(rows, 1) if any(row)),
        lettered=True,
    )


def tables(sheet: Sheet) -> list[Table]:
    return find_tables(sheet, known=is_header_word, is_label=is_labelled)


def shape(sheet: Sheet) -> list[tuple[int, list[int]]]:
    """Of each table the header's row and the rows below it."""
    return [(table.header_row, [row.number for row in table.rows]) for table in tables(sheet)]


def test_prose_above_and_below_is_no_part_of_a_table() -> None:
    sheet = text("附件，如下", "", "\t".join(HEADER), "1\t黄浦区\t甲\t某路", "", "注：以上", "再见")
    assert tables(sheet) == [
        Table(
            sheet=sheet,
            title="附件，如下",
            head=(),
            header_row=3,
            headers=tuple(Header(column, header) for column, header in enumerate(HEADER)),
            rows=(Row(4, ("1", "黄浦区", "甲", "某路")),),
            notes=(Row(6, ("注：以上",)),),
        )
    ]


def test_a_blank_line_or_page_number_does_not_end_a_table() -> None:
    sheet = text("\t".join(HEADER), "1\t黄浦区\t甲\t某路", "", "- 45 -", "2\t\t乙\t某路")
    assert shape(sheet) == [(1, [2, 5])]


def test_the_header_again_on_the_next_page_is_no_row_and_no_table() -> None:
    sheet = text("\t".join(HEADER), "1\t黄浦区\t甲\t某路", "", "\t".join(HEADER), "2\t\t乙\t某路")
    assert shape(sheet) == [(1, [2, 5])]


def test_a_head_block_belongs_to_the_header_below_it() -> None:
    sheet = grid(
        ("2024 年申报汇总表",),
        ("区局工会", "浦东新区总工会", "联系人姓名", "金丝雀甲"),
        ("联系人邮箱", "", "联系人电话", ""),
        ("明细（可附页）",),
        ("序号", "休息室名称", "行政区", "具体门牌号", "面积"),
        ("1", "甲室", "虹口区", "某路", "20"),
    )
    (table,) = tables(sheet)
    assert table.header_row == 5
    assert table.title == "2024 年申报汇总表 明细（可附页）"
    assert [row.number for row in table.head] == [1, 2, 3, 4]
    assert [row.number for row in table.rows] == [6]


def test_two_header_rows_are_joined_under_the_merged_header() -> None:
    sheet = grid(
        ("序号", "休息室名称", "地址（请尽量详细）", "", "", "面积"),
        ("", "", "行政区", "街镇", "具体门牌号"),
        ("1", "甲室", "虹口区", "广中路街道", "某路 1 号", "20"),
    )
    (table,) = tables(sheet)
    assert table.headers == (
        Header(0, "序号"),
        Header(1, "休息室名称"),
        Header(2, "行政区", group="地址（请尽量详细）"),
        Header(3, "街镇", group="地址（请尽量详细）"),
        Header(4, "具体门牌号", group="地址（请尽量详细）"),
        Header(5, "面积"),
    )
    assert [row.number for row in table.rows] == [3]


def test_a_label_above_the_end_of_a_header_is_no_header() -> None:
    sheet = grid(
        ("区局工会", "浦东新区总工会", "", "", "联系人姓名", "金丝雀甲"),
        HEADER,
        ("1", "黄浦区", "甲", "某路"),
    )
    (table,) = tables(sheet)
    assert [header.text for header in table.headers] == list(HEADER)


def test_a_first_row_with_blanks_is_no_second_header() -> None:
    sheet = grid(HEADER, ("", "", "甲", "某路"))
    assert shape(sheet) == [(1, [2])]


def test_tables_below_each_other_in_a_sheet_are_apart() -> None:
    sheet = grid(
        HEADER,
        ("1", "黄浦区", "甲", "某路"),
        (),
        ("服务中心名单",),
        ("序号", "职工服务中心", "电话", "地址"),
        ("1", "黄浦区总工会", "63773621", "某路"),
    )
    assert shape(sheet) == [(1, [2]), (5, [6])]
    assert [table.title for table in tables(sheet)] == ["", "服务中心名单"]


def test_rows_that_no_header_heads_are_a_table_of_their_own() -> None:
    sheet = text("保障层级\t住院", "C类\t/", "", "说明", "变更情形\t生效日期", "C类\t次月")
    assert shape(sheet) == [(1, [2]), (5, [6])]


def test_a_lone_line_with_a_delimiter_is_no_table() -> None:
    assert tables(text("甲\t乙", "说明")) == []


def test_a_header_of_mostly_unknown_words_is_found() -> None:
    sheet = grid(("编制", "名称", "经办科室", "类别", "甲", "乙", "丙"), ("x", "甲站", "y", "书屋"))
    assert shape(sheet) == [(1, [2])]


def test_a_row_that_says_one_header_word_twice_is_data() -> None:
    sheet = grid(("名称", "类别"), ("职工服务中心", "职工服务中心"))
    assert shape(sheet) == [(1, [2])]


def test_values_below_the_labels_of_a_head_block_belong_to_it() -> None:
    sheet = grid(
        ("2024 年申报汇总表",),
        ("区局工会", "联系人姓名", "联系人电话"),
        ("浦东新区总工会", "金丝雀甲", "19900000001"),
        HEADER,
        ("1", "黄浦区", "甲", "某路"),
    )
    (table,) = tables(sheet)
    assert (table.header_row, table.title) == (4, "2024 年申报汇总表")
    assert [row.number for row in table.head] == [1, 2, 3]


def test_a_line_of_labels_above_a_pasted_table_is_its_head() -> None:
    line = "区局工会：示例工会 联系人：金丝雀甲"
    sheet = text("附件", "汇总表", line, "\t".join(HEADER), "1\t黄浦区\t甲\t路")
    (table,) = tables(sheet)
    assert table.title == "附件 汇总表"
    assert [row.texts for row in table.head] == [("区局工会：示例工会 联系人：金丝雀甲",)]


def test_remarks_below_a_table_are_its_notes_with_their_points() -> None:
    sheet = text(
        "\t".join(HEADER), "1\t黄浦区\t甲\t路", "说明：", "1.以上为暂定", "（二）另行通知", "再见"
    )
    (table,) = tables(sheet)
    assert [row.texts[0] for row in table.notes] == ["说明：", "1.以上为暂定", "（二）另行通知"]


def test_both_rows_of_a_header_again_on_the_next_page_are_no_table() -> None:
    top = ("序号", "休息室名称", "地址（请尽量详细）", "", "", "面积")
    below = ("", "", "行政区", "街镇", "具体门牌号", "")
    sheet = grid(
        top,
        below,
        ("1", "甲室", "虹口区", "广中路街道", "某路 1 号", "20"),
        top,
        below,
        ("2", "乙室", "虹口区", "广中路街道", "某路 2 号", "20"),
    )
    assert shape(sheet) == [(1, [3, 6])]


def test_a_contact_above_the_title_is_no_part_of_the_table() -> None:
    sheet = text("联系人：金丝雀甲", "附表", "\t".join(HEADER), "1\t黄浦区\t甲\t路")
    (table,) = tables(sheet)
    assert (table.title, table.head) == ("附表", ())
