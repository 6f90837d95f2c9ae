"""Addresses taken apart for anybody, and found on the map for editors, so many a day."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC
from functools import cache
from typing import Any

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geodata.accounts.audit import record
from geodata.accounts.roles import Role
from geodata.declared import DeclaredPlace, Placed, Source
from geodata.errors import ParameterError, TooManyAttemptsError
from geodata.model import Position
from geodata.place.address import canonical, parse
from geodata.place.locate import Locator
from geodata.store import Store
from geodata.tables import AuditEvent
from service import caching
from service.calls import asked
from service.clock import now
from service.guard import needs, person
from service.idempotency import once
from service.online import geocoders
from service.openapi.parameters import only
from service.settings import Settings
from service.workshop import gazetteer_files, locator

A_DAY = 500
GEOCODE = "geocode.ask"


def add(api: Blueprint, settings: Settings, store: Store) -> None:
    """`/address` and `/geocode`."""
    known = _locator(settings, store)

    @api.get("/address")
    def address() -> Response:
        only(asked.PARSE, request.args)
        text = asked.TEXT.of(request.args)
        return caching.fresh("1", lambda: jsonify(parsed(text)))

    @api.post("/geocode")
    @needs(Role.EDITOR)
    def geocode() -> Response:
        only((), request.args)
        given = asked.fields(asked.body(), address=200, district=20)
        if not given["address"]:
            raise ParameterError("要给 address", parameter="address")
        return once(store, person().login, lambda: jsonify(_found(store, known(), given)))


def parsed(text: str) -> dict[str, Any]:
    """An address as its parts; empty ones are left out."""
    found = parse(text)
    parts = {name: value for name, value in asdict(found).items() if value not in ("", (), None)}
    return {"address": parts, "canonical": canonical(found)}


def _locator(settings: Settings, store: Store) -> Callable[[], Locator]:
    @cache
    def loaded() -> Locator:
        known = locator(store, gazetteer_files(settings.gazetteers))
        return replace(known, providers=geocoders(settings, store))

    # Decisions of persons come in between; the gazetteer stays.
    return lambda: replace(loaded(), decisions=store.decisions())


def _found(store: Store, known: Locator, given: dict[str, str]) -> dict[str, Any]:
    with store.writing() as session:
        left = A_DAY - _asked_today(session, person().login)
        if left <= 0:
            raise TooManyAttemptsError(f"今天已经查了 {A_DAY} 个地址，请明天再查。")
        # What was asked for is nobody's business; that something was asked is counted.
        record(session, by=person().login, action=GEOCODE)
    placed = known.locate(
        DeclaredPlace("", given["address"], given["district"], "", (), Source("", "", 0, {}, ""))
    )
    return geocoded(placed) | {"left_today": left - 1}


def geocoded(placed: Placed) -> dict[str, Any]:
    """Where an address lies in WGS-84, or why nobody knows."""
    outcome = placed.outcome
    said = {"district": placed.district, "verdict": placed.verdict}
    if isinstance(outcome, Position):
        position = {
            "lon": round(outcome.lon, 6),
            "lat": round(outcome.lat, 6),
            "level": outcome.level,
            "error_m": outcome.error_m,
            "source": outcome.source,
        }
        return {"position": position, "reason": "", **said}
    return {"position": None, "reason": outcome.reason, **said}


def _asked_today(session: Session, login: str) -> int:
    midnight = now().replace(hour=0, minute=0).astimezone(UTC).replace(tzinfo=None)
    mine = select(func.count()).where(
        AuditEvent.by == login, AuditEvent.action == GEOCODE, AuditEvent.at >= midnight
    )
    return session.scalar(mine) or 0
