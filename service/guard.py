"""Who may call a route: everyone if it is on the public list, else a role it names."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, g, request

from geodata.accounts.roles import ROLE_LABELS, Person, Role
from geodata.errors import ForbiddenError, SignInError

View = TypeVar("View", bound=Callable[..., object])
# The extension of the application that knows who asks.
WHO = "zhitu_who"
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


def visitor() -> Person | None:
    """Who asks, None for someone not signed in: for public routes that show more to some.

    Raises:
        SignInError: the request brings a token that does not hold.
    """
    if "person" not in g:
        g.person = current_app.extensions[WHO]()
    found: Person | None = g.person
    return found


def person() -> Person:
    """Who asks.

    Raises:
        SignInError: nobody is signed in.
    """
    found = visitor()
    if found is None:
        raise SignInError("这里要先登录。")
    return found


def check() -> None:
    """Refuse who is signed in but may not call this route."""
    role = needed(request.endpoint or "")
    if not person().role.may(role):
        raise ForbiddenError(f"这里要“{ROLE_LABELS[role][0]}”以上的账号。")
    # Accounts, aims and lists are the whole city's: who could change them could widen himself.
    if role is Role.ADMIN and not person().everywhere:
        raise ForbiddenError("这里要全市的管理员；你的账号只管自己的区局。")


def by_hand() -> None:
    """Refuse a token: who holds one must not make himself another, or let others in.

    Raises:
        ForbiddenError: a program asks.
    """
    person()
    if g.get("by_token", False):
        raise ForbiddenError("这一页要在浏览器里登录，不能用令牌。")
