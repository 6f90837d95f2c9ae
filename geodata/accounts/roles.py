"""Roles and their reach: what a person may do, and whose drafts he may see."""

from dataclasses import dataclass
from enum import StrEnum

from geodata.errors import NoSuchRecordError
from geodata.kinds import Status

# What every role may read of every district: it is on the public map, or was.
OPEN_TO_ALL = frozenset({Status.PLAQUED, Status.RECTIFYING, Status.DELISTED, Status.MOVED})


class Role(StrEnum):
    """Each may do what those before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def may(self, needed: "Role") -> bool:
        """Whether this role includes another."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


ROLE_LABELS: dict[Role, tuple[str, str]] = {
    Role.VIEWER: ("查看", "Viewer"),
    Role.EDITOR: ("编辑", "Editor"),
    Role.REVIEWER: ("审核", "Reviewer"),
    Role.ADMIN: ("管理员", "Administrator"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Someone signed in. Without districts and unions his reach is the whole city.

    `login` is what changes and reads are recorded under; it is an account's name, no person's.
    """

    login: str
    role: Role
    districts: tuple[str, ...] = ()
    unions: tuple[str, ...] = ()

    @property
    def everywhere(self) -> bool:
        """Whether nothing bounds his reach."""
        return not self.districts and not self.unions

    def reaches(self, district: str, union: str = "") -> bool:
        """Whether a record of this district or union is his to work on."""
        mine = district in self.districts or (bool(union) and union in self.unions)
        return self.everywhere or mine

    def sees(self, district: str, status: Status, union: str = "") -> bool:
        """Whether he may read a service point: his own, and what is public of others."""
        return status in OPEN_TO_ALL or self.reaches(district, union)

    def must_reach(self, district: str, union: str = "") -> None:
        """Refuse what is another's.

        Raises:
            NoSuchRecordError: the record is out of his reach.
        """
        if not self.reaches(district, union):
            raise NoSuchRecordError
