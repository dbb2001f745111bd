"""The door: what a client may say before it is in, besides a name."""

from typing import Final

import msgspec

from hubbub.core.account_requests import LogIn, Register
from hubbub.core.kinds import Refusal
from hubbub.gateways.conversation import Introduce
from hubbub.wire.slash.accounts import split_code

LOGIN_USAGE: Final = "Log in with /login NAME, then type the password."
REGISTER_USAGE: Final = "Open an account with /register NAME PASSWORD, and an INVITATION behind it if you have one."
ASK_PROOF: Final = "If it is yours, type its password; if it is not, just press Enter."
ASK_AGAIN: Final = "Type the password again, or just press Enter and take another name."


class Answered(msgspec.Struct, frozen=True):
    """What is to be said, and nothing else to be done."""

    sentence: str


class Door:
    """Remembers whose password is awaited."""

    __slots__ = ("_knocked", "claiming")

    def __init__(self) -> None:
        self.claiming = ""
        """The name whose password the next line is; empty while none is awaited."""
        self._knocked = ""
        """The name whose password was given last."""

    def hear(self, line: str) -> Introduce | Answered | None:
        """Return what a line comes to that is a password or one of `/login` and `/register`; None for any other."""
        if self.claiming:
            name, self.claiming = self.claiming, ""
            return self._log_in(name, line) if line.strip() else Answered("")
        word, _, rest = line.strip().partition(" ")
        match word.lower():
            case "/login":
                return self._hear_login(rest.strip())
            case "/register":
                return self._hear_registration(rest.strip())
            case _:
                return None

    def refuse(self, name: str, refusal: Refusal) -> str:
        """Return what else is said to whoever was refused; from then on a password may be awaited."""
        if refusal.code == "name_reserved" and name:
            self.claiming = name
            return ASK_PROOF
        if refusal.code == "wrong_password" and self._knocked:
            self.claiming = self._knocked
            return ASK_AGAIN
        return ""

    def _hear_login(self, rest: str) -> Introduce | Answered:
        name, _, password = rest.partition(" ")
        if not name:
            return Answered(LOGIN_USAGE)
        if not password:
            self.claiming = name
            return Answered(f"Password of {name}:")
        return self._log_in(name, password.strip())

    def _hear_registration(self, rest: str) -> Introduce | Answered:
        name, _, secrets = rest.partition(" ")
        if not secrets.strip():
            return Answered(REGISTER_USAGE)
        return Introduce(name, Register(*split_code(secrets.strip())))

    def _log_in(self, name: str, password: str) -> Introduce:
        self._knocked = name
        return Introduce(name, LogIn(name, password))
