"""Logging in: one person on many connections, each of which hears everything, once, whatever happens meanwhile."""

import asyncio
from collections.abc import Awaitable
from typing import Final

from structlog.testing import capture_logs

from hubbub.core.access import Access
from hubbub.core.account_answers import LoggedIn, LoggedOut, TokenMade
from hubbub.core.account_requests import DeleteAccount, LogIn, LogOut, MakeToken, RevokeToken
from hubbub.core.directory import RESERVED_MS
from hubbub.core.features.accounts import AccountOpened, AccountRenamed, CloseAccount, DisableAccount, EnableAccount
from hubbub.core.features.blocking import Block
from hubbub.core.features.membership import Join, Joined, Leave, Left
from hubbub.core.features.messages import Broadcast, Said, Say, Tell
from hubbub.core.features.presence import GoAway
from hubbub.core.features.renaming import Rename, Renamed
from hubbub.core.kinds import PersonId, Refusal, Refused
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Outcome, Told
from hubbub.core.people_answers import BlockList
from hubbub.core.queries import ListBlocks, ListMembers
from hubbub.core.room import LOBBY
from hubbub.core.room_answers import Entered, Members, MemberView
from hubbub.core.scene import DONE
from hubbub.core.signals import Telling
from hubbub.server.claim import make_claim
from hubbub.service.pace import Pace
from hubbub.service.peers import Peer
from hubbub.service.ports import Draft
from hubbub.service.scribe import TRY_AGAIN
from hubbub.service.secret_codes import make_token
from tests.service.guests import Guest, text_of
from tests.service.members import PASSWORD, Member, code_of, log_in, refusal_of, sign_up
from tests.service.node import Node, running
from tests.service.stores import ControlledStore
from tests.service.turns import turns, until
from tests.service.vaults import ControlledVault

WRONG: Final = Refusal("wrong_password", "That name and that password do not belong together. Check both.")
ELSEWHERE: Final = Peer("192.0.2.1:1", "192.0.2.1")
TURNS: Final = 40
"""More turns of the loop than coming in takes here."""


async def token_of(member: Member) -> str:
    """Return a token, with which one comes in after a few turns of the loop; a password is hashed on a thread."""
    made = await member.ask(MakeToken(""))
    assert isinstance(made, TokenMade)
    return made.secret


async def pair(node: Node, name: str = "ann") -> tuple[Member, Member]:
    """Return two connections of one person, who is in the lobby, with nothing unread."""
    one = await sign_up(node, name)
    await one.ask(Join(LOBBY))
    other = await log_in(node, name)
    for connection in (one, other):
        connection.forget()
    return one, other


# Many connections


async def test_connections_of_one_person_share_a_pace(node: Node) -> None:
    """Of a few times what each may do; one alone is held up by nothing but its own, and a new start forgets it."""
    limits = Limits(burst=2, commands_per_second=1, person_share=2)
    one = await sign_up(node, "ann")
    alone = node.people.pace_of(one.session, limits)
    assert alone is not None
    assert [alone.delay(0.0) for _ in range(3)] == [0, 0, 1]
    others = [await log_in(node, "ann") for _ in range(2)]
    paces = [node.people.pace_of(other.session, limits) for other in others]
    assert [pace.delay(0.0) for pace in paces if pace is not None for _ in range(2)] == [0, 0, 0, 0]
    assert alone.delay(5.0) == 0
    assert alone.delay(0.0) > 1
    bob = await sign_up(node, "bob")
    unhurried = node.people.pace_of(bob.session, limits)
    assert unhurried is not None
    assert unhurried.delay(0.0) == 0
    for member in (one, *others):
        member.leave()
    again, more = await log_in(node, "ann"), await log_in(node, "ann")
    fresh = [node.people.pace_of(member.session, limits) for member in (again, more)]
    assert [pace.delay(0.0) for pace in fresh if pace is not None for _ in range(2)] == [0, 0, 0, 0]


