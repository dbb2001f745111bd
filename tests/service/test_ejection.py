"""Ejection: who is sent off the server is gone, and who is kept off it stays out."""

import pytest

from hubbub.core.features.accounts import OpenAccount
from hubbub.core.features.ejection import BanFromServer, Eject, UnbanFromServer
from hubbub.core.features.membership import Left
from hubbub.core.kinds import Refused
from hubbub.core.queries import ListServerBans
from hubbub.core.roles import ServerRole
from hubbub.core.room_answers import BanList
from hubbub.core.scene import DONE
from hubbub.core.signals import Ejecting
from hubbub.service.peers import Peer
from tests.service.guests import Guest, arrive
from tests.service.members import log_in, refusal_of, register
from tests.service.node import Node


async def administrator(node: Node) -> Guest:
    """Let an administrator in."""
    guest = Guest(node, "abe")
    assert await guest.ask(OpenAccount(ServerRole.ADMINISTRATOR)) == DONE
    return guest


async def test_who_is_ejected_may_come_back(node: Node) -> None:
    """All his connections are ended, he is told by whom and why, and nothing keeps him from coming again."""
    abe, ann = await administrator(node), Guest(node, "ann")
    await register(ann)
    other = await log_in(node, "ann")
    assert await abe.ask(Eject("ANN", "rude")) == DONE
    assert ann.dismissed == other.dismissed == ["abe has sent you off this server. (rude)"]
    await log_in(node, "ann")


async def test_others_learn_by_whom_and_why(node: Node) -> None:
    """At once, however long the connection takes to close; whoever is sent away is told so as a signal, too."""
    abe = await administrator(node)
    ann, bob = await arrive(node, "ann", "bob")
    assert await abe.ask(Eject("bob", "rude")) == DONE
    await node.settle()
    assert bob.signals == [Ejecting("abe", "rude")]
    assert ann.heard_of(Left) == [Left(bob.session.person.id, "bob", "rude", quitting=True, by="abe")]


async def test_a_ban_reaches_who_is_there_and_who_comes(node: Node) -> None:
    """By name, pattern or address: those who are there are sent away, and those who come are refused."""
    abe = await administrator(node)
    spammer, far = Guest(node, "spammer"), Guest(node, "zoe", address="192.0.2.9")
    assert await abe.ask(BanFromServer("spam*", "ads", 3_600)) == DONE
    assert spammer.dismissed == ["You are banned from this server for another 1 hour. (ads)"]
    assert await abe.ask(BanFromServer("192.0.2.0/24")) == DONE
    assert far.dismissed == ["You are banned from this server."]
    for name, address in (("spam2", "127.0.0.1"), ("zoe", "192.0.2.10")):
        with pytest.raises(Refused, match="You are banned"):
            Guest(node, name, address=address)
    assert abe.dismissed == []
    listed = await abe.ask(ListServerBans())
    assert isinstance(listed, BanList)
    assert [ban.shown for ban in listed.bans] == ["spam*", "192.0.2.0/24"]
    assert await abe.ask(UnbanFromServer("spam*")) == DONE
    Guest(node, "spam2")


async def test_an_account_is_banned_under_all_its_names(node: Node) -> None:
    """Whoever has proved who he is and is banned is told so; so is whoever logs in from where nobody may come."""
    abe, ann = await administrator(node), Guest(node, "ann")
    await register(ann)
    assert await abe.ask(BanFromServer("ann")) == DONE
    assert len(ann.dismissed) == 1
    assert (await refusal_of(log_in(node, "ann"))).code == "banned"
    assert await abe.ask(UnbanFromServer("ann")) == DONE
    await log_in(node, "ann")
    assert await abe.ask(BanFromServer("198.51.100.7")) == DONE
    refusal = await refusal_of(log_in(node, "ann", peer=Peer("198.51.100.7:1", "198.51.100.7")))
    assert refusal.code == "banned"


async def test_only_administrators_see_who_is_banned(node: Node) -> None:
    """Anybody else is refused."""
    refusal = await Guest(node, "ann").ask(ListServerBans())
    assert getattr(refusal, "code", "") == "not_allowed"
