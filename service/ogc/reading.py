"""Which collections an asker may read: public ones anybody, the others by role."""

from flask import current_app, request

from geodata.accounts.roles import ROLE_LABELS, Role
from geodata.errors import ForbiddenError, NotFoundError
from service import guard
from service.ogc.collections import BY_ID, COLLECTIONS, Collection


def collection(id_: str) -> Collection:
    """A collection this asker may read.

    Raises:
        NotFoundError: there is none of that name.
        SignInError: it is for those who are signed in.
        ForbiddenError: it takes a higher role.
    """
    if id_ not in BY_ID:
        raise NotFoundError(f"没有叫 {id_[:60]} 的集合；/ogc/collections 列出全部。")
    found = BY_ID[id_]
    if found.role is not None and not guard.person().role.may(found.role):
        raise ForbiddenError(f"这里要“{ROLE_LABELS[found.role][0]}”以上的账号。")
    return found


def readable() -> list[Collection]:
    """All collections this asker may read."""
    role = _role()
    return [one for one in COLLECTIONS if one.role is None or (role and role.may(one.role))]


def _role() -> Role | None:
    """Whose request it is; one that brings neither token nor session is not looked up."""
    session = current_app.config["SESSION_COOKIE_NAME"]
    if "Authorization" not in request.headers and session not in request.cookies:
        return None
    visitor = guard.visitor()
    return visitor.role if visitor else None
