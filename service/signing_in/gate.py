"""Who a request comes from: by its token, else by its session; looked up anew each time."""

import hmac
import time
from dataclasses import dataclass

from flask import Request, g, request, session

from geodata.accounts import passwords, sign_ins, standing, tokens, tries
from geodata.accounts.book import BUILT_IN
from geodata.accounts.roles import Person
from geodata.accounts.standing import BuiltIn
from geodata.errors import SignInError
from geodata.moments import utc_now
from geodata.store import Store
from geodata.tables import Account
from service.clock import today
from service.settings import Settings
from service.signing_in import device

IDLE_S = 12 * 3600
LONGEST_S = int(sign_ins.LONGEST.total_seconds())
# A cookie is written anew that often, not with every request.
_REFRESH_S = 300


def token_of(asked: Request) -> str | None:
    """The token of a request that brings one, whatever it is worth."""
    kind, _, token = asked.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


@dataclass(frozen=True, eq=False)
class Gate:
    """Knows who asks, checks passwords, opens sessions."""

    store: Store
    built_in: BuiltIn
    key: str

    @classmethod
    def of(cls, settings: Settings, store: Store) -> "Gate":
        built_in = BuiltIn(settings.planner_password, settings.secret_key)
        return cls(store, built_in, settings.secret_key)

    def who(self) -> Person | None:
        """Who asks; None for someone not signed in.

        Raises:
            SignInError: the request brings a token that does not hold.
        """
        token = token_of(request)
        return self._by_session() if token is None else self._by_token(token)

    def _by_session(self) -> Person | None:
        login, sign_in = str(session.get("login", "")), str(session.get("id", ""))
        now, seen = int(time.time()), session.get("seen", 0)
        if not sign_in or now - seen > IDLE_S or now - session.get("since", 0) > LONGEST_S:
            return None
        with self.store.reading() as kept:
            over = sign_ins.is_over(kept, sign_in)
            found = None if over else standing.standing(kept, login, self.built_in)
        held = str(session.get("generation", ""))
        if found is None or not hmac.compare_digest(held, found.generation):
            return None
        if now - seen > _REFRESH_S:
            session["seen"] = now
        return found.person

    def _by_token(self, token: str) -> Person:
        day = today()
        with self.store.reading() as kept:
            found = standing.bearer(kept, token, self.built_in, today=day)
        if found is None:
            raise SignInError("这个令牌不对、已经到期或吊销了。请到“我的账号”里另做一个。")
        if found.unused_today:
            with self.store.writing() as kept:
                tokens.used(kept, found.token_id, today=day)
        g.by_token = True
        return found.person

    def right_password(self, login: str, password: str, address: str) -> bool:
        """Whether a password is an account's; takes as long for an account that is not there.

        Raises:
            TooManyAttemptsError: too many wrong tries by this account or from this address.
        """
        with self.store.writing() as kept:
            found = standing.standing(kept, login, self.built_in)
            known = device.number_of(login, found.generation, key=self.key) if found else ""
            tried = tries.begin(kept, login, address, key=self.key, device=known)
        with self.store.reading() as kept:
            row = kept.get(Account, login)
            held = row.password_hash if row is not None and row.active else ""
        # Outside of any transaction: hashing is slow by intention.
        checked = passwords.check(held, password)
        right = self.built_in.fits(password) if login == BUILT_IN else checked.right
        if right:
            with self.store.writing() as kept:
                tries.forget(kept, tried)
                row = kept.get(Account, login)
                if checked.rehashed and row is not None and row.password_hash == held:
                    row.password_hash = checked.rehashed
        return right

    def let_in(self, login: str) -> bool:
        """Open a session that holds nothing of the one before; False for an account shut out."""
        self.sign_out()
        with self.store.writing() as kept:
            found = standing.standing(kept, login, self.built_in)
            row = kept.get(Account, login)
            if found is not None and row is not None:
                row.signed_in_at = utc_now()
        if found is not None:
            session["login"], session["id"] = login, sign_ins.new_id()
            session["generation"] = found.generation
            session["since"] = session["seen"] = int(time.time())
            device.remember(login, found.generation, key=self.key)
        return found is not None

    def sign_out(self) -> None:
        """End the session here and wherever a copy of its cookie lies."""
        sign_in = str(session.get("id", ""))
        session.clear()
        if sign_in:
            with self.store.writing() as kept:
                sign_ins.end(kept, sign_in)
