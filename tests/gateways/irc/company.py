"""Company: what people on IRC do as if in another protocol, and what their clients hear, without what varies."""

import re
from collections.abc import Iterable
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.catalog import AnyCommand
from hubbub.core.features.accounts import OpenAccount
from hubbub.core.house import Person
from hubbub.core.roles import ServerRole
from hubbub.core.scene import DONE
from tests.gateways.irc.clients import SERVER, Client, Network

HOST: Final = re.compile(r"\b[a-z2-7]{12}\.(guest|account)\b")


def plain(lines: Iterable[str]) -> list[str]:
    """Return lines without the server's name before them, and with HOST for everybody's."""
    return [HOST.sub("HOST", line).removeprefix(f":{SERVER} ") for line in lines]


def seated(place: Network, nick: str) -> Person:
    """Return who is called so."""
    person = place.node.house.find_named(nick)
    assert person is not None
    return person


async def act(place: Network, nick: str, request: AnyCommand) -> Answer:
    """Let somebody who is here do something, and return what comes of it."""
    session = place.node.sessions.of(seated(place, nick).id)[0]
    answer = await place.node.requests.perform(session, request)
    await place.node.settle()
    return answer


async def open_account(place: Network, nick: str, role: ServerRole = ServerRole.MEMBER) -> None:
    """Let somebody have an account, and be something on the server."""
    assert await act(place, nick, OpenAccount(role)) == DONE


async def administrator(place: Network, nick: str, *capabilities: str) -> Client:
    """Return an administrator who is in no channel."""
    client = await place.arrive(nick, *capabilities)
    await open_account(place, nick, ServerRole.ADMINISTRATOR)
    await client.settle()
    return client
