import pytest

from importers.form import Match
from importers.parse import recognise
from importers.rows.body import Line, lines_of
from importers.tables.grid import is_sum
from importers.tables.sheet import Row, Sheet, Span

HEADER = Row(1, ("序号", "所辖区", "培训地点", "详细地址"))


class Body:
    """The entries below a header, and the rows set aside."""

    def __init__(self, found: Match) -> None:
        aside: list[Row] = []
        self.lines: list[Line] = list(lines_of(found, aside.append))
        self.notes = tuple(row.number for row in aside)


def read(*rows: Row, spans: tuple[Span, ...] = ()) -> Body:
    sheet = Sheet("表.xlsx", "S", (HEADER, *rows), lettered=True, spans=spans)
    (found,) = recognise([sheet])
    assert isinstance(found, Match)
    return Body(found)


def texts(content: Body) -> list[tuple[str, ...]]:
    return [line.texts for line in content.lines]


def test_numbered_rows_that_hold_nothing_are_no_entries() -> None:
    content = read(Row(2, ("1", "黄浦区", "甲", "某路")), Row(3, ("2",)), Row(4, ("3",)))
    assert texts(content) == [("1", "黄浦区", "甲", "某路")]


def test_notes_and_sums_are_set_aside() -> None:
    content = read(
        Row(2, ("1", "黄浦区", "甲", "某路")),
        Row(3, ("合计", "", "", "25")),
        Row(4, ("", "", "总 计", "", "25")),
        Row(5, ("一、静安区",)),
        Row(6, ("备注 （其他需说明事项）",)),
        Row(7, ("", "", "", "注：以上为暂定")),
        Row(8, ("填表人：金丝雀甲", "", "", "审核：")),
    )
    assert len(content.lines) == 1
    assert content.notes == (3, 4, 5, 6, 7, 8)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("总 计（人）：", True),
        ("小计：12 个", True),
        ("合计" + " " * 30_000 + "x", False),
        ("合计路站", False),
        ("共计划三处", False),
    ],
)
def test_a_sum_is_told_from_a_name_at_once(text: str, found: bool) -> None:
    assert is_sum(text) is found


def test_a_merged_cell_says_the_same_of_each_of_its_rows() -> None:
    content = read(
        Row(2, ("1", "黄浦区", "甲", "某路")),
        Row(3, ("2", "", "乙", "某路")),
        spans=(Span(2, 1, 3, 1),),
    )
    assert texts(content)[1] == ("2", "黄浦区", "乙", "某路")
    assert content.lines[1].merged == {1: 2}


def test_a_row_split_by_a_page_is_joined_with_both_row_numbers() -> None:
    content = read(
        Row(2, ("1", "黄浦区", "中心 7", "某路中心")),
        Row(4, ("", "", "号楼", "7号楼")),
        Row(5, ("2", "", "乙", "某路")),
    )
    assert texts(content)[0] == ("1", "黄浦区", "中心 7号楼", "某路中心7号楼")
    assert content.lines[0].rows == (2, 4)


def test_a_row_that_lacks_a_needed_cell_is_joined_without_a_gap() -> None:
    content = read(
        Row(2, ("1", "黄浦区", "甲", "某路中心")),
        Row(3, ("", "", "", "7号楼")),
        Row(4, ("2", "", "乙", "某路")),
    )
    assert texts(content)[0] == ("1", "黄浦区", "甲", "某路中心7号楼")


def test_a_whole_row_without_a_number_stays_a_row() -> None:
    content = read(
        Row(2, ("1", "黄浦区", "甲", "某路")),
        Row(3, ("", "", "乙", "另路")),
        Row(4, ("2", "", "丙", "某路")),
    )
    assert [line.rows for line in content.lines] == [(2,), (3,), (4,)]


def test_an_entry_below_unfilled_numbers_is_not_glued_to_the_last_filled_row() -> None:
    content = read(
        Row(2, ("1", "黄浦区", "甲", "某路")),
        Row(3, ("2",)),
        Row(5, ("", "静安区", "乙", "另路")),
    )
    assert texts(content)[0] == ("1", "黄浦区", "甲", "某路")


def test_a_district_is_carried_down_only_where_the_form_prints_it_once() -> None:
    content = read(Row(2, ("1", "黄浦区", "甲", "某路")), Row(3, ("2", "", "乙", "某路")))
    assert content.lines[1].texts[1] == "黄浦区"
    assert content.lines[1].carried == {1: 2}
    sheet = Sheet(
        "表.csv",
        "",
        (Row(1, ("名称", "类别", "区")), Row(2, ("甲", "书屋", "黄浦区")), Row(3, ("乙", "书屋"))),
    )
    (found,) = recognise([sheet])
    assert isinstance(found, Match)
    assert texts(Body(found))[1] == ("乙", "书屋")


def test_the_points_of_a_remark_are_set_aside_with_it() -> None:
    sheet = Sheet(
        "表.xlsx",
        "S",
        (
            Row(1, ("名称", "类别")),
            Row(2, ("甲", "书屋")),
            Row(3, ("说明：",)),
            Row(4, ("1.以上为暂定",)),
            Row(5, ("（二）另行通知",)),
            Row(6, ("1.乙", "书屋")),
            Row(7, ("2.丙",)),
        ),
        lettered=True,
    )
    (found,) = recognise([sheet])
    assert isinstance(found, Match)
    content = Body(found)
    assert content.notes == (3, 4, 5)
    assert [line.rows for line in content.lines] == [(2,), (6,), (7,)]
