"""Access: who may come in, and who may open an account."""

from typing import Literal

import msgspec

from hubbub.core.kinds import Refused

WhoMayEnter = Literal["anyone", "registered", "invited"]


class Access(msgspec.Struct, frozen=True):
    """What the operator has decided about newcomers."""

    who: WhoMayEnter = "anyone"
    """Anyone; people with an account; or people with an account that they opened by invitation."""
    guests: bool = True
    """Whether people without an account may come in where anyone may."""
    registration: bool = True
    """Whether people may open accounts by themselves; with an invitation they always may."""

    def require_guest(self) -> None:
        """Raise `Refused` with `needs_account` where only people with an account may come in."""
        if self.who == "anyone" and self.guests:
            return
        how = "/register NAME PASSWORD"
        if self.who == "invited" or not self.registration:
            how += " INVITATION"
        raise Refused(
            "needs_account",
            f"Only people with an account may come in here. Log in with /login NAME, or open one with {how}",
        )

    def require_registration(self, *, invited: bool) -> None:
        """Raise `Refused` with `needs_invitation` for someone who may not open an account without one."""
        if invited or (self.registration and self.who != "invited"):
            return
        raise Refused(
            "needs_invitation",
            "Accounts are opened by invitation here: ask a member for one, and type its code behind your password.",
        )