def test_where_nothing_is_limited_there_is_no_pace(node: Node) -> None:
    """Nor one that is shared where people's is not."""
    bob = Guest(node, "bob")
    assert node.people.pace_of(bob.session, Limits(burst=0)) is None
    assert isinstance(node.people.pace_of(bob.session, Limits(person_share=0)), Pace)


async def test_connections_are_one_person(node: Node) -> None:
    """They share a name, rooms and presence; who has another connection is not twice in a list."""
    one, other = await pair(node)
    assert one.session.person is other.session.person
    assert [entered.room for entered in other.welcome.rooms] == [LOBBY]
    bob = Guest(node, "bob")
    await bob.ask(Join(LOBBY))
    assert await bob.ask(ListMembers(LOBBY)) == Members(
        LOBBY, (MemberView("ann", None, has_account=True), MemberView("bob", None))
    )
    await one.ask(GoAway("tea"))
    assert await bob.ask(Tell(("ann",), "hi")) == Told("hi", (Outcome("ann", "delivered", "tea"),))
    assert one.messages == other.messages == ["hi"]


async def test_each_connection_hears_what_is_said_on_the_others(node: Node) -> None:
    """In rooms and to everyone; whoever said it is answered instead."""
    one, other = await pair(node)
    await one.ask(Say(LOBBY, "from one"))
    await other.ask(Broadcast("from the other"))
    assert one.messages == ["from the other"]
    assert other.messages == ["from one"]


async def test_one_s_own_private_words_are_shown_elsewhere(node: Node) -> None:
    """As one's own, not as somebody's who writes to oneself; once for each of those they were for, here or not."""
    one, other = await pair(node)
    carol = await sign_up(node, "carol")
    carol.leave()
    bob = Guest(node, "bob")
    await one.ask(Tell(("bob", "carol"), "psst"))
    assert other.signals == [Telling(("bob",), "psst"), Telling(("carol",), "psst")]
    assert (one.signals, one.heard, other.heard) == ([], [], [])
    assert bob.messages == ["psst"]
    await one.ask(Tell(("ann",), "to myself"))
    assert other.messages == ["to myself"]


async def test_rooms_are_joined_and_left_on_all(node: Node) -> None:
    """Whoever joins on one connection hears the room on all, and none hears it when he has left on any."""
    one, other = await pair(node)
    bob = Guest(node, "bob")
    await one.ask(Join("#tea"))
    await bob.ask(Join("#tea"))
    await bob.ask(Say("#tea", "hello"))
    assert one.messages == other.messages == ["hello"]
    await other.ask(Leave("#tea"))
    await bob.ask(Say("#tea", "gone?"))
    assert one.messages == other.messages == ["hello"]


async def test_the_last_connection_makes_the_difference(node: Node) -> None:
    """As long as one is left he is here; then he is offline, and still a member of his rooms."""
    one, other = await pair(node)
    bob = Guest(node, "bob")
    await bob.ask(Join(LOBBY))
    bob.forget()
    one.leave()
    assert await bob.ask(Tell(("ann",), "hi")) == Told("hi", (Outcome("ann", "delivered"),))
    other.leave()
    assert await bob.ask(Tell(("ann",), "hi")) == Told("hi", (Outcome("ann", "waiting"),))
    await node.settle()
    assert bob.heard_of(Left) == []
    views = (MemberView("ann", None, is_present=False, has_account=True), MemberView("bob", None))
    assert await bob.ask(ListMembers(LOBBY)) == Members(LOBBY, views)


