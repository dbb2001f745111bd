"""Identity: what a client is told of whose account it has. IRCv3 sasl-3.1, 900 and 901."""

from collections.abc import Iterator

from hubbub.core.kinds import PersonId
from hubbub.gateways.irc import joining
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.dialect import UNKNOWN_ACCOUNT
from hubbub.gateways.irc.talk import Talk
from hubbub.gateways.irc.telling import own_line
from hubbub.wire.irc.numerics import Numeric


def logged_in(talk: Talk, account: PersonId, *, has_become: bool = False) -> Iterator[bytes]:
    """Tell that somebody has an account: "sent when the user's account name is set (whether by SASL or otherwise)".

    Who `has_become` somebody else who has one hears nothing of it from anybody else.
    """
    yield from _moved(talk)
    names = talk.settings.names
    name = names.account(account)
    if has_become:
        yield from _notified(talk, name)
    yield talk.numeric(
        Numeric.RPL_LOGGEDIN, names.source(account, talk.wanted_nick), name, text=f"You are logged in as {name}"
    )


def logged_out(talk: Talk) -> Iterator[bytes]:
    """Tell that he is a guest."""
    yield from _moved(talk)
    yield from _notified(talk, UNKNOWN_ACCOUNT)
    yield talk.numeric(Numeric.RPL_LOGGEDOUT, talk.source, text="You are a guest now")


def _notified(talk: Talk, account: str) -> Iterator[bytes]:
    """Tell which account the client has now: clients hear of those around them, "including themselves".

    IRCv3 account-notify.
    """
    if talk.has(Capability.ACCOUNT_NOTIFY):
        yield own_line(talk, "ACCOUNT", account)


def _moved(talk: Talk) -> Iterator[bytes]:
    """Tell what the client is called now, and that it is not any more where only the other was."""
    yield from joining.renamed(talk)
    for channel in list(talk.departing):
        yield from joining.departed(talk, channel)
