"""What of the coverage screen a person may not read: other districts' records before they open."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.accounts.roles import OPEN_TO_ALL, Person
from geodata.answers.city import City
from geodata.kinds import Status
from geodata.public_places import PublicPlace
from geodata.tables import Place, ServicePoint
from geodata.views import PlannerView

Ids = Collection[int]
UNNAMED = "别的区局还没公开的点位"


def hidden_points(session: Session, person: Person) -> frozenset[int]:
    """The service points he may not read, by id."""
    if person.everywhere:
        return frozenset()
    s, p = ServicePoint, Place
    drafts = select(s.id, p.district, s.status, s.union).join(p)
    rows = session.execute(drafts.where(s.status.not_in([str(one) for one in OPEN_TO_ALL])))
    return frozenset(
        row.id for row in rows if not person.sees(row.district, Status(row.status), row.union)
    )


def without(view: PlannerView, hidden: Ids) -> PlannerView:
    """A view without hidden points; its figures, which are sums, stay."""
    if not hidden:
        return view
    points = tuple(_seen(view.points, hidden))
    kinds = {place.id: place.kinds for place in points}
    unplaced = tuple(replace(row, kinds=kinds[row.id]) for row in view.unplaced if row.id in kinds)
    return replace(view, points=points, unplaced=unplaced)


def unnamed(city: City, hidden: Ids) -> City:
    """A city to take names from: hidden points have none of their own."""
    if not hidden:
        return city
    points = city.points
    named = zip(points.id.tolist(), points.name, strict=True)
    names = tuple(UNNAMED if of in hidden else name for of, name in named)
    return replace(city, points=replace(points, name=names))


def _seen(places: Iterable[PublicPlace], hidden: Ids) -> Iterator[PublicPlace]:
    for place in places:
        services = tuple(one for one in place.services if one.id not in hidden)
        if services == place.services:
            yield place
        elif services:
            yield replace(place, services=services)
