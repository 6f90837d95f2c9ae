"""How every desk page is put together: its navigation, its person, its words."""

from dataclasses import dataclass
from typing import Any

from flask import Response, current_app

from geodata.accounts.roles import Role
from service.guard import person
from service.request import fresh_page


@dataclass(frozen=True, slots=True)
class Entry:
    """One place to go: `subject` names its word (nav_<subject>) and tells where one is."""

    subject: str
    path: str
    role: Role = Role.VIEWER


NAV = (
    Entry("home", "/desk"),
    Entry("imports", "/desk/imports", Role.EDITOR),
    Entry("review", "/desk/review", Role.EDITOR),
    Entry("points", "/desk/points"),
    Entry("coverage", "/planner"),
    Entry("siting", "/planner/siting"),
    Entry("programmes", "/desk/programmes"),
    Entry("reports", "/desk/reports"),
)
MORE = (
    Entry("duplicates", "/desk/duplicates", Role.EDITOR),
    Entry("scenarios", "/desk/scenarios"),
    Entry("feedback", "/desk/feedback", Role.EDITOR),
    Entry("embed_sites", "/desk/embed-sites", Role.ADMIN),
    Entry("people", "/desk/people", Role.ADMIN),
    Entry("erase", "/desk/erase", Role.ADMIN),
    Entry("audit", "/desk/audit"),
    Entry("account", "/desk/account"),
    Entry("builder", "/embed/builder"),
    Entry("public", "/"),
)


def desk_page(template: str, /, *, here: str, status: int = 200, **values: Any) -> Response:
    """A page of the desk; `here` is the subject of its entry in the navigation."""
    return fresh_page(template, status=status, **header(here), **values)


def header(here: str) -> dict[str, Any]:
    """What the head of a page behind the sign-in needs."""
    return {"here": here, "person": person(), "nav": _shown(NAV), "more_nav": _shown(MORE)}


def _shown(entries: tuple[Entry, ...]) -> list[Entry]:
    """Those that exist and that the person may open."""
    there = {rule.rule for rule in current_app.url_map.iter_rules()}
    return [entry for entry in entries if entry.path in there and _may_open(entry.role)]


def _may_open(role: Role) -> bool:
    """As service/guard.py decides."""
    return person().role.may(role) and (role is not Role.ADMIN or person().everywhere)
