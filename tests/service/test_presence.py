"""Presence: a signal to those who share a room, never kept, once for each change."""

from hubbub.core.features.membership import Join
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.renaming import Rename
from hubbub.core.queries import ListMembers
from hubbub.core.room import LOBBY
from hubbub.core.room_answers import Members, MemberView
from hubbub.core.scene import DONE
from hubbub.core.signals import Appearing, Idling, Returning
from hubbub.service.presence import GATHER_SECONDS, TOLD_APART
from hubbub.service.scribe import TRY_AGAIN
from tests.service.guests import Guest
from tests.service.members import log_in, register, sign_up
from tests.service.node import Node
from tests.service.stores import ControlledStore


async def test_roommates_are_told_once(node: Node) -> None:
    """However many rooms are shared; strangers and oneself are not told."""
    ann, bob, stranger = (Guest(node, name) for name in ("ann", "bob", "stranger"))
    for room in (LOBBY, "#tea"):
        for guest in (ann, bob):
            await guest.ask(Join(room))
    assert await ann.ask(GoAway("lunch")) == DONE
    node.clock.advance(GATHER_SECONDS)
    assert await ann.ask(ComeBack()) == DONE
    assert bob.signals == [Idling("ann", "lunch")]
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == [Idling("ann", "lunch"), Returning("ann")]
    assert ann.signals == stranger.signals == []


async def test_whoever_is_back_soon_was_never_away(node: Node) -> None:
    """Of several turns in a few seconds, the others hear what is true at their end, and nothing if it was so before."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    for guest in (ann, bob):
        await guest.ask(Join(LOBBY))
    for command in (GoAway("lunch"), ComeBack(), GoAway("tea"), ComeBack()):
        assert await ann.ask(command) == DONE
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == []
    for command in (GoAway("lunch"), GoAway("tea")):
        await ann.ask(command)
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == [Idling("ann", "tea")]
    for command in (ComeBack(), GoAway("tea")):
        await ann.ask(command)
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == [Idling("ann", "tea")]


async def test_who_is_renamed_meanwhile_is_told_of_by_his_new_name(node: Node) -> None:
    """Whoever hears of it knows nobody of the old name any more; a guest who has left is away for nobody."""
    ann, bob, cora = (Guest(node, name) for name in ("ann", "bob", "cora"))
    for guest in (ann, bob, cora):
        await guest.ask(Join(LOBBY))
    await ann.ask(GoAway("lunch"))
    await ann.ask(Rename("anna"))
    await cora.ask(GoAway("home"))
    cora.leave()
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == [Idling("anna", "lunch")]


async def test_members_are_listed_with_their_absence(node: Node) -> None:
    """Whoever asks later learns of it as well; an empty message is an absence all the same."""
    ann, bob = Guest(node, "ann"), Guest(node, "Bob")
    for guest in (ann, bob):
        await guest.ask(Join(LOBBY))
    await ann.ask(GoAway(""))
    views = (MemberView("ann", ""), MemberView("Bob", None))
    assert await bob.ask(ListMembers(LOBBY)) == Members(LOBBY, views)
    await ann.ask(ComeBack())
    views = (MemberView("ann", None), MemberView("Bob", None))
    assert await bob.ask(ListMembers(LOBBY)) == Members(LOBBY, views)


async def test_presence_leaves_no_trace(node: Node, store: ControlledStore) -> None:
    """It is true for a moment: the store is not written to, and works or not makes no difference."""
    ann = Guest(node, "ann")
    await ann.ask(Join(LOBBY))
    store.fails = "append".__eq__
    kept = store.everything()
    assert await ann.ask(GoAway("lunch")) == DONE
    assert await ann.ask(ComeBack()) == DONE
    assert store.everything() == kept, "not even an empty room"


async def test_it_ends_with_the_visit(node: Node) -> None:
    """Who comes under the same name is there."""
    ann = Guest(node, "ann")
    await ann.ask(GoAway("for ever"))
    ann.leave()
    successor = Guest(node, "ann")
    await successor.ask(Join(LOBBY))
    assert await successor.ask(ListMembers(LOBBY)) == Members(LOBBY, (MemberView("ann", None),))


async def test_roommates_are_told_who_is_here_again(node: Node) -> None:
    """And who is offline; once a second at most, oneself and strangers never."""
    ann, bob = await sign_up(node, "ann"), Guest(node, "bob")
    stranger = Guest(node, "stranger")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
    node.clock.advance(GATHER_SECONDS)
    assert (ann.signals, bob.signals) == ([], []), "they have seen him join"
    ann.leave()
    assert bob.signals == []
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == [Appearing((), ("ann",))]
    ann = await log_in(node, "ann")
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == [Appearing((), ("ann",)), Appearing(("ann",), ())]
    assert (ann.signals, stranger.signals) == ([], [])


async def test_who_is_back_within_a_second_was_never_away(node: Node) -> None:
    """As a telephone does that goes from one network to another; nor is one who only looks in ever here."""
    ann, bob = await sign_up(node, "ann"), Guest(node, "bob")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
    node.clock.advance(GATHER_SECONDS)
    for _ in range(3):
        ann.leave()
        ann = await log_in(node, "ann")
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == []
    ann.leave()
    node.clock.advance(GATHER_SECONDS)
    bob.forget()
    (await log_in(node, "ann")).leave()
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == []


async def test_another_connection_is_no_arrival(node: Node) -> None:
    """Nor is the end of one of several a departure."""
    ann, bob = await sign_up(node, "ann"), Guest(node, "bob")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
    node.clock.advance(GATHER_SECONDS)
    second = await log_in(node, "ann")
    node.clock.advance(GATHER_SECONDS)
    ann.leave()
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == []
    second.leave()
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == [Appearing((), ("ann",))]


async def test_who_registers_was_here_before(node: Node) -> None:
    """The others know that; when he goes they are told that he is offline, and not that he has left."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
    bob.forget()
    await register(ann)
    bob.forget()
    node.clock.advance(GATHER_SECONDS)
    assert (bob.signals, bob.heard) == ([], [])
    ann.leave()
    node.clock.advance(GATHER_SECONDS)
    await node.settle()
    assert (bob.signals, bob.heard) == ([Appearing((), ("ann",))], [])


