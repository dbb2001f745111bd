"""The rules of passwords: which ones are good enough, and which are the same.

A password is prepared by PRECIS OpaqueString (RFC 8265 section 4.2): the same characters typed on another system are
the same password. It differs from the SASLprep of older SCRAM clients only for characters such as ligatures.
"""

from typing import Final

from hubbub.core.kinds import Refused
from hubbub.service.common_passwords import COMMON_PASSWORDS

PASSWORD_MINIMUM: Final = 8
"""Shortest password, in characters. NIST SP 800-63B (2017) section 5.1.1.2, which also says why there is no rule about
capitals, digits and marks. Its fourth revision (2025) asks for 15 where nothing else is asked for."""

PASSWORD_LIMIT: Final = 1_024
"""Longest password, in characters: far more than the 64 that NIST wants to be possible, and quickly prepared."""


def require_password(password: str, name: str) -> None:
    """Raise `Refused` with `bad_password` and a sentence, unless somebody of that name may have that password."""
    prepared = prepare_password(password)
    if len(prepared) < PASSWORD_MINIMUM:
        raise _refusal(f"A password has at least {PASSWORD_MINIMUM} characters. Take a few words in a row.")
    folded = prepared.casefold()
    if folded in COMMON_PASSWORDS or len(set(folded)) == 1:
        raise _refusal("That password is one of the first that are guessed. Take a few words in a row.")
    if folded == name.casefold():
        raise _refusal("A name is no password, for everybody knows it. Take a few words in a row.")


def prepare_password(password: str) -> str:
    """Return the password as it is hashed. Raises `Refused` with `bad_password`."""
    if len(password) > PASSWORD_LIMIT:
        raise _refusal(f"That password has {len(password)} characters, and {PASSWORD_LIMIT} is the most.")
    if password.isascii() and password.isprintable():
        return password  # PRECIS leaves these as they are
    from precis_i18n import get_profile  # noqa: PLC0415 - as for names: plain passwords never need its tables

    try:
        prepared: str = get_profile("OpaqueString").enforce(password)
    except UnicodeEncodeError:
        raise _refusal("A password is made of letters, digits, marks and spaces, without control characters.") from None
    return prepared


def _refusal(sentence: str) -> Refused:
    return Refused("bad_password", sentence)
