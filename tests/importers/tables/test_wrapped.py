import pytest

from importers.tables.sheet import Row
from importers.tables.wrapped import unwrap

HEADER = "序号\t职工服务中心\t电话\t地址"


def text(*lines: str) -> list[Row]:
    return [Row(number, tuple(line.split("\t"))) for number, line in enumerate(lines, 1) if line]


def test_a_row_broken_inside_its_cells_is_one_row() -> None:
    rows = text(
        HEADER,
        "7\t黄浦区总工会\t63773621、",
        "53062331\t重庆南路229弄5号",
        "8\t静安区总工会\t62673565\t昌平路888号",
    )
    assert list(unwrap(rows)) == [
        rows[0],
        Row(2, ("7", "黄浦区总工会", "63773621、\n53062331", "重庆南路229弄5号"), height=2),
        rows[3],
    ]


def test_a_last_cell_that_runs_on_does_not_end_the_table() -> None:
    rows = text(
        HEADER,
        "10\t闵行区总工会\t33362765\t莘东路505号11楼",
        "1107室",
        "11\t嘉定区总工会\t69067255\t合作路1505",
    )
    assert [row.texts[-1] for row in unwrap(rows)] == [
        "地址",
        "莘东路505号11楼\n1107室",
        "合作路1505",
    ]


def test_the_last_row_is_joined_when_that_makes_it_whole() -> None:
    rows = text(HEADER, "16\t崇明区总工会", "服务处\t69693900\t城桥镇翠竹路1501号", "注：以上")
    assert [row.texts for row in unwrap(rows)] == [
        tuple(HEADER.split("\t")),
        ("16", "崇明区总工会\n服务处", "69693900", "城桥镇翠竹路1501号"),
        ("注：以上",),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        (HEADER, "1\t甲\t63773621\t某路", "2\t乙\t53062331\t另路"),
        (HEADER, "1\t甲\t63773621", "2\t乙\t53062331"),
        (HEADER, "1\t甲\t63773621\t某路", "", "注：以上"),
        (HEADER, "1\t甲\t63773621\t某路", "注：以上"),
        (HEADER, "1\t甲\t63773621\t某路", "\t乙\t53062331\t另路", "2\t丙\t5\t某路"),
        (HEADER, "1\t甲\t63773621", "", "53062331\t某路", "2\t乙\t5\t某路"),
        ("名称\t类别\t地址", "1\t书屋", "甲\t某路", "2\t书屋\t某路"),
    ],
    ids=["whole", "short", "note", "touching note", "no number", "blank line", "not numbered"],
)
def test_rows_that_are_not_broken_stay_as_they_are(lines: tuple[str, ...]) -> None:
    rows = text(*lines)
    assert list(unwrap(rows)) == rows
