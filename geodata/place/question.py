"""A declared record as the ladder's steps and checks see it."""

from dataclasses import dataclass, replace

from geodata.declared import (
    Declared,
    DeclaredKeyed,
    DeclaredLocated,
    DeclaredPlace,
    Source,
)
from geodata.model import Address, Coordinates
from geodata.place.address import parse
from geodata.place.district import canonical_district

CARRIED_DOWN = "district_carried_down"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the ladder.

    `declared_district` is the column's, `own_district` the one the address itself names; both
    canonical, "" when there is none.
    """

    declared: Declared
    address: Address | None
    coordinates: Coordinates | None
    declared_district: str
    own_district: str
    carried_down: bool

    @property
    def district(self) -> str:
        """The better word: the column's, unless it was only carried down from a merged cell."""
        if self.carried_down:
            return self.own_district or self.declared_district
        return self.declared_district or self.own_district

    @property
    def towns(self) -> tuple[str, ...]:
        """The towns named, the address's own first."""
        column = self.declared.town if isinstance(self.declared, DeclaredLocated) else ""
        own = self.address.town if self.address else ""
        return tuple(name for name in dict.fromkeys((own, column.strip())) if name)

    def about(self, text: str) -> "Question":
        """The same question about another address."""
        address = parse(text)
        own = canonical_district(address.district) or ""
        return replace(self, address=address, own_district=own)

    def cell(self, field: str) -> str:
        """Where a field was read, as 第 4 行 C 列; only the row if the form has no such column."""
        source = self.declared.source
        if not source.row:
            return ""
        row = f"第 {source.row} 行"
        return f"{row} {source.columns[field][0]} 列" if field in source.columns else row


def ask(declared: Declared) -> Question:
    """The question a declared record puts."""
    if isinstance(declared, DeclaredKeyed):
        text, coordinates = "", None
    else:
        text, coordinates = declared.address.strip(), declared.coordinates
    address = parse(text) if text else None
    return Question(
        declared=declared,
        address=address,
        coordinates=coordinates,
        declared_district=canonical_district(declared.district) or "",
        own_district=(canonical_district(address.district) if address else None) or "",
        carried_down=any(flag.code == CARRIED_DOWN for flag in declared.flags),
    )


def ask_about(text: str, *, district: str = "") -> Question:
    """The question a bare address puts, beside the district a list gives for it."""
    nowhere = Source("", "", 0, {}, "")
    return ask(DeclaredPlace("", text, district, "", (), nowhere))
