"""Moderating: what becomes of those whom moderators act on, from their sessions to the store."""

from collections.abc import AsyncIterator

import pytest

from hubbub.core.answers import Answer
from hubbub.core.bans import Target
from hubbub.core.catalog import AnyCommand
from hubbub.core.features.accounts import OpenAccount, SetPrivacy
from hubbub.core.features.auditing import Audited
from hubbub.core.features.blocking import Block
from hubbub.core.features.inviting import ASK_IN_SECONDS, AskIn, Invite
from hubbub.core.features.membership import Join, Joined, Leave, Left
from hubbub.core.features.messages import Say, Tell
from hubbub.core.features.moderation import Ban, Banned, Except, Kick, Kicked, Mute, Muted, Unban
from hubbub.core.features.room_roles import SetRole
from hubbub.core.features.settings import ChangeSettings, RenameRoom, RoomRenamed
from hubbub.core.former_names import FORMER_SECONDS
from hubbub.core.kinds import Refusal
from hubbub.core.message_answers import History, Outcome, Told
from hubbub.core.people_answers import BlockList
from hubbub.core.queries import (
    FindAudit,
    FindHistory,
    FindRoom,
    FindTopic,
    ListBans,
    ListBlocks,
    ListInvited,
    ListMembers,
    ListRooms,
)
from hubbub.core.roles import RoomRole, ServerRole
from hubbub.core.room import AUDIT_KEY, LOBBY, RoomHead, RoomKind
from hubbub.core.room_answers import (
    AuditTrail,
    BanList,
    BanView,
    Departed,
    Entered,
    Governed,
    InvitedList,
    RoomFound,
    RoomList,
    RoomView,
)
from hubbub.core.room_settings import Change, RoomSettings
from hubbub.core.scene import DONE
from hubbub.core.signals import AskingIn, Inviting, Removing, Retitling
from hubbub.core.terms import Term
from hubbub.service.scribe import TRY_AGAIN
from tests.service.clock import ManualClock
from tests.service.guests import Guest, text_of
from tests.service.node import Node, agree, running
from tests.service.stores import ControlledStore

NOW_MS = ManualClock().time_ms()
TEA = "#tea"


async def arrive(
    node: Node, *names: str, role: ServerRole = ServerRole.MEMBER, address: str = "127.0.0.1"
) -> list[Guest]:
    """Let people in who have accounts; they are in no room yet."""
    guests = [Guest(node, name, address=address) for name in names]
    for guest in guests:
        assert await guest.ask(OpenAccount(role)) == DONE
    return guests


@pytest.fixture
async def people(node: Node) -> AsyncIterator[tuple[Guest, Guest, Guest]]:
    """Olga made #tea and owns it; Bob and the guest Gus are in it, and all of them in the lobby."""
    olga, bob = await arrive(node, "olga", "bob")
    gus = Guest(node, "gus", address="192.0.2.1")
    for guest in (olga, bob, gus):
        await guest.ask(Join(LOBBY))
        await guest.ask(Join(TEA))
    for guest in (olga, bob, gus):
        guest.forget()
    yield olga, bob, gus
    await node.settle()
    assert all(agree(live) for live in node.rooms.all())
    for live in node.rooms.all():
        assert (await node.rooms.load_state(await head_of(node, live.settled.kind, live.settled.key)))[
            0
        ] == live.settled


async def head_of(node: Node, kind: RoomKind, key: str) -> RoomHead:
    """Return a room as the store lists it."""
    head = await node.store.find_room(kind, key)
    assert head is not None
    return head


def code(answer: Answer) -> str:
    """Return why something was refused."""
    assert isinstance(answer, Refusal), answer
    return answer.code


