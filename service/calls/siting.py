"""Siting questions as jobs of the queue: started, watched, read, cancelled by who asked."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, request

from geodata.accounts.audit import record
from geodata.accounts.roles import Role
from geodata.coverage.siting.mip import Progress
from geodata.errors import ConflictError, NotFoundError
from geodata.jobs import queue
from geodata.jobs.model import Job, State
from geodata.siting.documents import document
from geodata.siting.read import read
from geodata.siting.run import finished, opened
from geodata.store import Store
from service.calls import asked
from service.guard import needs, person
from service.idempotency import once
from service.jobs.context import Context, Work
from service.openapi.parameters import only
from service.settings import Settings

SITING = "siting.answer"


def works(_settings: Settings, store: Store) -> Mapping[str, Work]:
    """The kind of job that answers a question."""
    return {SITING: partial(_answered, store)}


def _answered(store: Store, context: Context) -> Mapping[str, Any]:
    def watch(seen: Progress) -> bool:
        context.say(seen.stage)
        return not context.is_cancelled()

    answer = finished(opened(store.city(), read(context.job.params["question"])), watch=watch)
    context.go_on()
    return {"answer": document(answer)}


def add(api: Blueprint, store: Store) -> None:
    """`/siting` and what lies below it."""

    @api.post("/siting")
    @needs(Role.VIEWER)
    def start() -> Response:
        only((), request.args)
        question = asked.body()
        # What cannot be asked is refused here, not by the worker.
        read(question)
        return once(store, person().login, lambda: _started(store, question))

    @api.get("/siting/<job>")
    @needs(Role.VIEWER)
    def progress(job: str) -> Response:
        only((), request.args)
        return jsonify(job_document(_mine(store, job)))

    @api.get("/siting/<job>/result")
    @needs(Role.VIEWER)
    def result(job: str) -> Response:
        only((), request.args)
        found = _mine(store, job)
        if found.state is not State.DONE:
            raise ConflictError(f"这次计算没有结果（{found.state}）。{found.sentence}")
        return jsonify(found.result["answer"])

    @api.delete("/siting/<job>")
    @needs(Role.VIEWER)
    def cancel(job: str) -> Response:
        only((), request.args)
        found = _mine(store, job)
        with store.writing() as session:
            queue.cancel(session, found.id)
            record(
                session, by=person().login, action="siting.cancel", table="job", record_id=found.id
            )
        return jsonify(job_document(_mine(store, job)))


def _started(store: Store, question: Mapping[str, Any]) -> Response:
    who = person()
    with store.writing() as session:
        number = queue.submit(session, SITING, by=who, params={"question": dict(question)})
        record(session, by=who.login, action="siting.start", table="job", record_id=number)
    answer = jsonify(job_document(_mine(store, str(number))))
    answer.status_code = 202
    answer.headers["Location"] = f"{request.script_root}/api/v1/siting/{number}"
    return answer


def _mine(store: Store, given: str) -> Job:
    """A job of the one who asks.

    Raises:
        NotFoundError: there is none, or it is another's.
    """
    job_id = asked.JOB.of({"job": given})
    with store.reading() as session:
        found = queue.job(session, job_id)
    if found.kind != SITING or found.by != person().login:
        raise NotFoundError("没有这次计算。它可能太旧，已经清掉了。")
    return found


def job_document(job: Job) -> dict[str, Any]:
    """How far a job is."""
    return {
        "job": job.id,
        "state": job.state,
        "sentence": job.sentence,
        "cancelling": job.cancelling,
    }