async def test_a_restart_keeps_what_is_an_account_s(node: Node, store: ControlledStore, vault: ControlledVault) -> None:
    """Rooms, blocks and the reason to be away; nobody who has an account is cleared away as a ghost."""
    one, _ = await pair(node)
    bob = Guest(node, "bob")
    await bob.ask(Join(LOBBY))
    await one.ask(Join("#tea"))
    await one.ask(Block(("bob",), silent=True))
    await one.ask(GoAway("until monday"))
    async with running(Node(store, vault=vault)) as restarted:
        await restarted.settle()
        assert list((await restarted.open_channel()).settled.members) == [one.id]
        eve = Guest(restarted, "eve")
        assert await eve.ask(Tell(("ann",), "hi")) == Told("hi", (Outcome("ann", "waiting"),))
        again = await log_in(restarted, "ann")
        assert [entered.room for entered in again.welcome.rooms] == [LOBBY, "#tea"]
        assert [text_of(record) for record in again.welcome.waiting] == ["hi"]
        assert await again.ask(ListBlocks()) == BlockList(("bob",))
        assert await eve.ask(Tell(("ann",), "hi")) == Told("hi", (Outcome("ann", "delivered", "until monday"),))
        await eve.ask(Join("#tea"))
        assert again.heard_of(Joined) == [Joined(eve.id, "eve")]


# Becoming somebody else on the way


async def test_a_guest_logs_in(node: Node) -> None:
    """He leaves his rooms and is from then on who has the account; his old name is free."""
    await pair(node)
    guest, bob = Guest(node, "someone"), Guest(node, "bob")
    for one in (guest, bob):
        await one.ask(Join(LOBBY))
    bob.forget()
    old = guest.id
    answer = await guest.ask(LogIn("ann", PASSWORD))
    assert isinstance(answer, LoggedIn)
    assert (answer.name, [entered.room for entered in answer.rooms]) == ("ann", [LOBBY])
    await node.settle()
    assert bob.heard_of(Left) == [Left(old, "someone", quitting=True)]
    await guest.ask(Say(LOBBY, "it is me"))
    assert bob.heard_of(Said) == [Said(guest.id, "ann", "it is me")]
    assert Guest(node, "someone").name == "someone"
    assert await code_of(guest.ask(LogIn("ann", PASSWORD))) == "already_registered"


async def test_one_logs_out(node: Node) -> None:
    """He is a guest under a name like his, in no room; his other connections go on."""
    one, other = await pair(node)
    who = one.id
    assert await other.ask(LogOut()) == LoggedOut("ann2")
    assert (other.name, one.name, one.id) == ("ann2", "ann", who)
    assert await code_of(other.ask(Say(LOBBY, "hi"))) == "not_a_member"
    await one.ask(Say(LOBBY, "hello"))
    assert other.messages == []
    assert await code_of(other.ask(LogOut())) == "not_registered"
    answer = await other.ask(LogIn("ann", PASSWORD))
    assert isinstance(answer, LoggedIn)
    assert other.id == who


async def test_nobody_logs_out_where_guests_may_not_be() -> None:
    """He stays who he is."""
    async with running(Node(access=Access("registered"))) as node:
        ann = await sign_up(node, "ann")
        assert await code_of(ann.ask(LogOut())) == "needs_account"
        assert ann.name == "ann"
        assert isinstance(await ann.ask(Join(LOBBY)), Entered)


async def test_the_owner_of_one_account_logs_in_with_another(node: Node) -> None:
    """The first stays where it is, and is not here any more."""
    await sign_up(node, "bob")
    ann = await sign_up(node, "ann")
    await ann.ask(Join(LOBBY))
    who = ann.id
    answer = await ann.ask(LogIn("bob", PASSWORD))
    assert isinstance(answer, LoggedIn)
    assert (answer.name, answer.rooms) == ("bob", ())
    assert who not in node.house.people
    assert list((await node.open_channel()).settled.members) == [who]


# Proofs


async def test_nobody_learns_who_has_an_account(node: Node, vault: ControlledVault) -> None:
    """A wrong password, somebody unknown and a guest's name get the same answer, by the same work."""
    await sign_up(node, "ann")
    Guest(node, "bob")
    assert await refusal_of(log_in(node, "", "not the password")) == WRONG
    for name in ("ann", "bob", "zoe", "not a name"):
        assert await refusal_of(log_in(node, name, "not the password")) == WRONG
        vault.calls.clear()
        assert await refusal_of(log_in(node, name, make_token())) == WRONG
        assert vault.calls == ["find_token"], "a token is looked up and nothing is hashed"
        node.clock.advance(3_601)