async def test_who_is_kicked_is_out(people: tuple[Guest, Guest, Guest]) -> None:
    """He is told by whom and why, hears nothing of the room any more, and may come back; all others see him go."""
    olga, bob, gus = people
    assert await olga.ask(Kick(TEA, "bob", "rude")) == DONE
    assert bob.signals == [Removing(TEA, "olga", "rude")]
    assert bob.heard == [], "he is told once"
    kicked = Kicked(olga.id, "olga", bob.id, "bob", "rude")
    assert olga.heard_of(Kicked) == gus.heard_of(Kicked) == [kicked]
    assert await gus.ask(Say(TEA, "gone")) == DONE
    assert code(await bob.ask(Say(TEA, "am I?"))) == "not_a_member"
    assert bob.messages == []
    assert await gus.ask(Say(LOBBY, "but here")) == DONE
    assert bob.messages == ["but here"]
    assert isinstance(await bob.ask(Join(TEA)), Entered)
    await gus.ask(Say(TEA, "again"))
    assert bob.messages == ["but here", "again"]


async def test_who_blocks_a_moderator_is_kicked_all_the_same(people: tuple[Guest, Guest, Guest]) -> None:
    """And told; whoever else blocks him hears what he does, if not what he says."""
    olga, bob, gus = people
    await bob.ask(Block(("olga",)))
    await gus.ask(Block(("olga",)))
    await olga.ask(Mute(TEA, "gus"))
    await olga.ask(Kick(TEA, "bob"))
    await olga.ask(Say(TEA, "unheard"))
    assert bob.signals == [Removing(TEA, "olga")]
    assert gus.heard_of(Muted)
    assert gus.heard_of(Kicked)
    assert gus.messages == []


