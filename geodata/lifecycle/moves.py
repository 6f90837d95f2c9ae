"""The one table of legal moves: who may take a service point from which status to which.

surveyed → declared → district_reviewed → city_approved → building → accepted → plaqued ⇄
rectifying → delisted, and the ways out of it. A person moves along these and no other way; an
import is told apart in docs/lifecycle.md.
"""

from dataclasses import dataclass
from enum import StrEnum

from geodata.accounts.roles import Role
from geodata.errors import ParameterError
from geodata.kinds import STATUS_LABELS, Status


class Need(StrEnum):
    """What has to be there before a move, beside a reason."""

    NOTHING = "nothing"
    NEW_PLACE = "new_place"
    PLAQUE = "plaque"
    YELLOW_CARD = "yellow_card"
    PASSED_INSPECTION = "passed_inspection"
    RED_CARD = "red_card"


@dataclass(frozen=True, slots=True)
class Move:
    """One legal move; `city` ones are for accounts whose reach nothing bounds."""

    before: Status
    after: Status
    role: Role
    reason: bool = False
    need: Need = Need.NOTHING
    city: bool = False

    def may(self, role: Role, *, everywhere: bool) -> bool:
        """Whether an account of this role and reach may make it."""
        return role.may(self.role) and (everywhere or not self.city)


S, R = Status, Role
MOVES: tuple[Move, ...] = (
    Move(S.SURVEYED, S.DECLARED, R.EDITOR),
    Move(S.SURVEYED, S.WITHDRAWN, R.EDITOR, reason=True),
    Move(S.DECLARED, S.DISTRICT_REVIEWED, R.REVIEWER),
    Move(S.DECLARED, S.REJECTED, R.REVIEWER, reason=True),
    Move(S.DECLARED, S.WITHDRAWN, R.EDITOR, reason=True),
    Move(S.DISTRICT_REVIEWED, S.CITY_APPROVED, R.REVIEWER, city=True),
    Move(S.DISTRICT_REVIEWED, S.REJECTED, R.REVIEWER, reason=True, city=True),
    Move(S.DISTRICT_REVIEWED, S.DECLARED, R.REVIEWER, reason=True),
    Move(S.DISTRICT_REVIEWED, S.WITHDRAWN, R.EDITOR, reason=True),
    Move(S.CITY_APPROVED, S.BUILDING, R.EDITOR),
    Move(S.CITY_APPROVED, S.WITHDRAWN, R.EDITOR, reason=True),
    Move(S.BUILDING, S.ACCEPTED, R.REVIEWER),
    Move(S.BUILDING, S.WITHDRAWN, R.EDITOR, reason=True),
    Move(S.ACCEPTED, S.PLAQUED, R.REVIEWER, need=Need.PLAQUE),
    Move(S.ACCEPTED, S.BUILDING, R.REVIEWER, reason=True),
    Move(S.ACCEPTED, S.WITHDRAWN, R.EDITOR, reason=True),
    Move(S.PLAQUED, S.RECTIFYING, R.REVIEWER, reason=True, need=Need.YELLOW_CARD),
    Move(S.PLAQUED, S.DELISTED, R.REVIEWER, reason=True),
    Move(S.PLAQUED, S.CLOSED, R.EDITOR, reason=True),
    Move(S.PLAQUED, S.MOVED, R.EDITOR, reason=True, need=Need.NEW_PLACE),
    Move(S.RECTIFYING, S.PLAQUED, R.REVIEWER, need=Need.PASSED_INSPECTION),
    Move(S.RECTIFYING, S.DELISTED, R.REVIEWER, reason=True, need=Need.RED_CARD),
    # Whoever has a yellow card does not get rid of it by leaving: these ask for a reviewer.
    Move(S.RECTIFYING, S.CLOSED, R.REVIEWER, reason=True),
    Move(S.RECTIFYING, S.MOVED, R.REVIEWER, reason=True, need=Need.NEW_PLACE),
    Move(S.REJECTED, S.DECLARED, R.EDITOR),
    Move(S.WITHDRAWN, S.DECLARED, R.EDITOR),
    # Back from where a slip, or a landlord who gave way, put it.
    Move(S.CLOSED, S.PLAQUED, R.REVIEWER, reason=True),
    Move(S.MOVED, S.PLAQUED, R.REVIEWER, reason=True),
    Move(S.DELISTED, S.DECLARED, R.REVIEWER, reason=True),
    Move(S.DELISTED, S.PLAQUED, R.ADMIN, reason=True),
)
_BY_ENDS = {(move.before, move.after): move for move in MOVES}


def moves_from(status: Status, role: Role, *, everywhere: bool = True) -> tuple[Move, ...]:
    """The moves an account may make from a status, in the order of the table."""
    return tuple(
        move for move in MOVES if move.before is status and move.may(role, everywhere=everywhere)
    )


def legal(before: Status, after: Status) -> Move:
    """The move between two statuses.

    Raises:
        ParameterError: there is none.
    """
    found = _BY_ENDS.get((before, after))
    if found is None:
        ways = "、".join(f"“{STATUS_LABELS[m.after][0]}”" for m in MOVES if m.before is before)
        raise ParameterError(
            f"“{STATUS_LABELS[before][0]}”不能直接变成“{STATUS_LABELS[after][0]}”；可以变成{ways}。"
        )
    return found
