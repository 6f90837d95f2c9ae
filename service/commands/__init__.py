"""The commands of `zhitu`: where each one is, and its line in the list of all.

A command's module is loaded when it is asked for: all of them together take seconds.
"""

from importlib import import_module

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "access": ("access.access", "健康服务点每千名职工每周几个半天，各区差多少，匀不匀（专家用）。"),
    "account": ("accounts.account", "账号：谁能登录，什么角色，管哪里。"),
    "address": ("address.address", "地址解析。"),
    "backup": (
        "keeping.backup",
        "把全部数据备份成一个文件，写完读回核对；网站照常运行。备份里有联系人，请妥善保管。",
    ),
    "boundaries": ("boundaries.boundaries", "街镇界：载入之后，覆盖图可以按街镇看。"),
    "check": (
        "check.check",
        "列出生效的设置，检查数据库、磁盘、时钟、数据和地图资源。什么也不改。",
    ),
    "demo": ("demo.demo", "导入自带样例，报告，列出空白，启动网站。"),
    "duplicates": (
        "duplicates.duplicates",
        "疑似重复的记录：列出、合并、确认不是同一处、撤销合并。",
    ),
    "duty": ("duty.duty", "健康服务点“两固三定”：定期咨询、访视、讲座。"),
    "erase": (
        "erase.erase_",
        "删除一个人的姓名、手机、邮箱：PERSON 写手机号或邮箱，可以再加姓名。",
    ),
    "export": ("export.export", "导出文件，格式看后缀。"),
    "fitness": ("measures.fitness", "职工健身驿站：各片区每十万从业人员几家，和全市比。"),
    "form": ("forms.form", "表格：认得哪些表，空白表在哪里。"),
    "gaps": ("coverage.gaps", "谁走不到健康服务点，哪里吃午餐难。"),
    "gazetteer": ("gazetteer.gazetteer", "地名库：用自己的地址表、地铁表、路网生成，查看，检验。"),
    "geocode": (
        "geocode.geocode",
        "给一份地址清单（csv、xlsx）加上位置、精度和误差；中断后再运行，已经问到的不会再问。",
    ),
    "import": ("imports.import_", "导入表格文件（xlsx、docx、csv、粘贴的文本），逐个报告。"),
    "imports": ("runs.imports", "列出导入过的文件，新的在前；每次的编号用来撤销。"),
    "lunch": ("lunch.lunch", "午餐难：申报的和算出来的对照；按方案能解决多少，离年度目标多远。"),
    "map": ("one_file.map_", "生成一个自带数据的地图文件，拷到U盘上不联网也能打开。"),
    "move": (
        "keeping.move_",
        "把全部数据从 SOURCE 搬到空的 TARGET（sqlite:///文件 或 postgresql://…），并核对两边。",
    ),
    "national": (
        "national.national",
        "全国规模：需求点和站点各一份 Parquet，按图块计算覆盖率和每个职工的服务半天数。",
    ),
    "network": ("network.network", "步行路网：用 OpenStreetMap 数据生成，让步行距离按路实算。"),
    "refused": ("imports.refused", "列出导入时退回的行和读不出的格，每个文件以最近一次导入为准。"),
    "relocate": (
        "relocate.relocate_",
        "地名库或地址写法规则变了以后，重新查全部地址；人核定过的不动。",
    ),
    "report": ("report.report", "生成 PDF：一个点位、一个区、一年。"),
    "rest": ("rest.rest", "工间休息：班组午休时，附近有没有全程开着的休息室或户外驿站。"),
    "restore": ("keeping.restore_", "用备份恢复全部数据：要么全部，要么一点不动。"),
    "review": ("review.review", "待核定的地址：逐个选定、移动、更正，或者发链接给现场的人。"),
    "scenario": (
        "scenario.scenario",
        "方案：试着开、关、搬、升级，看各区多覆盖多少职工；数据不动。",
    ),
    "serve": ("serve.serve", "启动网站。"),
    "site": (
        "siting.site",
        "选址：新建、升级放在哪里，服务到最多职工（QUESTION 是 .toml 或 .json）。",
    ),
    "tiers": ("measures.tiers", "1+44+N+X：对照名册，缺哪个中心、总站、服务站。"),
    "training": ("measures.training", "轨交现场培训：每家单位去哪个点，要几场，哪些可以合并。"),
    "undo": (
        "runs.undo_",
        "把第 RUN 次导入整次撤销：新增的删去，改过的复原；以后有人动过的，不撤销并说明。",
    ),
    "why": (
        "coverage.why_",
        "一个园区、楼宇、商圈（名称或编号）为什么算覆盖或空白，什么能改变它。",
    ),
    "work": (
        "work.work",
        "做网站排着的导入、选址（网站那边设 ZHITU_WORKS=0）；SIGTERM 或 Ctrl+C 停止。",
    ),
}


def load(name: str) -> click.Command | None:
    """The command of a name; None if there is none."""
    if name not in COMMANDS:
        return None
    module, _, attribute = COMMANDS[name][0].partition(".")
    found: click.Command = getattr(import_module(f"{__name__}.{module}"), attribute)
    return found
