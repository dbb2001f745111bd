"""Senders: whom one lets write to one alone, kept as long as one is here, and for ever with an account."""

from hubbub.core.features.messages import Tell
from hubbub.core.features.senders import KNOCK_SECONDS, Accept, LimitSenders, Unaccept
from hubbub.core.message_answers import Outcome, Told
from hubbub.core.people_answers import AcceptedChanged, AcceptedList
from hubbub.core.queries import ListAccepted
from hubbub.core.scene import DONE
from hubbub.core.signals import Accepting, Knocking
from tests.service.guests import Guest
from tests.service.members import log_in, register, sign_up
from tests.service.node import Node
from tests.service.test_identities import come_again

HI = Tell(("ann",), "hi")
HEARD = Told("hi", (Outcome("ann", "delivered"),))


def not_heard(*, is_knocking: bool = False) -> Told:
    """Return the answer to whoever is not accepted."""
    return Told("hi", (Outcome("ann", "refused", refusal="asks_first", is_knocking=is_knocking),))


async def test_who_is_not_accepted_knocks(node: Node) -> None:
    """Once a minute, on all of the other's connections; nothing of what he says is heard, until he is accepted."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    assert await ann.ask(LimitSenders("accepted")) == DONE
    assert await bob.ask(HI) == not_heard(is_knocking=True)
    assert await bob.ask(HI) == not_heard()
    node.clock.advance(KNOCK_SECONDS)
    assert await bob.ask(HI) == not_heard(is_knocking=True)
    assert (ann.signals, ann.messages) == ([Knocking("bob")] * 2, [])
    assert await ann.ask(Accept(("bob",))) == AcceptedChanged(("bob",), ())
    assert bob.signals == [Accepting("ann")]
    assert await bob.ask(HI) == HEARD
    assert ann.messages == ["hi"]
    assert await ann.ask(ListAccepted()) == AcceptedList("accepted", ("bob",))
    assert await ann.ask(Unaccept(("bob",))) == AcceptedChanged(("bob",), ())
    assert await bob.ask(HI) == not_heard()
    assert await bob.ask(ListAccepted()) == AcceptedList("everyone", ())


async def test_who_is_written_to_may_answer(node: Node) -> None:
    """Without having been accepted by name; the answer names the message all the same."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    await ann.ask(LimitSenders("accepted"))
    told = await ann.ask_with_ids(Tell(("bob", "ann"), "hello"))
    assert isinstance(told, Told)
    assert len({outcome.message for outcome in told.outcomes}) == len(told.outcomes)
    rooms = [node.house.direct_room(ann.id, one.id) for one in (bob, ann)]
    assert [outcome.message for outcome in told.outcomes] == [f"{room.id}-1" for room in rooms if room]
    assert await bob.ask(HI) == HEARD


async def test_an_account_keeps_it(node: Node) -> None:
    """Also when nobody is here, and what a guest said before he had one; nobody knocks at an empty house."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    await ann.ask(LimitSenders("accepted"))
    await register(ann)
    ann.leave()
    await node.settle()
    await node.rooms.sweep()
    assert await bob.ask(HI) == not_heard()
    ann = await log_in(node, "ann")
    assert ann.signals == []
    assert await bob.ask(HI) == not_heard(is_knocking=True)


async def test_a_guest_s_ends_with_him(node: Node) -> None:
    """Not with his first connection; whoever is called so next has said nothing."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    await ann.ask(LimitSenders("accepted"))
    again = await come_again(node, ann, "203.0.113.5")
    ann.leave()
    for _ in range(2):
        await node.rooms.sweep()
    assert await bob.ask(HI) == not_heard(is_knocking=True)
    again.leave()
    ann = Guest(node, "ann")
    assert await bob.ask(HI) == HEARD


async def test_guests_may_be_refused(node: Node) -> None:
    """By somebody who wants to know with whom he has to do; an account opens the door."""
    await (await sign_up(node, "ann")).ask(LimitSenders("accounts"))
    bob = Guest(node, "bob")
    assert await bob.ask(HI) == Told("hi", (Outcome("ann", "refused", refusal="accounts_only"),))
    await register(bob)
    assert await bob.ask(HI) == HEARD
