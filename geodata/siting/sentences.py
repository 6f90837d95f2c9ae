"""What siting says, in Chinese and English: rules, findings, why a question has no answer."""

from geodata.answers.words import Said
from geodata.place.district import english_district

_MOST_NAMED = 8

WORKS: dict[str, Said] = {
    "new": Said("新建", "new"),
    "upgrade": Said("升级", "upgrades"),
    "lunch": Said("午餐办法", "ways to lunch"),
    "canteen": Said("自建食堂", "own canteen"),
    "shared_canteen": Said("共享食堂", "shared canteen"),
    "cabinet": Said("智能取餐柜", "meal cabinet"),
    "shared_table": Said("搭伙", "places in another's canteen"),
    "delivery": Said("集中送餐", "delivery"),
}
BUDGETS: dict[str, Said] = {
    "city": Said("市级", "city"),
    "district": Said("区局", "district"),
    "town": Said("街镇园区", "town and park"),
    "total": Said("总", "total"),
    "new": Said("新建", "new-point"),
    "upgrade": Said("升级", "upgrade"),
}
FAMILIES: dict[str, Said] = {
    "new:district:min": Said("各区新建保底", "district minima of new points"),
    "upgrade:district:min": Said("各区升级保底", "district minima of upgrades"),
    "new:town:min": Said("街镇新建保底", "town minima of new points"),
    "upgrade:town:min": Said("街镇升级保底", "town minima of upgrades"),
    "new:district:max": Said("各区新建上限", "district maxima of new points"),
    "upgrade:district:max": Said("各区升级上限", "district maxima of upgrades"),
    "new:town:max": Said("街镇新建上限", "town maxima of new points"),
    "upgrade:town:max": Said("街镇升级上限", "town maxima of upgrades"),
    "spacing": Said("间距", "spacing"),
}


def count_rule(works: str, count: int) -> Said:
    kind = WORKS[works]
    return Said(f"{kind.zh}至多 {count} 家", f"at most {count} {kind.en}")


def least_rule(works: str, group: str, least: float) -> Said:
    named = english_district(group)
    kind = WORKS[works]
    return Said(
        f"{group}{kind.zh}至少 {least:g} 家",
        f"at least {least:g} {kind.en} in {named}",
    )


def most_rule(works: str, group: str, most: float) -> Said:
    named = english_district(group)
    kind = WORKS[works]
    return Said(f"{group}{kind.zh}至多 {most:g} 家", f"at most {most:g} {kind.en} in {named}")


def budget_rule(name: str, money: float) -> Said:
    kind = BUDGETS[name]
    return Said(f"{kind.zh}预算 {money:g} 万元", f"{kind.en} budget of {money:g} × 10,000 yuan")


def required_rule(name: str) -> Said:
    return Said(f"必选‘{name}’", f"{name} is required")


def forbidden_rule(name: str) -> Said:
    return Said(f"不选‘{name}’", f"{name} is forbidden")


def exclusive_rule(one: str, other: str) -> Said:
    return Said(f"‘{one}’与‘{other}’只能选一", f"only one of {one} and {other}")


def spacing_rule(one: str, other: str, metres: float) -> Said:
    return Said(
        f"‘{one}’与‘{other}’相距不到 {metres:g} 米",
        f"{one} and {other} are nearer than {metres:g} m",
    )


def floor_rule(district: str, share: float) -> Said:
    named = english_district(district)
    return Said(
        f"{district}职工覆盖率至少 {share:.1%}",
        f"{named} covered to {share:.1%}",
    )


def no_candidate(district: str, least: float, works: str) -> Said:
    named = english_district(district)
    kind = WORKS[works]
    return Said(
        f"{district}没有候选点，“{kind.zh}至少 {least:g} 家”做不到："
        f"请在{district}加候选点，或去掉这一条。",
        f"{named} has no candidate, so its minimum of {least:g} {kind.en} cannot be kept: "
        f"add a candidate there or drop the minimum.",
    )


def few_candidates(district: str, least: float, there: float, works: str) -> Said:
    named = english_district(district)
    kind = WORKS[works]
    return Said(
        f"{district}只有 {there:g} 个候选点，"
        f"“{kind.zh}至少 {least:g} 家”还差 {least - there:g} 个。",
        f"{named} has only {there:g} candidates for a minimum of {least:g} {kind.en}: "
        f"{least - there:g} short.",
    )