async def test_a_former_name_logs_in_while_it_is_kept(node: Node) -> None:
    """Whoever types it is told that it is his; and guesses at either are guesses at one account."""
    ann = await sign_up(node, "ann")
    await ann.ask(Rename("anna"))
    assert (await log_in(node, "ann")).id == (await log_in(node, "ANNA")).id == ann.id
    node.clock.advance(RESERVED_MS / 1_000 + 1)
    assert await refusal_of(log_in(node, "ann")) == WRONG
    assert (await log_in(node, "anna")).id == ann.id


async def test_no_secret_is_logged(node: Node) -> None:
    """Nor what was typed as a name where nobody is called so, for it may be a password in the wrong place."""
    with capture_logs() as logs:
        ann = await sign_up(node, "ann")
        token = await ann.ask(MakeToken("bot"))
        assert isinstance(token, TokenMade)
        await log_in(node, "ann", token.secret)
        for name, secret in (("ann", "hunter22"), (PASSWORD, "ann"), (token.secret, "ann")):
            await refusal_of(log_in(node, name, secret))
    told = repr(logs)
    assert all(secret not in told for secret in (PASSWORD, token.secret, "hunter22"))
    assert [log["name"] for log in logs if log["event"] == "login.failed"] == ["ann", "", ""]


async def test_whoever_guesses_has_to_wait(node: Node) -> None:
    """At an account and, from afar, at all; whoever is where he has logged in before is not held up."""
    await sign_up(node, "ann")
    await log_in(node, "ann")
    for _ in range(5):
        assert (await refusal_of(log_in(node, "ann", "guess", peer=ELSEWHERE))).code == "wrong_password"
    refusal = await refusal_of(log_in(node, "ann", peer=ELSEWHERE))
    assert refusal.code == "too_fast"
    assert refusal.retry_seconds > 0
    await log_in(node, "ann")
    node.clock.advance(refusal.retry_seconds)
    await log_in(node, "ann", peer=ELSEWHERE)


async def test_a_token_is_as_good_as_a_password(node: Node) -> None:
    """For its own account, until it is revoked; but not for changing what only a password may."""
    ann = await sign_up(node, "ann")
    await sign_up(node, "bob")
    token = await ann.ask(MakeToken("my bot"))
    assert isinstance(token, TokenMade)
    assert (await log_in(node, "ann", token.secret)).id == ann.id
    assert await refusal_of(log_in(node, "bob", token.secret)) == WRONG
    assert await code_of(ann.ask(DeleteAccount(token.secret))) == "wrong_password"
    assert await ann.ask(RevokeToken(token.id.lower())) == DONE
    assert await refusal_of(log_in(node, "ann", token.secret)) == WRONG


async def test_where_nothing_can_be_looked_up_nobody_is_blamed(node: Node, vault: ControlledVault) -> None:
    """Whoever cannot be let in because the vault or the store fails may try again, and it counts as no failure."""
    await pair(node)
    vault.fails = "load_credentials".__eq__
    for _ in range(10):
        assert await refusal_of(log_in(node, "ann")) == TRY_AGAIN
    vault.fails = lambda _: False
    await log_in(node, "ann")


async def test_where_rooms_cannot_be_read_nobody_comes_in(node: Node, store: ControlledStore) -> None:
    """And nothing has changed for whoever was a guest."""
    one, other = await pair(node)
    for connection in (one, other):
        connection.leave()
    await node.settle()
    guest = Guest(node, "guest")
    store.fails = "list_memberships".__eq__
    assert await guest.ask(LogIn("ann", PASSWORD)) == TRY_AGAIN
    assert await refusal_of(log_in(node, "ann")) == TRY_AGAIN
    assert (guest.name, len(node.sessions)) == ("guest", 1)


# What waits