async def test_who_joins_is_not_announced_a_second_time(node: Node) -> None:
    """Whoever has seen somebody join a moment after he came in need not be told that he is here again."""
    bob = Guest(node, "bob")
    await bob.ask(Join("#tea"))
    ann = await sign_up(node, "ann")
    await ann.ask(Join("#tea"))
    bob.forget()
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == []


async def test_many_come_at_once_and_each_is_told_once(node: Node) -> None:
    """A crowd that returns after a restart is told of in one signal to each, however many rooms are shared."""
    crowd = [await sign_up(node, f"ann{number}") for number in range(12)]
    bob, carol = Guest(node, "bob"), Guest(node, "carol")
    for one in (*crowd, bob):
        await one.ask(Join(LOBBY))
        await one.ask(Join("#tea"))
    await carol.ask(Join("#tea"))
    alone = crowd.pop()
    node.clock.advance(GATHER_SECONDS)
    for one in crowd:
        one.leave()
    node.clock.advance(GATHER_SECONDS)
    names = tuple(sorted(one.name for one in crowd))
    assert bob.signals == carol.signals == alone.signals == [Appearing((), names)]
    for one in (bob, carol, alone):
        one.forget()
    crowd = [await log_in(node, name) for name in names]
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == carol.signals == alone.signals == [Appearing(names, ())]
    for place, one in enumerate(crowd[:-1], 1):
        assert one.signals == [Appearing(names[place:], ())], "those before him were here when he came"
    assert crowd[-1].signals == []


async def test_a_newcomer_has_seen_who_is_here(node: Node) -> None:
    """He is told of nobody who came or went before he did; who was here already is, on all his connections."""
    ann, bob = await sign_up(node, "ann"), await sign_up(node, "bob")
    carol = Guest(node, "carol")
    for one in (ann, bob, carol):
        await one.ask(Join(LOBBY))
    ann.leave()
    node.clock.advance(GATHER_SECONDS)
    carol.forget()
    ann = await log_in(node, "ann")
    fred, second = Guest(node, "fred"), await log_in(node, "bob")
    await fred.ask(Join(LOBBY))
    node.clock.advance(GATHER_SECONDS)
    assert carol.signals == bob.signals == second.signals == [Appearing(("ann",), ())]
    assert fred.signals == []
    ann.leave()
    node.clock.advance(GATHER_SECONDS)
    assert fred.signals == [Appearing((), ("ann",))]


async def test_of_a_great_crowd_newcomers_hear_everything(node: Node) -> None:
    """What each of them has seen already is not worked out: it would be as much as the square of the crowd."""
    crowd = [await sign_up(node, f"ann{number}") for number in range(TOLD_APART + 1)]
    for one in crowd:
        await one.ask(Join(LOBBY))
    node.clock.advance(GATHER_SECONDS)
    for one in crowd:
        one.leave()
    node.clock.advance(GATHER_SECONDS)
    for one in crowd:
        await log_in(node, one.name)
    fred = Guest(node, "fred")
    await fred.ask(Join(LOBBY))
    node.clock.advance(GATHER_SECONDS)
    assert fred.signals == [Appearing(tuple(sorted(one.name for one in crowd)), ())]


async def test_an_absence_outlasts_the_visit_of_an_account(node: Node) -> None:
    """Whoever has an account is away until he says that he is back, also when he was offline in between."""
    ann, bob = await sign_up(node, "ann"), Guest(node, "bob")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
    assert await ann.ask(GoAway("lunch")) == DONE
    node.clock.advance(GATHER_SECONDS)
    assert bob.signals == [Idling("ann", "lunch")]
    ann.leave()
    await node.settle()
    ann = await log_in(node, "ann")
    views = (MemberView("ann", "lunch", has_account=True), MemberView("bob", None))
    assert await bob.ask(ListMembers(LOBBY)) == Members(LOBBY, views)
    assert await ann.ask(ComeBack()) == DONE
    ann.leave()
    await log_in(node, "ann")
    views = (MemberView("ann", None, has_account=True), MemberView("bob", None))
    assert await bob.ask(ListMembers(LOBBY)) == Members(LOBBY, views)


async def test_an_absence_that_cannot_be_kept_is_none(node: Node, store: ControlledStore) -> None:
    """Nobody is told of it either."""
    ann, bob = await sign_up(node, "ann"), Guest(node, "bob")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
    store.fails = "append".__eq__
    assert await ann.ask(GoAway("lunch")) == TRY_AGAIN
    assert bob.signals == []
    assert ann.session.person.away is None
