"""The planner's siting pages: ask, watch the proof, try by hand, keep, export."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, session
from werkzeug.wrappers import Response as BaseResponse

from geodata.accounts.roles import Role
from geodata.errors import ConflictError, NotFoundError, ParameterError
from geodata.scenarios.kept import keep
from geodata.siting.answer import SitingAnswer
from geodata.siting.as_scenario import as_changes
from geodata.siting.lunch import LunchScene
from geodata.siting.what_if import WhatIf, moved, swapped
from geodata.store import Store
from maps.base import Basemap
from maps.outline import city_bounds
from maps.siting import siting_map
from maps.siting_page import siting_document
from maps.siting_sheet import sheet_values
from maps.words import Words
from service.desk.pages import header
from service.free_text import one_line, typed_line
from service.guard import needs, person
from service.params import degrees
from service.request import html_page, link_of, words_of
from service.settings import Settings
from service.siting import words as siting_words
from service.siting.files import FILES, file_of
from service.siting.form import DEFAULTS, given, labelled, question_of
from service.siting.watched import Questions, Watched

_MOST_NAME = 60
_MODELS = tuple(siting_words.MODELS.items())


def blueprint(settings: Settings, store: Store) -> Blueprint:
    """`/planner/siting` and what lies below it."""
    pages = Blueprint("siting", __name__, url_prefix="/planner/siting")
    jobs, basemap = Questions(store), settings.basemap

    @pages.get("")
    @needs(Role.VIEWER)
    def form() -> Response:
        return form_page(given(request.args) or dict(DEFAULTS))

    @pages.post("")
    @needs(Role.VIEWER)
    def start() -> BaseResponse:
        filled = given(request.form)
        try:
            job = jobs.start(_planner(), person(), question_of(filled), filled)
        except (ParameterError, NotFoundError) as error:
            return form_page(filled, status=400, fault=labelled(str(error), words_of(request)))
        return redirect(link_of(request)(f"/planner/siting/{job}"), 303)

    @pages.get("/<job>")
    @needs(Role.VIEWER)
    def result(job: str) -> Response:
        return result_page(jobs.get(job), basemap)

    @pages.get("/<job>/state.json")
    @needs(Role.VIEWER)
    def state(job: str) -> Response:
        return jsonify(state_document(jobs.get(job), basemap))

    @pages.post("/<job>/cancel")
    @needs(Role.VIEWER)
    def cancel(job: str) -> BaseResponse:
        jobs.cancel(job, person())
        return redirect(link_of(request)(f"/planner/siting/{job}"), 303)

    @pages.post("/<job>/save")
    @needs(Role.EDITOR)
    def save(job: str) -> BaseResponse:
        name = _saved(store, jobs.get(job))
        return redirect(link_of(request)(f"/planner/siting/{job}", saved=name), 303)

    @pages.get("/<job>/answer.<suffix>")
    @needs(Role.VIEWER)
    def answer(job: str, suffix: str) -> Response:
        if suffix not in FILES:
            raise NotFoundError("没有这种文件，可用：xlsx、json、geojson。")
        shown = _shown(jobs.get(job), basemap).answer
        return Response(
            file_of(shown, suffix),
            content_type=FILES[suffix],
            headers={"Content-Disposition": f'attachment; filename="siting-{job}.{suffix}"'},
        )

    @pages.get("/<job>/sheet/<int:number>")
    @needs(Role.VIEWER)
    def sheet(job: str, number: int) -> Response:
        shown = _shown(jobs.get(job), basemap).answer
        return _page("siting_sheet.html", **sheet_values(shown, number, words_of(request)))

    @pages.after_request
    def _private(response: Response) -> Response:
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return pages


def _planner() -> str:
    """Which planner this is: all sign in with one password, so the session tells them apart."""
    if "who" not in session:
        session["who"] = secrets.token_hex(8)
    return str(session["who"])


def _page(template: str, **values: Any) -> Response:
    return html_page(template, **header("siting"), **values)


def form_page(filled: dict[str, str], *, status: int = 200, fault: str = "") -> Response:
    """The question as a form."""
    return _page(
        "siting_form.html",
        status=status,
        filled=filled,
        fault=fault,
        model_options=[(name, words_of(request).both(*said)) for name, said in _MODELS],
        ways=siting_words.WAYS,
        sample="",
    )


@dataclass(frozen=True)
class Shown:
    """The answer a page shows: that of the job, or one with a pick put elsewhere by hand."""

    answer: SitingAnswer
    tried: WhatIf | None = None


def _shown(job: Watched, basemap: Basemap) -> Shown:
    answer, pick = job.state.answer, request.args.get("swap", "")
    if not pick:
        return Shown(answer)
    question = job.opened.posed
    if isinstance(question, LunchScene):
        raise ParameterError("午餐办法不能在图上挪动，请改条件重算。")
    if answer.data_version != job.city.version:
        raise ConflictError("数据在这次计算之后更新过，试放会不准：请再算一次。")
    to = request.args.get("to", "")
    if to:
        tried = swapped(question, answer, pick, to)
    else:
        on_map = degrees(request.args)
        lon, lat = basemap.take(*on_map)
        tried = moved(question, answer, pick, lon=lon, lat=lat)
    return Shown(tried.answer, tried)


def state_document(job: Watched, basemap: Basemap) -> dict[str, Any]:
    """How far the proof is, and everything the page shows."""
    state, shown = job.state, _shown(job, basemap)
    words, before = words_of(request), job.opened.before
    shown_status = siting_words.status(shown.answer)
    document = siting_document(shown.answer, before, basemap, words, status=shown_status)
    return document | {
        "stage": state.stage,
        "version": state.version,
        "done": state.done,
        "fault": state.fault,
        "progress": siting_words.progress(state.incumbent, state.bound, state.seconds),
        "tried": None if shown.tried is None else _tried(shown.tried),
    }


def _tried(tried: WhatIf) -> str:
    words, change = words_of(request), tried.change_workers
    key = "siting_fewer" if change < 0 else "siting_gain_more" if change else "siting_equal"
    said = words(key, workers=f"{abs(change):,}")
    line = words("siting_tried", moved=tried.moved, to=tried.to, change=said)
    if not tried.broken:
        return line
    rules = "、".join(words.both(one.zh, one.en) for one in tried.broken)
    return line + words("siting_breaks", rules=rules)


def result_page(job: Watched, basemap: Basemap) -> Response:
    """The answer with its maps."""
    words, root, link = words_of(request), request.script_root, link_of(request)
    shown = state_document(job, basemap)
    base = f"/planner/siting/{job.id}"
    # What was tried by hand travels in the query to the maps, the sheets and the files.
    tried = {name: request.args[name] for name in _TRIED if name in request.args}

    def below(path: str) -> str:
        return link(base + path, **tried)

    maps = {
        side: siting_map(
            basemap=basemap,
            bounds=city_bounds(),
            data_url=below("/state.json"),
            outline_url=f"{root}/planner/outline.json",
            side=side,
        ).render(words=words, root=root)
        for side in ("before", "after")
    }
    return _page(
        "siting.html",
        shown=shown,
        maps=maps,
        job=job,
        below=below,
        here_url=link(base),
        form_url=_form_url(job),
        candidates=_candidates(job, words),
        saved=request.args.get("saved", "")[:_MOST_NAME],
        share_classes=siting_words.share_classes(words),
        sample="sample_mixed" if shown["sample"] else "",
    )


_TRIED = ("swap", "to", "lon", "lat")


def _form_url(job: Watched) -> str:
    return link_of(request)("/planner/siting", **job.form)


def _candidates(job: Watched, words: Words) -> list[dict[str, str]]:
    """Those not chosen, to try in the place of a pick."""
    question = job.opened.posed
    if isinstance(question, LunchScene):
        return []
    chosen = {pick.key for pick in job.state.answer.picks}
    left = [one for one in question.scene.candidates if one.key not in chosen]
    ordered = sorted(left, key=lambda one: (one.works, one.district, one.name))
    return [
        {"key": one.key, "name": f"{words.district(one.district)} · {one.name}"} for one in ordered
    ]


def _saved(store: Store, job: Watched) -> str:
    name = typed_line(request.form, "name")[:_MOST_NAME]
    if not name:
        raise ParameterError("请给方案起个名称。")
    answer = job.state.answer
    changes = as_changes(answer, job.city)
    title = one_line(answer.title) or siting_words.MODELS[answer.model][0]
    note = f"选址：{title}（{answer.status}）"
    with store.writing() as writing:
        keep(writing, name, changes, note=note, by=person().login)
    return name
