"""Requests about accounts: none shows its secrets, wherever it is written down."""

from typing import Final, get_args

import msgspec
import pytest

from hubbub.core.account_answers import InvitationMade, TokenMade
from hubbub.core.account_requests import AccountRequest, AnyAccountRequest, LogIn
from hubbub.gateways.conversation import Ask, Introduce

SECRET: Final = "wombat battery"


def filled(kind: type[AccountRequest]) -> AccountRequest:
    """Return a request with the secret wherever there is a text."""
    return kind(**{field.name: SECRET if field.type is str else 1 for field in msgspec.structs.fields(kind)})


@pytest.mark.parametrize("kind", get_args(AnyAccountRequest))
def test_no_request_shows_what_is_in_it(kind: type[AccountRequest]) -> None:
    """Nor does what holds one: a traceback or a log may show it at any time."""
    request = filled(kind)
    assert repr(request) == f"<{kind.__name__}>"
    for holder in (f"{request}", repr((request,)), repr(Ask(request))):  # type: ignore[arg-type]
        assert SECRET not in holder


def test_nothing_that_proves_or_gives_a_secret_shows_it() -> None:
    """At the door, and in the answers that show a secret this once."""
    for holder in (Introduce("ann", LogIn("ann", SECRET)), TokenMade("T1", SECRET), InvitationMade("I1", SECRET, 1, 0)):
        assert SECRET not in repr(holder)
        assert SECRET not in f"{holder}"
