"""Writes the sample files that ship: `python -m script.make_samples [FOLDER]`.

docs/samples.md says what is real and what is invented. Every run writes the same bytes.
"""

import sys
from pathlib import Path

from script import sample_demand, sample_notices, sample_pudong, sample_stations, sample_workers
from script.sample_invented import BANNER, CANARIES
from script.sample_sheets import Row, Sheet, write_csv, write_xlsx

SAMPLES = Path(__file__).parents[1] / "importers" / "samples"

REST_HEADER = (
    "序号",
    "休息室名称",
    "地址（请尽量详细）",
    "",
    "",
    "点位联系人",
    "手机号码",
    "休息室所属单位",
    "面积（m²）",
    "提供设施及服务",
    "覆盖企业（单位）数",
    "覆盖职工数",
    "计划投入资金（元）",
    "计划完成时间",
    "经度",
    "纬度",
    "坐标系",
)
REST_SUBHEADER = ("", "", "行政区", "街镇", "具体门牌号（**路**弄**号**室）")

DECLARED_HEADER = (
    "序号",
    "类型（新建/升级）",
    "所在园区（楼宇、商圈）名称",
    "企业数",
    "职工数",
    "推荐站点名称",
    "地址",
    "负责人",
    "手机",
    "服务内容及时间",
    "经度",
    "纬度",
    "坐标系",
)


def main(folder: Path) -> None:
    """Write every sample into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_notices(folder)
    _write_demand(folder)
    _write_stations(folder)
    write_xlsx(folder / "示例-职工工间休息室申报汇总表-2024.xlsx", _rest_sheet())
    write_xlsx(folder / "示例-健康服务点申报表-2023.xlsx", _declared_sheet())


def _write_notices(folder: Path) -> None:
    write_xlsx(folder / "轨交现场培训点-2023.xlsx", _training_sheet())
    (folder / "轨交现场培训点-2023.txt").write_bytes(sample_notices.training_text().encode())
    write_csv(
        folder / "区级职工服务中心-2023.csv",
        [sample_notices.CENTRES_HEADER, *sample_notices.centre_rows()],
        encoding="gb18030",
    )
    write_csv(
        folder / "浦东新区职工服务阵地-2025.csv",
        [sample_notices.PUDONG_HEADER, *sample_pudong.rows()],
    )
    write_csv(folder / "街镇从业人员-2023.csv", [sample_workers.HEADER, *sample_workers.rows()])


def _write_demand(folder: Path) -> None:
    rows = [(BANNER,), sample_demand.SITES_HEADER, *sample_demand.site_rows()]
    merges = (_across(1, len(sample_demand.SITES_HEADER)),)
    sheet = Sheet("园区楼宇商圈", rows, merges, widths=(28, 8, 10, 8, 30))
    write_xlsx(folder / "示例-园区楼宇商圈.xlsx", sheet)
    write_csv(
        folder / "示例-午餐供应点.csv",
        [(BANNER,), sample_demand.LUNCH_HEADER, *sample_demand.lunch_rows()],
    )


def _write_stations(folder: Path) -> None:
    write_csv(
        folder / "示例-健康服务点.csv",
        [(BANNER,), sample_stations.HEALTH_HEADER, *sample_stations.health_rows()],
    )
    write_csv(
        folder / "示例-职工健身驿站.csv",
        [(BANNER,), sample_stations.FITNESS_HEADER, *sample_stations.fitness_rows()],
    )


def _training_sheet() -> Sheet:
    rows: list[Row] = [(sample_notices.TRAINING_TITLE,), sample_notices.TRAINING_HEADER]
    rows += sample_notices.training_rows()
    districts = [number for number, row in enumerate(rows, start=1) if number > 2 and row[1]]
    ends = [start - 1 for start in districts[1:]] + [len(rows)]
    spans = [f"B{start}:B{end}" for start, end in zip(districts, ends, strict=True) if end > start]
    return Sheet("Sheet1", rows, (_across(1, 4), *spans), widths=(6, 12, 34, 60))


def _rest_sheet() -> Sheet:
    canary = CANARIES[0]
    head: list[Row] = [
        (BANNER,),
        ("附件 2-1-1",),
        ("2024 年建设改善“职工工间休息室”申报汇总表",),
        ("区局工会", "示例区总工会", "", "", "", "联系人姓名", canary.name),
        ("联系人邮箱", canary.email, "", "", "", "联系人电话", canary.mobile),
        ("职工工间休息室明细（可附页）",),
        REST_HEADER,
        REST_SUBHEADER,
    ]
    rows = [*head, *sample_stations.rest_rows(), ("备注\n（其他需说明事项）",)]
    width = len(REST_HEADER)
    merges = [_across(number, width) for number in (1, 2, 3, 6)]
    merges += ["B4:E4", "B5:E5", "C7:E7"]
    merges += [f"{column}7:{column}8" for column in "ABFGHIJKLMNOPQ"]
    return Sheet("2-1-1", rows, merges, heads=(1, 3, 7, 8), widths=(6, 36, 10, 10, 28))


def _declared_sheet() -> Sheet:
    canary = CANARIES[1]
    rows = [
        (BANNER,),
        ("2023 年园区（楼宇）健康服务点申报表",),
        ("区（街道）", "浦东新区", "", "联系人姓名", canary.name),
        ("联系人邮箱", canary.email, "", "联系人手机", canary.mobile),
        DECLARED_HEADER,
        *sample_stations.declared_rows(),
    ]
    merges = [_across(number, len(DECLARED_HEADER)) for number in (1, 2)]
    return Sheet("申报表", rows, merges, heads=(1, 2, 5), widths=(10, 16, 28, 12, 12, 36, 28))


def _across(row: int, columns: int) -> str:
    return f"A{row}:{chr(ord('A') + columns - 1)}{row}"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