async def test_what_is_told_meanwhile_is_shown_once(node: Node) -> None:
    """To the first connection, oldest first; not what was heard before, not one's own, not of those one blocks."""
    ann, bob, eve = await sign_up(node, "ann"), await sign_up(node, "bob"), Guest(node, "eve")
    await ann.ask(Block(("eve",), silent=True))
    await bob.ask(Tell(("ann",), "heard"))
    await ann.ask(Tell(("bob",), "my own"))
    node.clock.advance(1)
    ann.leave()
    await node.settle()
    for who, text in ((bob, "one"), (eve, "not this"), (bob, "two")):
        node.clock.advance(1)
        await who.ask(Tell(("ann",), text))
    node.clock.advance(1)
    ann = await log_in(node, "ann")
    assert [text_of(record) for record in ann.welcome.waiting] == ["one", "two"]
    assert (await log_in(node, "ann")).welcome.waiting == ()


async def test_what_waited_is_not_shown_again(node: Node) -> None:
    """After he was here for a while, and went."""
    ann, bob = await sign_up(node, "ann"), Guest(node, "bob")
    ann.leave()
    await bob.ask(Tell(("ann",), "once"))
    for expected in (["once"], []):
        node.clock.advance(1)
        ann = await log_in(node, "ann")
        assert [text_of(record) for record in ann.welcome.waiting] == expected
        ann.leave()
        await node.settle()


async def test_whatever_is_told_while_somebody_comes_in_reaches_him_once(node: Node) -> None:
    """In his welcome or right behind it, by those who wrote to him before and by those who never did."""
    bob, ann = await sign_up(node, "bob"), await sign_up(node, "ann")
    token = await token_of(ann)
    for when in range(TURNS):
        node.clock.advance(1)
        ann.leave()
        await node.settle()
        node.clock.advance(1)
        stranger = Guest(node, f"stranger{when}")
        coming = asyncio.ensure_future(log_in(node, "ann", token))
        await turns(when)
        for one in (bob, stranger):
            one.send(Tell(("ann",), f"{one.name} {when}"))
        ann = await coming
        await bob.answers()
        await stranger.answers()
        heard = sorted([text_of(record) for record in ann.welcome.waiting] + ann.messages)
        assert heard == sorted([f"bob {when}", f"{stranger.name} {when}"]), f"told after {when} turns"


# Races


async def test_two_log_in_at_once(node: Node) -> None:
    """Both are in, as one person; and so they are when he was not here before."""
    ann = await sign_up(node, "ann")
    await ann.ask(Join(LOBBY))
    ann.leave()
    one, other = await asyncio.gather(log_in(node, "ann"), log_in(node, "ann"))
    assert one.session.person is other.session.person
    await Guest(node, "bob").ask(Tell(("ann",), "hi"))
    assert one.messages == other.messages == ["hi"]
    one.leave()
    assert node.house.find_person("ann") is not None
    other.leave()
    assert node.house.find_person("ann") is None


async def test_a_room_joined_while_another_connection_comes_in(node: Node) -> None:
    """Is heard there as well, whenever that happens."""
    one, _ = await pair(node)
    token, bob = await token_of(one), Guest(node, "bob")
    for when in range(TURNS):
        room = f"#tea{when}"
        await bob.ask(Join(room))
        coming = asyncio.ensure_future(log_in(node, "ann", token))
        await turns(when)
        one.send(Join(room))
        late = await coming
        await one.answers()
        late.forget()
        await bob.ask(Say(room, "hello"))
        assert late.messages == ["hello"], f"joined after {when} turns"
        await one.ask(Leave(room))
        await bob.ask(Leave(room))
        late.leave()


async def race(node: Node, token: str, turn: int, happening: Awaitable[object]) -> None:
    """Let Ann come in, and something happen after so many turns that keeps her out: she is not in at the end."""
    coming = asyncio.ensure_future(log_in(node, "ann", token))
    await turns(turn)
    happened = asyncio.ensure_future(happening)
    try:
        ann = await coming
    except Refused as refused:
        assert refused.refusal.code in {"disabled", "wrong_password"}  # noqa: PT017 - the other outcome is right too
    else:
        await happened
        await node.settle()
        assert ann.dismissed, f"it happened after {turn} turns"
    await happened
    assert node.house.find_person("ann") is None