async def test_who_is_banned_is_out_and_stays_out(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """Until the ban is over, or lifted; his other name does not help him."""
    olga, bob, gus = people
    assert await olga.ask(Ban(TEA, "bob", "spam", 3_600)) == DONE
    term = Term(node.clock.time_ms(), node.clock.time_ms() + 3_600_000)
    assert bob.signals == [Removing(TEA, "olga", "spam", is_banned=True, term=term)]
    assert gus.heard_of(Banned, Kicked) == [
        Kicked(olga.id, "olga", bob.id, "bob", "spam", is_banned=True, term=term),
        Banned(olga.id, "olga", Target("person", bob.id, "bob"), "spam", term),
    ]
    assert bob.heard == [], "he is told once"
    assert code(await bob.ask(Join(TEA))) == "banned"
    assert await olga.ask(ListBans(TEA)) == BanList(
        TEA, (BanView("bob", "olga", "spam", 3_600.0, since_ms=NOW_MS),), ()
    )
    node.clock.advance(3_600)
    assert await olga.ask(ListBans(TEA)) == BanList(TEA, (), ())
    assert isinstance(await bob.ask(Join(TEA)), Entered)
    await olga.ask(Ban(TEA, "bob"))
    assert code(await bob.ask(Join(TEA))) == "banned"
    assert await olga.ask(Unban(TEA, "bob")) == DONE
    assert isinstance(await bob.ask(Join(TEA)), Entered)


async def test_a_guest_who_comes_again_is_banned_by_name_and_address(
    node: Node, people: tuple[Guest, Guest, Guest]
) -> None:
    """By the name he had, or from where he came, whatever he is called."""
    olga, _, gus = people
    await olga.ask(Ban(TEA, "gus"))
    gus.leave()
    gus = Guest(node, "gus", address="192.0.2.1")
    assert code(await gus.ask(Join(TEA))) == "banned"
    gus.leave()
    other = Guest(node, "other", address="192.0.2.1")
    assert isinstance(await other.ask(Join(TEA)), Entered)
    other.forget()
    await olga.ask(Ban(TEA, "192.0.2.0/24"))
    assert other.signals == [Removing(TEA, "olga", is_banned=True)]
    assert code(await other.ask(Join(TEA))) == "banned"
    assert isinstance(await Guest(node, "third", address="198.51.100.1").ask(Join(TEA)), Entered)


async def test_who_comes_and_is_kicked_in_the_same_breath(people: tuple[Guest, Guest, Guest]) -> None:
    """Is answered that he is out."""
    olga, bob, _ = people
    await bob.ask(Leave(TEA))
    bob.send(Join(TEA))
    olga.send(Kick(TEA, "bob"))
    assert await bob.answers() == [Departed(TEA)]
    assert await olga.answers() == [DONE]
    assert TEA not in [room.key for room in bob.session.person.channels.values()]


async def test_a_kick_that_cannot_be_kept_is_none(store: ControlledStore, people: tuple[Guest, Guest, Guest]) -> None:
    """Nobody is told, he stays, and nothing stands in the audit."""
    olga, bob, _ = people
    store.fails = "append".__eq__
    assert await olga.ask(Kick(TEA, "bob")) == TRY_AGAIN
    store.fails = lambda _: False
    assert bob.signals == []
    assert await bob.ask(Say(TEA, "here")) == DONE
    assert olga.messages == ["here"]
    trail = await olga.ask(FindAudit(5))
    assert isinstance(trail, AuditTrail)
    assert trail.records == ()


async def test_who_is_muted_hears_and_is_not_heard(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """For as long as it was said, and in this room only."""
    olga, bob, _ = people
    assert await olga.ask(Mute(TEA, "bob", "loud", 600)) == DONE
    assert [type(event) for event in bob.heard_of(Muted)] == [Muted]
    assert code(await bob.ask(Say(TEA, "hi"))) == "muted"
    assert await bob.ask(Say(LOBBY, "hi")) == DONE
    node.clock.advance(600)
    assert await bob.ask(Say(TEA, "hi")) == DONE


async def test_a_slow_room_is_slow(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """Also for those who say two things at once, and after the room was loaded again."""
    olga, bob, _ = people
    assert await olga.ask(ChangeSettings(TEA, Change(slow_seconds=30))) == DONE
    bob.send(Say(TEA, "one"), Say(TEA, "two"))
    first, second = await bob.answers()
    assert (first, code(second)) == (DONE, "slow_mode")
    olga.send(Say(TEA, "three"), Say(TEA, "four"))
    assert await olga.answers() == [DONE, DONE]
    node.clock.advance(30)
    assert await bob.ask(Say(TEA, "five")) == DONE


async def test_an_account_stays_in_its_rooms_and_keeps_its_role(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """Whoever has one is a member when he is not there; a guest leaves with his connection, and with what he was."""
    olga, bob, gus = people
    for name, role in (("bob", RoomRole.MODERATOR), ("gus", RoomRole.SPEAKER)):
        assert await olga.ask(SetRole(TEA, name, role)) == DONE
    bob.leave()
    gus.leave()
    await node.settle()
    room = node.house.require_channel(TEA)
    assert set(room.members) == {olga.id, bob.id}
    assert room.roles == {olga.id: RoomRole.OWNER, bob.id: RoomRole.MODERATOR}


async def test_who_makes_a_room_owns_it(node: Node) -> None:
    """A guest until he leaves; then it is nobody's, whoever comes, and by whatever name."""
    (ann,) = await arrive(node, "ann")
    gus = Guest(node, "gus")
    await ann.ask(Join("#anns"))
    await gus.ask(Join("#guss"))
    await ann.ask(Join("#guss"))
    assert node.house.require_channel("#anns").roles == {ann.id: RoomRole.OWNER}
    assert node.house.require_channel("#guss").roles == {gus.id: RoomRole.OWNER}
    gus.leave()
    await node.settle()
    again = Guest(node, "gus")
    await again.ask(Join("#guss"))
    assert set(node.house.require_channel("#guss").members) == {ann.id, again.id}
    assert node.house.require_channel("#guss").roles == {}


async def test_a_private_room_is_hidden_from_all_others(people: tuple[Guest, Guest, Guest], node: Node) -> None:
    """It is in no list, and no question about it is answered, but to members, the invited and administrators."""
    olga, bob, gus = people
    await gus.ask(Leave(TEA))
    await olga.ask(ChangeSettings(TEA, Change(access="private")))
    (ada,) = await arrive(node, "ada", role=ServerRole.ADMINISTRATOR)

    async def sees(guest: Guest) -> bool:
        rooms = await guest.ask(ListRooms())
        assert isinstance(rooms, RoomList)
        listed = TEA in [room.name for room in rooms.rooms]
        answers = [await guest.ask(query(TEA)) for query in (ListMembers, FindTopic, FindRoom)]
        answers.append(await guest.ask(FindHistory(TEA, 5)))
        hidden = [isinstance(answer, Refusal) and answer.code == "no_such_room" for answer in answers]
        assert set(hidden) == {not listed}
        return listed

    assert [await sees(guest) for guest in (olga, bob, ada, gus)] == [True, True, True, False]
    assert code(await gus.ask(Join(TEA))) == "needs_invitation"
    assert code(await bob.ask(Invite(TEA, "gus"))) == "not_allowed"
    assert await olga.ask(Invite(TEA, "gus")) == DONE
    assert gus.signals == [Inviting(TEA, "olga")]
    assert await olga.ask(ListInvited(TEA)) == InvitedList(TEA, ("gus",))
    assert await sees(gus)
    assert isinstance(await gus.ask(Join(TEA)), Entered)


async def test_all_lists_are_shown(people: tuple[Guest, Guest, Guest]) -> None:
    """With of what kind each entry is, for those protocols that write it in their own way."""
    olga, *_ = people
    await olga.ask(Ban(TEA, "*!*@x.guest"))
    await olga.ask(Ban(TEA, "spam*", is_silencing=True))
    await olga.ask(Except(TEA, "bob"))
    await olga.ask(Except(TEA, "account:*", "invitations"))
    assert await olga.ask(ListBans(TEA)) == BanList(
        TEA,
        (BanView("*!*@x.guest", "olga", "", None, "mask", NOW_MS),),
        (),
        (BanView("spam*", "olga", "", None, "pattern", NOW_MS),),
        (BanView("bob", "olga", "", None, "person", NOW_MS),),
        (BanView("account:*", "olga", "", None, "account", NOW_MS),),
    )


@pytest.mark.parametrize("silenced", ["g*", "*!*@*.guest"])
async def test_whoever_is_silenced_does_not_speak_in_quitting(
    node: Node, people: tuple[Guest, Guest, Guest], silenced: str
) -> None:
    """By his name or his host, which the house knows only while he is here."""
    olga, bob, gus = people
    await olga.ask(Ban(TEA, silenced, is_silencing=True))
    gus.leave("you are all fools")
    await node.settle()
    left = {node.house.rooms[one.room].name: one.event.reason for one in bob.heard if isinstance(one.event, Left)}
    assert left == {TEA: "", LOBBY: "you are all fools"}


async def test_a_silence_is_heard_of_and_holds(people: tuple[Guest, Guest, Guest]) -> None:
    """Whom it concerns is told when he speaks, and hears what the others say."""
    olga, bob, gus = people
    await olga.ask(Ban(TEA, "b*", is_silencing=True))
    assert code(await bob.ask(Say(TEA, "hi"))) == "muted"
    assert await gus.ask(Say(TEA, "hello")) == DONE
    assert "hello" in bob.messages[0]
    await olga.ask(Unban(TEA, "b*", is_silencing=True))
    assert await bob.ask(Say(TEA, "hi")) == DONE


async def test_who_asks_to_be_let_in_is_heard_once_a_minute(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """By those who may let him in; then he waits, and another room need not."""
    olga, bob, gus = people
    await gus.ask(Leave(TEA))
    await olga.ask(ChangeSettings(TEA, Change(access="private")))
    assert await gus.ask(AskIn(TEA, "please")) == DONE
    assert olga.signals == [AskingIn(TEA, "gus", "please")]
    assert bob.signals == []
    assert code(await gus.ask(AskIn(TEA, "please"))) == "too_fast"
    node.clock.advance(ASK_IN_SECONDS)
    assert await gus.ask(AskIn(TEA)) == DONE


async def test_a_hidden_room_is_in_no_list(people: tuple[Guest, Guest, Guest]) -> None:
    """Of those who are not in; whoever knows of it comes in, and is told of it from then on."""
    olga, _, gus = people
    await gus.ask(Leave(TEA))
    await olga.ask(ChangeSettings(TEA, Change(is_hidden=True)))
    await gus.ask(Leave(LOBBY))
    lobby = RoomView(LOBBY, 2, "", joined=False)
    assert await gus.ask(ListRooms()) == RoomList((lobby,))
    for query in (ListMembers, FindTopic, FindRoom):
        assert code(await gus.ask(query(TEA))) == "no_such_room"
    assert isinstance(await gus.ask(Join(TEA)), Entered)
    assert await gus.ask(ListRooms()) == RoomList((RoomView(TEA, 3, "", joined=True, is_hidden=True), lobby))


async def test_history_may_be_for_those_who_were_there(people: tuple[Guest, Guest, Guest]) -> None:
    """Whoever comes later sees nothing of before, in his welcome or in the history, loaded or not."""
    olga, bob, gus = people
    await olga.ask(Say(TEA, "before"))
    await bob.ask(Leave(TEA))
    await olga.ask(Say(TEA, "meanwhile"))
    await olga.ask(ChangeSettings(TEA, Change(history="joined")))
    await olga.ask(Say(TEA, "just before"))
    entered = await bob.ask(Join(TEA))
    assert isinstance(entered, Entered)
    assert entered.recent == ()
    await olga.ask(Say(TEA, "after"))
    for guest, texts in ((bob, ["after"]), (gus, ["before", "meanwhile", "just before", "after"])):
        for limit in (4, 100):
            history = await guest.ask(FindHistory(TEA, limit))
            assert isinstance(history, History)
            assert [text_of(record) for record in history.records] == texts


async def test_a_renamed_room_goes_on(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """Everybody in it is told once, stays in it, and finds it by its new name; the old one is free after a day."""
    olga, bob, gus = people
    live = node.rooms.get(node.house.require_channel(TEA).id)
    assert live is not None
    assert await olga.ask(RenameRoom(TEA, "#Mate")) == DONE
    for guest in (olga, bob, gus):
        assert guest.signals == [Retitling(TEA, "#Mate")]
        assert guest.heard_of(RoomRenamed) == [RoomRenamed(olga.id, "olga", TEA, "#Mate", "#mate")]
    assert await bob.ask(Say("#mate", "hi")) == DONE
    assert gus.messages == ["hi"]
    assert code(await bob.ask(Say(TEA, "hi"))) == "no_such_room"
    refusal = await bob.ask(Join("#TEA"))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.suggestion) == ("room_renamed", "#Mate")
    node.clock.advance(FORMER_SECONDS)
    assert isinstance(await bob.ask(Join(TEA)), Entered)
    assert node.house.require_channel(TEA).id != live.id
    assert await node.rooms.open(RoomKind.CHANNEL, "#mate", "#Mate") is live


async def test_a_former_name_tells_nothing_of_a_private_room(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """Whoever may not know of the room may make another of its former name; until then, others are told."""
    olga, bob, _ = people
    zoe = Guest(node, "zoe")
    await olga.ask(ChangeSettings(TEA, Change(access="private")))
    await olga.ask(RenameRoom(TEA, "#Mate"))
    assert code(await bob.ask(Join(TEA))) == "room_renamed"
    assert isinstance(await zoe.ask(Join(TEA)), Entered)
    assert isinstance(await bob.ask(Join(TEA)), Entered)


async def test_a_name_that_came_back(people: tuple[Guest, Guest, Guest]) -> None:
    """What a room is called again leads nowhere else, and each of its other names to what it is called now."""
    olga, bob, _ = people
    for former, name in ((TEA, "#mate"), ("#mate", "#chai"), ("#chai", TEA)):
        await olga.ask(RenameRoom(former, name))
    assert not isinstance(await bob.ask(Join(TEA)), Refusal)
    for former in ("#mate", "#chai"):
        refusal = await bob.ask(Join(former))
        assert isinstance(refusal, Refusal)
        assert refusal.suggestion == TEA


async def test_a_room_s_name_is_its_own(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """Also when the other room is not loaded, or is made in the same breath: the store has the last word."""
    olga, bob, _ = people
    await node.store.open_room(RoomKind.CHANNEL, "#den", "#den")
    assert code(await olga.ask(RenameRoom(TEA, "#Den"))) == "name_taken"
    assert code(await olga.ask(RenameRoom(TEA, "#a b"))) == "bad_room_name"
    assert code(await olga.ask(RenameRoom("#gin", "#mate"))) == "no_such_room"
    assert code(await bob.ask(RenameRoom(TEA, "#mate"))) == "not_allowed"
    assert await olga.ask(RenameRoom(TEA, TEA)) == Governed(TEA, ())


async def test_a_room_of_that_name_made_meanwhile(people: tuple[Guest, Guest, Guest]) -> None:
    """Of a renaming and a new room one comes first; the other is refused, and everything goes on."""
    olga, bob, _ = people
    olga.send(RenameRoom(TEA, "#mate"))
    bob.send(Join("#mate"))
    (renamed,) = await olga.answers()
    await bob.answers()
    assert renamed == DONE or code(renamed) in {"try_again", "name_taken"}
    assert await bob.ask(Say(LOBBY, "still here")) == DONE


async def test_what_holds_in_a_room_can_be_seen(people: tuple[Guest, Guest, Guest]) -> None:
    """By everybody who may know of it; its key only by those who look after it."""
    olga, bob, _ = people
    await olga.ask(ChangeSettings(TEA, Change(key="secret")))
    await olga.ask(SetRole(TEA, "bob", RoomRole.SPEAKER))
    roles = ((RoomRole.OWNER, "olga"), (RoomRole.SPEAKER, "bob"))
    assert await olga.ask(FindRoom(TEA)) == RoomFound(TEA, RoomSettings(key="secret"), has_key=True, roles=roles)
    assert await bob.ask(FindRoom(TEA)) == RoomFound(TEA, RoomSettings(), has_key=True, roles=roles)
    assert code(await bob.ask(ListBans(TEA))) == "not_allowed"
    assert code(await bob.ask(ListInvited(TEA))) == "not_allowed"


async def test_the_audit_tells_who_did_what(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """To administrators everything, to a room's owner and deputies what concerns it, to others nothing."""
    olga, bob, _ = people
    (ada,) = await arrive(node, "ada", role=ServerRole.ADMINISTRATOR)
    (paul,) = await arrive(node, "paul")
    await paul.ask(Join("#pauls"))
    await bob.ask(Join("#pauls"))
    acts: list[tuple[Guest, AnyCommand]] = [
        (olga, Mute(TEA, "bob", "loud")),
        (paul, Kick("#pauls", "bob")),
        (olga, Kick(TEA, "bob", "rude")),
    ]
    for guest, act in acts:
        assert await guest.ask(act) == DONE

    async def seen(guest: Guest, limit: int) -> list[tuple[str, str, str, str]]:
        trail = await guest.ask(FindAudit(limit))
        assert isinstance(trail, AuditTrail)
        events = [record.event for record in trail.records]
        return [(e.name, e.act, e.room_name, e.reason) for e in events if isinstance(e, Audited)]

    mute, kick = ("olga", "mute", TEA, "loud"), ("olga", "kick", TEA, "rude")
    assert await seen(ada, 5) == [mute, ("paul", "kick", "#pauls", ""), kick]
    assert await seen(ada, 1) == [kick]
    assert await seen(olga, 5) == [mute, kick]
    assert await seen(olga, 1) == [kick]
    assert code(await bob.ask(FindAudit(5))) == "not_allowed"
    head = await head_of(node, RoomKind.AUDIT, AUDIT_KEY)
    assert head.seq == 3
    for role, may_see in ((RoomRole.DEPUTY, True), (RoomRole.MODERATOR, False)):
        await olga.ask(SetRole(TEA, "bob", role))
        assert isinstance(await bob.ask(FindAudit(5)), AuditTrail) == may_see


async def test_an_administrator_need_not_be_there(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """Whoever acts on a room from outside is answered with what its members hear."""
    _, bob, gus = people
    (ada,) = await arrive(node, "ada", role=ServerRole.ADMINISTRATOR)
    kicked = Kicked(ada.id, "ada", bob.id, "bob")
    assert await ada.ask(Kick(TEA, "bob")) == Governed(TEA, (kicked,))
    assert gus.heard_of(Kicked) == [kicked]


async def test_a_room_that_sleeps_is_woken_by_those_who_look_after_it(node: Node) -> None:
    """Nobody need be in it; one that does not exist is not made."""
    (olga,) = await arrive(node, "olga")
    await olga.ask(Join(TEA))
    await olga.ask(ChangeSettings(TEA, Change(is_archived=True)))
    await olga.ask(Leave(TEA))
    for _ in range(3):
        await node.rooms.sweep()
    assert node.house.find_room(RoomKind.CHANNEL, TEA) is None
    assert code(await olga.ask(Join(TEA))) == "archived"
    for _ in range(3):
        await node.rooms.sweep()
    answer = await olga.ask(ChangeSettings(TEA, Change(is_archived=False)))
    assert isinstance(answer, Governed)
    assert isinstance(await olga.ask(Join(TEA)), Entered)
    assert code(await olga.ask(Kick("#gin", "bob"))) == "no_such_room"
    assert code(await olga.ask(Kick("#a b", "bob"))) == "bad_room_name"
    assert await node.store.find_room(RoomKind.CHANNEL, "#gin") is None


async def test_a_block_ends_by_itself(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """In rooms, alone, in the history and in the list."""
    _, bob, gus = people
    await bob.ask(Block(("gus",), seconds=60))
    assert await bob.ask(ListBlocks()) == BlockList(("gus",))
    await gus.ask(Say(TEA, "unheard"))
    assert await gus.ask(Tell(("bob",), "hi")) == Told(
        "hi", (Outcome("bob", "refused", refusal="refused_by_recipient"),)
    )
    node.clock.advance(60)
    assert await bob.ask(ListBlocks()) == BlockList(())
    await gus.ask(Say(TEA, "heard"))
    assert await gus.ask(Tell(("bob",), "hi")) == Told("hi", (Outcome("bob", "delivered"),))
    assert bob.messages == ["heard", "hi"]
    history = await bob.ask(FindHistory(TEA, 5))
    assert isinstance(history, History)
    assert [text_of(record) for record in history.records] == ["unheard", "heard"]


async def test_privacy_is_told_each_time(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """Whoever may not write to somebody is told with every message, and no conversation begins."""
    _, bob, _ = people
    await bob.ask(SetPrivacy("roommates"))
    stranger = Guest(node, "stranger")
    for _ in range(2):
        assert await stranger.ask(Tell(("bob",), "hi")) == Told(
            "hi", (Outcome("bob", "refused", refusal="refused_by_recipient"),)
        )
    assert node.house.direct_room(stranger.id, bob.id) is None
    await stranger.ask(Join(TEA))
    assert await stranger.ask(Tell(("bob",), "hi")) == Told("hi", (Outcome("bob", "delivered"),))
    assert bob.messages == ["hi"]


async def test_who_is_not_here_refuses_as_well(node: Node, people: tuple[Guest, Guest, Guest]) -> None:
    """Whom an account blocks is looked up also when nobody has asked for it since the start."""
    _, bob, gus = people
    await bob.ask(Block(("gus",)))
    bob.leave()
    await node.settle()
    for _ in range(3):
        await node.rooms.sweep()
    assert node.house.find_room(RoomKind.PERSONAL, bob.id) is None
    assert await gus.ask(Tell(("bob",), "hi")) == Told(
        "hi", (Outcome("bob", "refused", refusal="refused_by_recipient"),)
    )


async def test_after_a_restart_everything_is_as_it_was(store: ControlledStore) -> None:
    """Roles, bans, mutes, settings and members with an account; only guests are gone."""
    async with running(Node(store)) as node:
        olga, bob = await arrive(node, "olga", "bob")
        gus = Guest(node, "gus")
        for guest in (olga, bob, gus):
            await guest.ask(Join(TEA))
        for command in (
            SetRole(TEA, "bob", RoomRole.MODERATOR),
            Mute(TEA, "gus", "loud"),
            Ban(TEA, "spam*", "", 3_600),
            ChangeSettings(TEA, Change(access="private", slow_seconds=5)),
            RenameRoom(TEA, "#Mate"),
        ):
            assert await olga.ask(command) == DONE
        before = node.house.require_channel("#mate")
        joined = [event for event in olga.heard_of(Joined) if event.author == bob.id]
        assert len(joined) == 1
    async with running(Node(store)) as node:
        live = await node.rooms.open(RoomKind.CHANNEL, "#mate", "#whatever")
        await node.settle()
        after = live.settled
        assert after.name == "#Mate"
        assert (after.roles, after.bans, after.settings) == (before.roles, before.bans, before.settings)
        assert set(after.members) == {olga.id, bob.id}
        assert after.mutes == {}