def minima_above_count(works: str, minima: float, count: int) -> Said:
    kind = WORKS[works]
    return Said(
        f"各区保底加起来要{kind.zh} {minima:g} 家，总数只有 {count} 家，少 {minima - count:g} 家。",
        f"The minima add up to {minima:g} {kind.en}, but only {count} are allowed: "
        f"{minima - count:g} short.",
    )


def budget_short(name: str, money: float, needed: float) -> Said:
    kind = BUDGETS[name]
    return Said(
        f"保底和必选的点最少要花{kind.zh}预算 {needed:g} 万元，只有 {money:g} 万元，"
        f"还差 {needed - money:g} 万元。",
        f"The minima and required points cost the {kind.en} budget at least {needed:g} × 10,000 "
        f"yuan; it has {money:g}: {needed - money:g} short.",
    )


def capacity_short(count: int, capacity: float, workers: float) -> Said:
    return Said(
        f"{count} 个点最多接 {capacity:,.0f} 人，要接 {workers:,.0f} 人，还差 "
        f"{workers - capacity:,.0f} 人：请加点、加容量，或改用 capacitated（接多少算多少）。",
        f"{count} points take {capacity:,.0f} workers at most and {workers:,.0f} must be taken: "
        f"{workers - capacity:,.0f} short.",
    )


def out_of_reach(sites: int, workers: float, walk_m: float) -> Said:
    return Said(
        f"有 {sites} 处（{workers:,.0f} 人）离所有候选点都超过 {walk_m:g} 米，"
        "建在哪里都走不到：请补候选点。",
        f"{sites} sites ({workers:,.0f} workers) are over {walk_m:g} m from every candidate.",
    )


def clash(rules: list[Said]) -> Said:
    """Rules of which any may be left out to end the contradiction."""
    if len(rules) == 1:
        (only,) = rules
        return Said(
            f"“{only.zh}”怎么选都做不到：请放宽或去掉。",
            f"“{only.en}” cannot be kept by any choice: ease or drop it.",
        )
    zh = "、".join(f"“{one.zh}”" for one in rules)
    en = "; ".join(one.en for one in rules)
    return Said(
        f"{zh}互相矛盾，不能同时做到：请放宽其中一条。",
        f"These rules contradict one another, ease one of them: {en}.",
    )


def floor_too_high(rule: Said, missing: float) -> Said:
    return Said(
        f"“{rule.zh}”做不到：候选点全建上也还差 {missing:,.0f} 人。",
        f"“{rule.en}” cannot be reached: with every candidate built {missing:,.0f} workers lack.",
    )


def no_candidates() -> Said:
    return Said(
        "没有候选点：请看 [candidates] 的条件，或先导入园区、楼宇、商圈。",
        "There is no candidate: see [candidates], or import parks, buildings and malls first.",
    )


def few_applications(district: str, least: int, there: int, works: str) -> Said:
    named = english_district(district)
    kind = WORKS[works]
    return Said(
        f"{district}申报{kind.zh} {there} 家，不到 {least} 家，还要再报 {least - there} 家。",
        f"{named} applied for {there} {kind.en}, {least - there} short of {least}.",
    )


def uncounted(sites: int) -> Said:
    return Said(
        f"{sites} 处没有职工数或位置不够准，没有参与。",
        f"{sites} sites lack a worker count or a position and took no part.",
    )


def unstable(numbers: list[int]) -> Said:
    shown = [str(number) for number in numbers[:_MOST_NAMED]]
    more = len(numbers) > _MOST_NAMED
    zh, en = "、".join(shown) + ("…" if more else ""), ", ".join(shown) + ("…" if more else "")
    return Said(
        f"{len(numbers)} 处不稳：第 {zh} 处换个半径或人数就会换人选，先去现场看。",
        f"{len(numbers)} picks are unstable (no. {en}): go and look before deciding.",
    )


def not_answered(status: str) -> Said:
    if status == "cancelled":
        return Said("还没找到一个可行的选法就取消了。", "Cancelled before any choice was found.")
    return Said(
        "时限内没有找到可行的选法：请加长 time_limit_s 再试。",
        "No choice was found within the time limit: raise time_limit_s.",
    )


def no_ways() -> Said:
    return Said(
        "没有能用的办法：没有缺午餐的园区、楼宇、商圈，或附近没有能搭伙的食堂。",
        "No way can be used: no site lacks meals, or no canteen nearby takes guests.",
    )
