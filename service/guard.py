"""Who may call a route: everyone if it is on the public list, else a role it names."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, g, request

from geodata.accounts.roles import ROLE_LABELS, Person, Role
from geodata.errors import ForbiddenError, SignInError

View = TypeVar("View", bound=Callable[..., object])
_MARK = "needed_role"


def needs(role: Role) -> Callable[[View], View]:
    """Mark a view with the role it asks for; stands under the route's decorator."""

    def mark(view: View) -> View:
        setattr(view, _MARK, role)
        return view

    return mark


def needed(endpoint: str) -> Role:
    """The role of a route that is not public; the highest where none is named."""
    role: Role = getattr(current_app.view_functions[endpoint], _MARK, Role.ADMIN)
    return role


def person() -> Person:
    """Who asks.

    Raises:
        SignInError: nobody is signed in.
    """
    found: Person | None = g.get("person")
    if found is None:
        raise SignInError("这里要先登录。")
    return found


def check() -> None:
    """Refuse who is signed in but may not call this route."""
    role = needed(request.endpoint or "")
    if not person().role.may(role):
        raise ForbiddenError(f"这里要“{ROLE_LABELS[role][0]}”以上的账号。")
