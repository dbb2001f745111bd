"""Members: people with accounts, who come in by their passwords, on as many connections as they like."""

from collections.abc import Awaitable
from typing import Final

import pytest

from hubbub.core.account_answers import LoggedIn, Registered
from hubbub.core.account_requests import LogIn, Register
from hubbub.core.answers import Answer
from hubbub.core.kinds import Refusal, Refused
from hubbub.service.audience import Dialect
from hubbub.service.entrance import Credential
from hubbub.service.peers import Peer
from tests.service.guests import HERE, RECORDS, Guest
from tests.service.node import Node

PASSWORD: Final = "correct horse battery"
"""Everybody's, where nothing else is said."""


class Member(Guest):
    """Somebody who has come in with his account."""

    def __init__(self, node: Node, dialect: Dialect = RECORDS) -> None:
        """Prepare a connection; `come_in` lets it in."""
        self._prepare(node, dialect)
        self.peer = HERE
        self.welcome = LoggedIn("", ())
        """What he was told on coming in."""

    async def come_in(self, name: str, proof: Credential) -> None:
        """Come in, or raise `Refused`."""
        session, self.welcome = await self.node.entrance.enter(name, proof, self.outbox, self, self.peer)
        self._begin(session, None)


async def log_in(
    node: Node, name: str, password: str = PASSWORD, dialect: Dialect = RECORDS, peer: Peer = HERE
) -> Member:
    """Let somebody in who has an account; raises `Refused`."""
    member = Member(node, dialect)
    member.peer = peer
    await member.come_in(name, LogIn(name, password))
    return member


async def sign_up(node: Node, name: str, code: str = "", password: str = PASSWORD, peer: Peer = HERE) -> Member:
    """Let somebody in who opens an account on the way; raises `Refused`."""
    member = Member(node)
    member.peer = peer
    await member.come_in(name, Register(password, code))
    return member


async def register(guest: Guest, password: str = PASSWORD) -> None:
    """Let a guest keep his name."""
    assert await guest.ask(Register(password)) == Registered(guest.name)


async def refusal_of(coming: Awaitable[object]) -> Refusal:
    """Return why somebody was not let in."""
    with pytest.raises(Refused) as refused:
        await coming
    return refused.value.refusal


async def code_of(asked: Awaitable[Answer]) -> str:
    """Return the code with which something was refused."""
    answer = await asked
    assert isinstance(answer, Refusal), answer
    return answer.code
