"""What the siting page shows, as ready strings: its template and its script place the same ones."""

from collections.abc import Sequence
from typing import Any

from geodata.answers.answer import Answer
from geodata.answers.words import Said
from geodata.coverage.gaps import GapState
from geodata.coverage.walking import ESTIMATE
from geodata.siting.answer import Pick, RulePrice, SitingAnswer
from geodata.siting.report import STEADY
from geodata.siting.sentences import WORKS
from maps.base import Basemap
from maps.classes import share_class
from maps.words import Words

Json = dict[str, Any]
_LAYERS = {
    "city": ("市", "City"),
    "district": ("区局", "District"),
    "town": ("街镇园区", "Town"),
    "total": ("合计", "Total"),
}
BY_HAND = "by_hand"
_STATUS_TONE = {"optimal": "good", "infeasible": "bad", "nothing": "bad", "by_hand": "doubt"}


def siting_document(
    answer: SitingAnswer,
    before: Answer,
    basemap: Basemap,
    words: Words,
    *,
    status: tuple[str, str],
) -> Json:
    """Numbers, rows, reasons, and what the two maps draw (in the basemap's datum)."""
    return {
        "title": answer.title,
        "meals": answer.unit == "meals",
        "numbers": _numbers(answer, words, status),
        "money": _money(answer, words),
        "rows": [_row(pick, answer, words) for pick in answer.picks],
        "districts": _districts(answer, words),
        "reasons": _reasons(answer, words),
        "findings": [_said(one, words) for one in answer.findings],
        "impossible": [_said(one, words) for one in answer.impossible],
        "made_under": words(
            "siting_made_under",
            candidates=answer.candidates,
            walk=f"{answer.walk_m:g}",
            walking=walking(answer, words),
            existing=answer.existing,
            data=answer.data_version,
            software=answer.software_version,
        ),
        "guaranteed": words("siting_guaranteed", count=sum(p.guaranteed for p in answer.picks)),
        "free": words("siting_free", count=sum(not p.guaranteed for p in answer.picks)),
        "picks_title": words.n("siting_picks", len(answer.picks)),
        "sample": any(pick.sample for pick in answer.picks),
        "map": _map(answer, before, basemap),
    }


def _said(said: Said, words: Words) -> str:
    return words.both(said.zh, said.en)


def percent(share: float | None) -> str:
    return "—" if share is None else f"{share * 100:.1f}%"


def people(count: float, words: Words) -> str:
    """In 万 from ten thousand on where the page is Chinese."""
    plain = f"{count:,.0f}"
    return plain if count < 10_000 else words.both(f"{count / 10_000:.1f} 万", plain)


def _numbers(answer: SitingAnswer, words: Words, status: tuple[str, str]) -> list[Json]:
    shares = {"before": percent(answer.before_share), "after": percent(answer.after_share)}
    label = "siting_n_meals" if answer.unit == "meals" else "siting_n_covered"
    gained = people(answer.gained_workers, words)
    return [
        _number("gain", words(label), f"+{gained}", words("siting_n_share", **shares), "good"),
        _price(answer, words),
        _number(
            "proof",
            words("siting_n_proof"),
            words.both(*status),
            _proof_basis(answer, words),
            _STATUS_TONE.get(answer.status, ""),
        ),
        _steady(answer, words),
    ]


def _number(key: str, label: str, value: str, basis: str, tone: str = "") -> Json:
    return {"key": key, "label": label, "value": value, "basis": basis, "tone": tone}


def _proof_basis(answer: SitingAnswer, words: Words) -> str:
    if answer.status == BY_HAND:
        return ""
    gap = "—" if answer.gap is None else f"{answer.gap:.2%}"
    return words("siting_n_proof_basis", gap=gap, seconds=f"{answer.seconds:.1f}")


def _price(answer: SitingAnswer, words: Words) -> Json:
    """The dearest rule that could be left out."""
    dearest = next((one for one in answer.prices if one.without), None)
    if dearest is None:
        done = answer.draws > 0
        if answer.status == BY_HAND:
            return _number("price", words("siting_n_price_none"), "—", "")
        basis = words("siting_n_price_zero" if done else "siting_n_wait")
        return _number("price", words("siting_n_price_none"), "—", basis)
    fewer = words("siting_fewer", workers=people(dearest.workers, words))
    without = people(answer.gained_workers + dearest.workers, words)
    rule = words("siting_n_price", rule=_said(dearest.rule, words))
    return _number("price", rule, fewer, words("siting_n_price_basis", workers=without))


def _steady(answer: SitingAnswer, words: Words) -> Json:
    known = [pick.kept for pick in answer.picks if pick.kept is not None]
    if not known:
        wait = "" if answer.status == BY_HAND else words("siting_n_wait")
        return _number("steady", words("siting_n_steady"), "—", wait)
    steady = sum(kept >= STEADY for kept in known)
    value = f"{steady} ／{len(known)}{words('siting_places')}"
    basis = words("siting_n_steady_basis", draws=answer.draws)
    return _number("steady", words("siting_n_steady"), value, basis)


