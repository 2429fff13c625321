"""Who may do what: signed sessions, argon2id passwords, hashed tokens, CSRF tokens, a throttled sign-in."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from itsdangerous import BadSignature, URLSafeTimedSerializer

from sayso.desk.base import View
from sayso.errors import SaysoError
from sayso.model.account import Account, Role

COOKIE = "sayso_session"
SESSION_SECONDS = 12 * 3600
ATTEMPTS, WINDOW = 5, 300.0
SHORTEST_PASSWORD = 12
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex(8))


class NotAllowed(SaysoError):
    """The visitor may not do that."""

    status = 403


class SignInNeeded(SaysoError):
    """Nobody is signed in."""

    status = 401


class TooMany(SaysoError):
    """Too many requests or attempts."""

    status = 429


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: a name (None for nobody), a role, and the session's CSRF token."""

    name: str | None
    role: Role | None
    csrf: str = ""

    def may(self, needed: Role) -> bool:
        """Whether the visitor's role is enough."""
        return self.role is not None and self.role.allows(needed)


def hash_password(password: str) -> str:
    """The argon2id hash of a password.

    Raises:
        NotAllowed: it is too short.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise NotAllowed(f"the password has fewer than {SHORTEST_PASSWORD} characters", remedy="choose a longer one")
    return _HASHER.hash(password)


def digest_of(token: str) -> str:
    """What the desk keeps of an API token."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(slots=True)
class Gate:
    """Sessions of one server.

    Args:
        key: signs the cookies; a fresh one at each start signs everybody out.
        open_reading: whether anyone may read (only on a loopback address), and tend the desk while no account exists.
        secure: whether cookies are for HTTPS alone.
        clock: for tests.
    """

    key: str
    open_reading: bool
    secure: bool = False
    clock: Callable[[], float] = time.time
    _failures: dict[str, list[float]] = field(default_factory=dict)

    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.key, salt="session")

    def visitor(self, cookie: str | None, authorization: str | None, view: View) -> Visitor:
        """Who asks, by cookie or ``Authorization: Bearer``."""
        if authorization and authorization.startswith("Bearer "):
            digest = digest_of(authorization.removeprefix("Bearer ").strip())
            for token in view.tokens():
                if hmac.compare_digest(token.digest, digest):
                    return Visitor(token.name, token.role)
            raise SignInNeeded("the API token is not known", remedy="make one with: sayso token add NAME")
        accounts = {one.name: one for one in view.accounts() if one.secret}
        if cookie:
            try:
                name, csrf = self._signer().loads(cookie, max_age=SESSION_SECONDS)
            except (BadSignature, ValueError, TypeError):
                name, csrf = None, ""
            if name in accounts:
                return Visitor(name, accounts[name].role, csrf)
            if name == "" and csrf and self.open_reading:
                return Visitor(None, self._nobody(accounts), csrf)
        return Visitor(None, self._nobody(accounts))

    def _nobody(self, accounts: dict[str, Account]) -> Role | None:
        if not self.open_reading:
            return None
        return Role.READER if accounts else Role.EDITOR

    def session(self, name: str = "") -> tuple[str, str]:
        """A cookie for *name* ("" for a guest), and its CSRF token."""
        csrf = secrets.token_urlsafe(24)
        return self._signer().dumps([name, csrf]), csrf

    def sign_in(self, name: str, password: str, address: str, view: View) -> Account:
        """The account of that name and password.

        Raises:
            TooMany: too many attempts failed from this address or on this name.
            SignInNeeded: name or password is wrong, or the account is disabled; it is not told which.
        """
        now = self.clock()
        for key in (f"a {address}", f"n {name}"):
            recent = [at for at in self._failures.get(key, []) if now - at < WINDOW]
            self._failures[key] = recent
            if len(recent) >= ATTEMPTS:
                raise TooMany("too many failed attempts", remedy="wait five minutes")
        account = next((one for one in view.accounts() if one.name == name), None)
        try:
            # a hash is checked in every case, so that the time taken does not tell whether the name exists
            _HASHER.verify(account.secret if account and account.secret else _NOBODY, password)
            good = account is not None and account.secret is not None
        except (Argon2Error, InvalidHashError):
            good = False
        if not good or account is None:
            for key in (f"a {address}", f"n {name}"):
                self._failures.setdefault(key, []).append(now)
            raise SignInNeeded("name or password is wrong", remedy="try again")
        return account


def require(visitor: Visitor, needed: Role) -> None:
    """Raises unless the visitor's role is enough.

    Raises:
        SignInNeeded: nobody is signed in.
        NotAllowed: the role is too small.
    """
    if visitor.may(needed):
        return
    if visitor.name is None:
        raise SignInNeeded("this needs an account", remedy="sign in")
    raise NotAllowed(f"this needs the role {needed.value}", remedy="ask an admin of this desk")


def check_csrf(visitor: Visitor, given: str | None) -> None:
    """Raises unless a form came from a page of this session.

    Raises:
        NotAllowed: it did not.
    """
    if not visitor.csrf or not given or not hmac.compare_digest(visitor.csrf, given):
        raise NotAllowed("the form is too old or came from elsewhere", remedy="open the page again and repeat")
