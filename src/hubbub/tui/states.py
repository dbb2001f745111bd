"""States: how it stands between a station and its server, and what it asks before it goes on."""

from typing import Final

import msgspec

from hubbub.core.kinds import Refusal, RefusalCode


class NewCertificate(msgspec.Struct, frozen=True):
    """No authority vouches for the server's certificate, and it was not seen before: is it the right one?"""

    fingerprint: str


class ChangedCertificate(msgspec.Struct, frozen=True):
    """The server shows another certificate than before: somebody may be listening in."""

    fingerprint: str
    before: str


class WantsName(msgspec.Struct, frozen=True):
    """One cannot be called so; the refusal says why, and may suggest another name."""

    refusal: Refusal


class WantsPassword(msgspec.Struct, frozen=True):
    """The name is somebody's who has an account, or only those who have one come in."""

    refusal: Refusal


class WantsCode(msgspec.Struct, frozen=True):
    """An account is opened by invitation only."""

    refusal: Refusal


Question = NewCertificate | ChangedCertificate | WantsName | WantsPassword | WantsCode


class Closed(msgspec.Struct, frozen=True):
    """Nothing was begun, or it was ended here."""


class Connecting(msgspec.Struct, frozen=True):
    """The server is being reached."""


class Online(msgspec.Struct, frozen=True):
    """What is asked is sent at once, and everything that was missed is there."""


class Waiting(msgspec.Struct, frozen=True):
    """The connection is lost, and will be made again by itself."""

    sentence: str
    until_ms: int | None = None
    """When it is tried next, in milliseconds since 1970 UTC; None where the connection itself decides."""


class Asking(msgspec.Struct, frozen=True):
    """Somebody has to answer a question first."""

    question: Question


class Ended(msgspec.Struct, frozen=True):
    """The server wants nobody back, or is none; it is tried no more unless somebody asks for it."""

    sentence: str


State = Closed | Connecting | Online | Waiting | Asking | Ended

NAMES: Final[frozenset[RefusalCode]] = frozenset({"bad_name", "look_alike", "name_taken"})
PASSWORDS: Final[frozenset[RefusalCode]] = frozenset(
    {"name_reserved", "wrong_password", "bad_password", "accounts_only", "needs_account", "not_registered"}
)
CODES: Final[frozenset[RefusalCode]] = frozenset({"needs_invitation", "bad_code"})


def question_of(refusal: Refusal) -> Question | None:
    """Return what would let one in instead; None where nothing would."""
    if refusal.code in NAMES:
        return WantsName(refusal)
    if refusal.code in PASSWORDS:
        return WantsPassword(refusal)
    return WantsCode(refusal) if refusal.code in CODES else None