async def test_whoever_is_disabled_while_he_comes_in_is_not_in(node: Node) -> None:
    """Whenever that happens."""
    code = await make_claim(node.house.directory, node.vault, node.clock)
    assert code is not None
    owner, ann = await sign_up(node, "owner", code), await sign_up(node, "ann")
    token = await token_of(ann)
    ann.leave()
    for turn in range(TURNS):
        await race(node, token, turn, owner.ask(DisableAccount("ann")))
        await owner.ask(EnableAccount("ann"))


async def test_whoever_deletes_his_account_while_he_comes_in_is_not_in(node: Node) -> None:
    """On another connection, whenever that happens."""
    for turn in range(TURNS):
        ann = await sign_up(node, "ann")
        token = await token_of(ann)
        await race(node, token, turn, node.requests.perform(ann.session, CloseAccount()))
        node.clock.advance(31 * 86_400)


async def test_who_goes_while_he_logs_in_is_not_there(node: Node) -> None:
    """A guest whose connection closes meanwhile becomes nobody else, and leaves no ghost."""
    one, other = await pair(node)
    who, token = one.id, await token_of(one)
    for connection in (one, other):
        connection.leave()
    for when in range(TURNS):
        guest = Guest(node, "guest")
        guest.send(LogIn("ann", token))
        await turns(when)
        guest.leave()
        await turns(2 * TURNS)
        await node.settle()
        assert node.house.people == {}
        assert len(node.sessions) == 0
    assert list((await node.open_channel()).settled.members) == [who]


async def test_a_guest_makes_way_for_an_account_from_elsewhere(node: Node, store: ControlledStore) -> None:
    """Whoever is called so when an account of that name is opened by another program is called something else."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
    directory = node.house.require_directory()
    opened = AccountOpened(PersonId("p-other"), "Ann", "ann", "ann")
    await store.append_elsewhere([Draft(directory.id, opened)])
    await node.delivery.check()
    await until(lambda: ann.name == "ann2")
    assert bob.heard_of(Renamed) == [Renamed(ann.id, "ann", "ann2")]
    assert await bob.ask(Tell(("ann",), "hi")) == Told("hi", (Outcome("Ann", "waiting"),))


async def test_nobody_makes_way_for_an_account_that_came_too_late(node: Node, store: ControlledStore) -> None:
    """An opening that is void takes the name from nobody: neither from an account nor from its connections."""
    one, other = await pair(node)
    directory = node.house.require_directory()
    late = AccountOpened(PersonId("p-late"), "ann", "ann", "ann")
    await store.append_elsewhere([Draft(directory.id, late)])
    await node.delivery.check()
    await until(lambda: directory.id not in node.delivery._repairs)  # noqa: SLF001 - no byte tells of it
    await turns(50)
    await node.settle()
    assert (one.name, other.name) == ("ann", "ann")


async def test_a_guest_makes_way_for_an_account_that_is_renamed_elsewhere(node: Node, store: ControlledStore) -> None:
    """As for one that is opened; whoever cannot be called anything else is sent away."""
    (await sign_up(node, "carol")).leave()
    carol = next(iter(node.house.directory.accounts))
    ann = Guest(node, "ann")
    directory = node.house.require_directory()
    await store.append_elsewhere([Draft(directory.id, AccountRenamed(carol, "carol", "ann", "ann", "ann"))])
    await node.delivery.check()
    await until(lambda: ann.name == "ann2")
    await Guest(node, "bob").ask(Join(LOBBY))
    await ann.ask(Join(LOBBY))
    store.fails = "append".__eq__
    await store.append_elsewhere([Draft(directory.id, AccountOpened(PersonId("p"), "ann2", "ann2", "ann2"))])
    await node.delivery.check()
    await until(lambda: bool(ann.dismissed))
