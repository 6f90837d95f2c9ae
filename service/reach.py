"""Which rows of a file its sender may bring: those of his own districts and unions."""

from sqlalchemy import select

from geodata.accounts.roles import Person
from geodata.declared import Declared, DeclaredApplication, DeclaredPlace, Placed
from geodata.store import Store
from geodata.tables import Place, ServicePoint
from importers.intake import Bar


def bar_for(store: Store, person: Person) -> Bar | None:
    """Why a record may not come in; None for a person whom nothing bounds."""
    if person.everywhere:
        return None
    scope = "、".join((*person.districts, *person.unions))
    foreign = _foreign_codes(store, person)

    def bar(placed: Placed) -> str:
        if not placed.district and not person.unions:
            return f"看不出在哪个区，没有收：请写明区。你的账号管的是{scope}"
        if not any(person.reaches(placed.district, union) for union in _unions(placed.declared)):
            where = placed.district or "别处"
            return f"这一行在{where}，没有收：你的账号管的是{scope}，请由{where}的账号导入"
        codes = _codes(placed.declared) & foreign.keys()
        if codes:
            code = min(codes)
            return f"编号“{code[1]}”是{foreign[code]}已有的站点，没有收：请核对编号"
        return ""

    return bar


def _unions(declared: Declared) -> tuple[str, ...]:
    match declared:
        case DeclaredPlace():
            return tuple(service.union for service in declared.services)
        case DeclaredApplication():
            return (declared.union,)
        case _:
            return ("",)


def _codes(declared: Declared) -> set[tuple[str, str]]:
    if not isinstance(declared, DeclaredPlace):
        return set()
    return {(one.kind.value, one.official_code) for one in declared.services if one.official_code}


def _foreign_codes(store: Store, person: Person) -> dict[tuple[str, str], str]:
    """The official codes of points that are another's, by which a row would change them."""
    point = ServicePoint
    query = select(point.kind, point.official_code, Place.district, point.union).join(Place)
    with store.reading() as session:
        rows = session.execute(query.where(point.official_code != "")).all()
    return {
        (row.kind, row.official_code): row.district or "别处"
        for row in rows
        if not person.reaches(row.district, row.union)
    }