def _money(answer: SitingAnswer, words: Words) -> Json:
    """The bar of the funding layers; `width` is out of 300."""
    layers = {name: money for name, money in answer.money_10k.items() if money > 0}
    total = sum(layers.values())
    if not total:
        return {"title": words("siting_n_no_money"), "layers": []}
    bars, x = [], 0.0
    for name, money in layers.items():
        width = 300.0 * money / total
        label = f"{words.both(*_LAYERS[name])} {money:g}"
        bars.append({"name": name, "label": label, "x": round(x, 1), "width": round(width, 1)})
        x += width
    return {"title": words("siting_n_money", total=f"{total:g}"), "layers": bars}


def walking(answer: SitingAnswer, words: Words) -> str:
    """How walks were measured; a network's own name stays as it is."""
    if answer.walking != ESTIMATE.describe():
        return answer.walking
    return words("walking_estimate", detour=f"{ESTIMATE.detour:g}")


def _row(pick: Pick, answer: SitingAnswer, words: Words) -> Json:
    kept, mixed = pick.kept, len({one.works for one in answer.picks}) > 1
    return {
        "number": pick.number,
        "key": pick.key,
        "name": pick.name,
        "district": words.district(pick.district),
        # Said only where there is more than one.
        "works": words.both(WORKS[pick.works].zh, WORKS[pick.works].en) if mixed else "",
        "gain": f"+{pick.marginal_workers:,.0f}",
        "guaranteed": pick.guaranteed,
        "kept": "" if kept is None else f"{round(kept * answer.draws)}/{answer.draws}",
        "bar": 0 if kept is None else round(54 * kept),
        "steady": kept is None or kept >= STEADY,
        "known": kept is not None,
    }


def _districts(answer: SitingAnswer, words: Words) -> list[Json]:
    rows = sorted(answer.districts, key=lambda row: -row.gained_workers)
    return [
        {
            "name": words.district(row.name),
            "before": percent(row.before_share),
            "after": percent(row.after_share),
            "gained": f"{row.gained_workers:+,}" if row.gained_workers else "0",
            "picks": row.new + row.upgraded,
        }
        for row in rows
        if row.counted_workers
    ]


def _reasons(answer: SitingAnswer, words: Words) -> list[str]:
    lines = [_price_line(one, words) for one in answer.prices]
    if answer.second is not None:
        names = {"leaves": answer.second.leaves, "takes": answer.second.takes}
        joined = {key: _joined(values, words) for key, values in names.items()}
        costs = f"{answer.second.costs_workers:,.0f}"
        lines.append(words("siting_second", workers=costs, **joined))
    return lines


def _joined(names: Sequence[str], words: Words) -> str:
    shown = words.both("、", ", ").join(names[:4]) + ("…" if len(names) > 4 else "")
    return shown or "—"


def _price_line(one: RulePrice, words: Words) -> str:
    key = "siting_price_without" if one.without else "siting_price_more"
    line = words(key, rule=_said(one.rule, words), workers=f"{one.workers:,.0f}")
    return line if one.proved else line + words("siting_unproved")


def _map(answer: SitingAnswer, before: Answer, basemap: Basemap) -> Json:
    at = basemap.put([pick.lon for pick in answer.picks], [pick.lat for pick in answer.picks])
    return {
        "districts": [
            {
                "code": row.code,
                "before": share_class(row.before_share),
                "after": share_class(row.after_share),
                "shares": [percent(row.before_share), percent(row.after_share)],
            }
            for row in answer.districts
        ],
        "sites": _sites(answer, before, basemap),
        "picks": [
            {
                "number": pick.number,
                "key": pick.key,
                "name": pick.name,
                "guaranteed": pick.guaranteed,
                "movable": pick.works == "new",
                "at": list(spot),
            }
            for pick, spot in zip(answer.picks, at, strict=True)
        ],
    }


def _sites(answer: SitingAnswer, before: Answer, basemap: Basemap) -> list[Json]:
    """The sites nothing serves now, and whether one of the picks does."""
    sites, found = before.city.sites, before.found
    newly = {one.id for pick in answer.picks for one in pick.serves if one.newly}
    rows = [
        row
        for row, state in enumerate(found.state)
        if state in {GapState.GAP, GapState.UNKNOWN_CLINIC}
    ]
    at = basemap.put(sites.lonlat[rows, 0].tolist(), sites.lonlat[rows, 1].tolist())
    return [
        {
            "name": sites.name[row],
            "at": list(spot),
            "mark": _mark(before, row),
            "after": "covered" if int(sites.id[row]) in newly else _mark(before, row),
        }
        for row, spot in zip(rows, at, strict=True)
    ]


def _mark(before: Answer, row: int) -> str:
    if before.found.state[row] is GapState.UNKNOWN_CLINIC:
        return "unknown"
    return "p1" if before.found.priority[row] else "gap"
