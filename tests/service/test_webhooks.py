"""Webhooks: who may have them, what programs say by them, and what they are told."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any, Final

import pytest

from hubbub.core.features.accounts import DisableAccount
from hubbub.core.features.annotating import Delete, Edit
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Said, Say
from hubbub.core.features.moderation import Ban
from hubbub.core.features.room_roles import SetRole
from hubbub.core.features.settings import ChangeSettings, RenameRoom
from hubbub.core.features.topics import SetTopic
from hubbub.core.hook_answers import HookList, HookMade, HookView
from hubbub.core.hook_requests import AnyHookRequest, ListHooks, MakeHook, RestartHook, RevokeHook
from hubbub.core.kinds import Refusal, Refused
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Done
from hubbub.core.queries import FindAudit
from hubbub.core.roles import RoomRole
from hubbub.core.room_answers import AuditTrail
from hubbub.core.room_settings import Change
from hubbub.core.scene import DONE
from hubbub.server.claim import make_claim
from hubbub.server.node import Rules
from hubbub.service.hook_desk import HOOKS_PER_ROOM
from hubbub.service.hook_schedule import JITTER, SCHEDULE
from hubbub.service.hook_store import HookId, Progress
from hubbub.service.lanes import PROMPT_LANE
from hubbub.service.peers import Peer
from hubbub.service.ports import StoreUnavailable
from hubbub.service.posting import Posted, Unreachable
from hubbub.stores.memory_hooks import MemoryHooks
from hubbub.wire.hooks import HookMessage
from tests.service.guests import HERE, Guest
from tests.service.members import Member, code_of, log_in, sign_up
from tests.service.node import ANYONE, Node, running
from tests.service.posters import MemoryPoster, Parcel

URL: Final = "https://ci.example.org/chat?key=1"
FAR: Final = Peer("192.0.2.7:5", "192.0.2.7")
OPS: Final = "#ops"
TWICE: Final = 2


@asynccontextmanager
async def posting(poster: MemoryPoster, before: Node | None = None) -> AsyncIterator[Node]:
    """Let a node run that posts, perhaps where another one has stopped."""
    node = Node(storage=before.storage if before else None, poster=poster)
    async with running(node):
        if before is not None:
            node.clock.advance(before.clock.monotonic())
        await node.webhooks.outgoing.open()
        try:
            yield node
        finally:
            await node.webhooks.outgoing.close()


@pytest.fixture
def poster() -> MemoryPoster:
    """Give somebody who posts."""
    return MemoryPoster()


@pytest.fixture
async def hooked(poster: MemoryPoster) -> AsyncIterator[Node]:
    """Run a node that posts."""
    async with posting(poster) as node:
        yield node


async def own_room(node: Node, name: str = "ann", room: str = OPS) -> Member:
    """Return somebody who has a room of his own."""
    member = await sign_up(node, name)
    await member.ask(Join(room))
    return member


async def operator(node: Node) -> Member:
    """Return whoever owns the server."""
    claim = await make_claim(node.house.directory, node.vault, node.clock)
    assert claim is not None
    return await sign_up(node, "root", claim)


async def made(member: Guest, request: MakeHook) -> HookMade:
    """Make a webhook."""
    answer = await member.ask(request)
    assert isinstance(answer, HookMade), answer
    return answer


async def listed(member: Guest, room: str = OPS) -> list[HookView]:
    """Return a room's webhooks."""
    answer = await member.ask(ListHooks(room))
    assert isinstance(answer, HookList)
    return [*answer.hooks]


def secret_of(hook: HookMade) -> str:
    """Return what programs show."""
    return hook.link.rpartition("/")[2]


async def say(node: Node, hook: HookMade, message: HookMessage, peer: Peer = HERE) -> str:
    """Let a program speak."""
    found = await node.webhooks.incoming.find(secret_of(hook), peer)
    return await node.webhooks.incoming.say(found, message, peer)


async def refusal_of(asked: Awaitable[object]) -> Refusal:
    """Return why a program was refused."""
    with pytest.raises(Refused) as refused:
        await asked
    return refused.value.refusal


def said_by(guest: Guest) -> list[tuple[str, str]]:
    """Return who said what of what somebody heard."""
    return [(said.name, said.text) for said in guest.heard_of(Said) if isinstance(said, Said)]


# Who may have them


@pytest.mark.parametrize("asked", [MakeHook(OPS), MakeHook(OPS, url=URL), ListHooks(OPS)])
async def test_only_an_owner_may(hooked: Node, asked: AnyHookRequest) -> None:
    """Whoever may change the settings; a guest never, for he would be gone tomorrow."""
    ann, bob = await own_room(hooked), await sign_up(hooked, "bob")
    await bob.ask(Join(OPS))
    assert await code_of(bob.ask(asked)) == "not_allowed"
    assert await code_of(Guest(hooked, "gus").ask(asked)) in {"not_registered", "not_allowed"}
    assert not isinstance(await ann.ask(asked), Refusal)


async def test_a_private_room_is_not_told_of(hooked: Node) -> None:
    """Nobody learns that it exists, by its name or by a webhook's id."""
    ann, bob = await own_room(hooked), await sign_up(hooked, "bob")
    await ann.ask(ChangeSettings(OPS, Change(access="private")))
    hook = await made(ann, MakeHook(OPS))
    assert await code_of(bob.ask(MakeHook(OPS))) == "no_such_room"
    for request in (RevokeHook(hook.id), RestartHook(hook.id), RevokeHook("X")):
        assert await code_of(bob.ask(request)) == "bad_code"
    assert len(await listed(ann)) == 1


async def test_secrets_are_shown_to_nobody_else(hooked: Node) -> None:
    """Not on a connection that others can read, not in a list, and not in a log."""
    ann = await own_room(hooked)
    hook = await made(ann, MakeHook(OPS, "my\x1b CI"))
    posts = await made(ann, MakeHook(OPS, url=URL))
    shown = repr((hook, posts, await listed(ann)))
    assert all(secret not in shown for secret in (secret_of(hook), posts.signing_secret, "key=1"))
    assert {view.label for view in await listed(ann)} == {"my CI", "ci.example.org"}
    hooked.safe = False
    assert await code_of(ann.ask(MakeHook(OPS))) == "needs_encryption"


async def test_what_is_done_with_them_is_written_down(hooked: Node) -> None:
    """With who did it; what was only tried is not."""
    ann = await own_room(hooked)
    hook = await made(ann, MakeHook(OPS, "ci"))
    await ann.ask(RevokeHook(hook.id.lower()))
    assert await code_of(ann.ask(RevokeHook(hook.id))) == "bad_code"
    trail = await ann.ask(FindAudit(10))
    assert isinstance(trail, AuditTrail)
    acts = [(one.event.name, getattr(one.event, "act", ""), getattr(one.event, "target", "")) for one in trail.records]
    assert acts == [("ann", "add webhook", f"{hook.id} (ci)"), ("ann", "remove webhook", f"{hook.id} (ci)")]


async def test_nobody_has_too_many(hooked: Node) -> None:
    """Whoever revokes one may make another."""
    ann = await own_room(hooked)
    hooks = [await made(ann, MakeHook(OPS)) for _ in range(HOOKS_PER_ROOM)]
    assert await code_of(ann.ask(MakeHook(OPS))) == "list_full"
    await ann.ask(RevokeHook(hooks[0].id))
    await made(ann, MakeHook(OPS))


@pytest.mark.parametrize(
    "url", ["ftp://a.b", "https://", "http://a.b:25/", "http://u:p@a.b/", "https://a b", "http://[::1", "x" * 3_000]
)
async def test_what_cannot_be_posted_to(hooked: Node, poster: MemoryPoster, url: str) -> None:
    """It is refused when it is made; so is what leads inside."""
    ann = await own_room(hooked)
    assert await code_of(ann.ask(MakeHook(OPS, url=url))) == "bad_setting"
    poster.forbidden.add(URL)
    assert await code_of(ann.ask(MakeHook(OPS, url=URL))) == "bad_setting"
    assert await code_of(ann.ask(MakeHook(OPS, url=URL + "x", topics=()))) == "bad_setting"
    assert await listed(ann) == []


# What programs say


async def test_a_program_speaks(hooked: Node) -> None:
    """What it says is stored and heard as anything is, and it is told which message that became."""
    ann = await own_room(hooked)
    hook = await made(ann, MakeHook(OPS, "ci"))
    assert hook.link == f"/hooks/{secret_of(hook)}"
    hooked.apply(Rules(hooked.limits, ANYONE, 0, public_url="https://chat.example.org"))
    assert (await made(ann, MakeHook(OPS))).link.startswith("https://chat.example.org/hooks/hub_")
    message = await say(hooked, hook, HookMessage("built", "deploy"), FAR)
    assert said_by(ann) == [("deploy(webhook)", "built")]
    record = ann.heard[-1]
    assert message == record.id
    answer = await say(hooked, hook, HookMessage("fine", reply_to=message))
    assert ann.heard[-1].event == Said(
        record.event.author, "ci(webhook)", "fine", reply_to=record.seq, thread=record.seq
    )
    assert answer == ann.heard[-1].id
    assert (await refusal_of(say(hooked, hook, HookMessage("x", reply_to="1-1")))).code == "no_such_message"
    assert {view.id: view.used_ms for view in await listed(ann)}[hook.id] == hooked.clock.time_ms()


async def test_what_is_sent_twice_is_said_once(hooked: Node) -> None:
    """By one webhook; another one's nonces are its own."""
    ann = await own_room(hooked)
    hooks = [await made(ann, MakeHook(OPS)) for _ in range(2)]
    first = await say(hooked, hooks[0], HookMessage("built", nonce="n"))
    assert await say(hooked, hooks[0], HookMessage("built", nonce="n")) == first
    assert await say(hooked, hooks[1], HookMessage("built", nonce="n")) != first
    assert len(said_by(ann)) == TWICE


async def test_a_secret_goes_with_its_hook(hooked: Node) -> None:
    """Also into a room that is called something else by now; and when it is revoked, it is worth nothing."""
    ann = await own_room(hooked)
    hook = await made(ann, MakeHook(OPS))
    await ann.ask(RenameRoom(OPS, "#machines"))
    assert await say(hooked, hook, HookMessage("here"))
    await ann.ask(RevokeHook(hook.id))
    assert (await refusal_of(say(hooked, hook, HookMessage("gone")))).code == "bad_code"


async def test_hooks_survive_a_restart(hooked: Node, poster: MemoryPoster) -> None:
    """They are kept, by the hashes of their secrets."""
    hook = await made(await own_room(hooked), MakeHook(OPS))
    async with posting(poster, hooked) as later:
        assert await say(later, hook, HookMessage("back"))


async def test_who_is_shut_out_speaks_by_no_hook(hooked: Node) -> None:
    """He knows the secret; an owner can let the room have another one."""
    root, ann = await operator(hooked), await own_room(hooked)
    hook = await made(ann, MakeHook(OPS))
    await root.ask(DisableAccount("ann"))
    assert (await refusal_of(say(hooked, hook, HookMessage("ha")))).code == "not_allowed"


async def test_a_hook_has_a_pace() -> None:
    """Each its own; whoever is too fast is told when to come back."""
    async with running(Node(limits=Limits(burst=2, commands_per_second=1))) as node:
        ann = await own_room(node)
        fast = await made(ann, MakeHook(OPS))
        node.clock.advance(10)
        slow = await made(ann, MakeHook(OPS))
        for _ in range(TWICE):
            await say(node, fast, HookMessage("x"))
        refusal = await refusal_of(say(node, fast, HookMessage("x")))
        assert (refusal.code, refusal.retry_seconds) == ("too_fast", 1)
        await say(node, slow, HookMessage("x"))
        node.clock.advance(1)
        await say(node, fast, HookMessage("x"))


async def test_secrets_are_not_guessed(hooked: Node) -> None:
    """An address that shows wrong ones waits; whoever shows the right one from there does not, once it is known."""
    hook = await made(await own_room(hooked), MakeHook(OPS))
    await say(hooked, hook, HookMessage("x"), FAR)
    wrong = [secret_of(hook)[:-1], "", "hub_" + "0" * 59, "../etc", secret_of(hook) + "\n"]
    for secret in wrong:
        assert (await refusal_of(hooked.webhooks.incoming.find(secret, FAR))).code == "bad_code"
    refusal = await refusal_of(hooked.webhooks.incoming.find(wrong[0], FAR))
    assert refusal.code == "too_fast"
    assert refusal.retry_seconds > 0
    assert await say(hooked, hook, HookMessage("x"), FAR)
    assert (
        await refusal_of(hooked.webhooks.incoming.find(wrong[0], Peer("192.0.2.8:1", "192.0.2.8")))
    ).code == "bad_code"
    hooked.clock.advance(refusal.retry_seconds)
    assert (await refusal_of(hooked.webhooks.incoming.find(wrong[0], FAR))).code == "bad_code"


# What they are told


def event_of(parcel: Parcel) -> dict[str, Any]:
    """Return what happened."""
    event: dict[str, Any] = json.loads(parcel.body)["event"]
    return event


def verify(parcel: Parcel, secret: str) -> None:
    """Check a signature as Standard Webhooks' own libraries do, from its specification alone."""
    key = base64.b64decode(secret.split("_", 1)[1])
    fields = parcel.fields
    signed = f"{fields['webhook-id']}.{fields['webhook-timestamp']}.{parcel.body.decode()}"
    mac = base64.b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest()).decode()
    assert f"v1,{mac}" in fields["webhook-signature"].split(" ")


async def test_what_is_said_is_posted(hooked: Node, poster: MemoryPoster) -> None:
    """In the words of the native protocol, in order, signed; from the moment it was made, and nothing else."""
    ann = await own_room(hooked)
    await ann.ask(Say(OPS, "before"))
    hook = await made(ann, MakeHook(OPS, "ci", URL))
    ann.send(*(Say(OPS, f"{number}") for number in range(5)), SetTopic(OPS, "tea"))
    await ann.answers()
    parcels = [await poster.posted.get() for _ in range(5)]
    assert [event_of(parcel)["text"] for parcel in parcels] == [*"01234"]
    for parcel in parcels:
        verify(parcel, hook.signing_secret)
    body = json.loads(parcels[0].body)
    assert (body["type"], body["in"], body["event"]["name"]) == ("record", OPS, "ann")
    assert parcels[0].url == URL
    assert len({parcel.fields["webhook-id"] for parcel in parcels}) == len(parcels)
    assert [text for _, text in said_by(ann)] == [
        "From now on, what happens here (messages) is also posted to ci.example.org."
    ]


async def test_what_is_asked_for_is_posted(hooked: Node, poster: MemoryPoster) -> None:
    """Of the others, nothing."""
    ann = await own_room(hooked)
    await made(ann, MakeHook(OPS, "", URL, ("members", "topic", "edits")))
    said = await ann.ask_with_ids(Say(OPS, "one"))
    assert isinstance(said, Done)
    await ann.ask(Edit(said.message, "two"))
    await (await sign_up(hooked, "bob")).ask(Join(OPS))
    await ann.ask(SetTopic(OPS, "tea"))
    kinds = [event_of(await poster.posted.get())["type"] for _ in range(3)]
    assert kinds == ["edited", "joined", "topic_set"]


async def test_an_answer_is_said(hooked: Node, poster: MemoryPoster) -> None:
    """By the hook; and neither it nor another hook hears that, or they would talk for ever."""
    ann = await own_room(hooked)
    await made(ann, MakeHook(OPS, "bot", URL))
    await made(ann, MakeHook(OPS, "other", "https://other.example.org/"))
    incoming = await made(ann, MakeHook(OPS, "ci"))
    ann.forget()
    poster.usual = Posted(200, "application/json; charset=utf-8", b'{"text":"pong"}')
    await ann.ask(Say(OPS, "ping"))
    await say(hooked, incoming, HookMessage("by a program"))
    for _ in range(TWICE):
        assert event_of(await poster.posted.get())["text"] == "ping"
    poster.usual = Posted(204)
    await ann.ask(Say(OPS, "end"))
    for _ in range(TWICE):
        assert event_of(await poster.posted.get())["text"] == "end"
    assert sorted(said_by(ann)) == [
        ("bot(webhook)", "pong"),
        ("ci(webhook)", "by a program"),
        ("other(webhook)", "pong"),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        Posted(200, "text/html", b'{"text":"no"}'),
        Posted(200, "application/json", b'{"text":""}'),
        Posted(200, "application/json", b"[" * 100_000),
        Posted(200, "application/json", b'{"ok":true}'),
        Posted(200, "application/json", b"\xff"),
        Posted(200, "application/json", b'{"text":"' + b"x" * 20_000 + b'"}'),
    ],
)
async def test_an_answer_that_is_nothing_to_say(hooked: Node, poster: MemoryPoster, answer: Posted) -> None:
    """What was posted is taken all the same, and what follows is posted."""
    ann = await own_room(hooked)
    await made(ann, MakeHook(OPS, url=URL))
    ann.forget()
    poster.answers.append(answer)
    for text in ("one", "two"):
        await ann.ask(Say(OPS, text))
        assert event_of(await poster.posted.get())["text"] == text
    assert said_by(ann) == []


FAILURES: Final = [Posted(500), Posted(302), Posted(404), Unreachable("it cannot be reached")]


async def settled(node: Node, member: Guest) -> str:
    """Return how posting goes, once what was answered is kept."""
    while True:
        await node.settle()
        (view,) = await listed(member)
        if view.state != "working":
            return view.state


@pytest.mark.parametrize("failure", FAILURES, ids=str)
async def test_what_is_not_taken_is_posted_again(
    hooked: Node, poster: MemoryPoster, failure: Posted | Unreachable
) -> None:
    """After the pause that the schedule says, under the same id and with what follows behind it."""
    ann = await own_room(hooked)
    await made(ann, MakeHook(OPS, url=URL))
    poster.answers += [failure, failure]
    ann.send(Say(OPS, "one"), Say(OPS, "two"))
    first = await poster.posted.get()
    assert await settled(hooked, ann) == "failing"
    hooked.clock.advance(SCHEDULE[0] * (1 - JITTER) - 0.1)
    assert poster.posted.empty()
    hooked.clock.advance(SCHEDULE[0] * 2 * JITTER + 0.1)
    again = await poster.posted.get()
    assert (again.body, again.fields["webhook-id"]) == (first.body, first.fields["webhook-id"])
    await hooked.settle()
    while hooked.clock.advance_to_next() and poster.posted.empty():
        await hooked.settle()
    parcels = [await poster.posted.get() for _ in range(2)]
    assert [event_of(parcel)["text"] for parcel in parcels] == ["one", "two"]


async def test_nothing_is_lost_by_a_restart(hooked: Node, poster: MemoryPoster) -> None:
    """What was not taken before is posted afterwards, when its time has come; and what was taken is not."""
    ann = await own_room(hooked)
    await made(ann, MakeHook(OPS, url=URL))
    await ann.ask(Say(OPS, "zero"))
    await poster.posted.get()
    poster.answers.append(Posted(503))
    await ann.ask(Say(OPS, "one"))
    await poster.posted.get()
    assert await settled(hooked, ann) == "failing"
    await hooked.webhooks.outgoing.close()
    await ann.ask(Say(OPS, "two"))
    async with posting(poster, hooked) as later:
        # Whoever is told at once shows that the other waits, although it was there before.
        again = await log_in(later, "ann")
        await made(again, MakeHook(OPS, url="https://other.example.org/"))
        await again.ask(Say(OPS, "three"))
        assert (await poster.posted.get()).url == "https://other.example.org/"
        assert poster.posted.empty()
        later.clock.advance(SCHEDULE[0] * (1 + JITTER))
        parcels = [await poster.posted.get() for _ in range(2)]
        assert [event_of(parcel)["text"] for parcel in parcels] == ["one", "two"]


class ForgetfulHooks(MemoryHooks):
    """Forgets how far posting has come, when it is told to."""

    forgets = False

    async def save_progress(self, hook: HookId, progress: Progress) -> None:
        """Keep it, or fail."""
        if self.forgets:
            raise StoreUnavailable("the disk is full")
        await super().save_progress(hook, progress)


async def test_an_answer_is_said_once(poster: MemoryPoster) -> None:
    """Also where the server stops before it has noted that something was taken, which is then posted again."""
    hooks = ForgetfulHooks()
    first = Node(storage=Node().storage._replace(hooks=hooks), poster=poster)
    poster.usual = Posted(200, "application/json", b'{"text":"pong"}')
    async with running(first):
        ann = await own_room(first)
        await made(ann, MakeHook(OPS, "bot", URL))
        ann.forget()
        hooks.forgets = True
        await ann.ask(Say(OPS, "ping"))
        parcel = await poster.posted.get()
        while ("bot(webhook)", "pong") not in said_by(ann):
            await first.settle()
        await first.webhooks.outgoing.close()
    hooks.forgets = False
    async with posting(poster, first) as later:
        again = await log_in(later, "ann")
        assert (await poster.posted.get()).fields["webhook-id"] == parcel.fields["webhook-id"]
        await again.ask(Say(OPS, "end"))
        assert event_of(await poster.posted.get())["text"] == "end"
        texts = [record.event.text for record in await later.kept(OPS) if isinstance(record.event, Said)]
        assert texts.count("pong") == 1


async def test_a_receiver_that_is_gone_is_given_up(hooked: Node, poster: MemoryPoster) -> None:
    """After the whole schedule; those in the room are told, and an owner lets it go on where it stopped."""
    ann = await own_room(hooked)
    hook = await made(ann, MakeHook(OPS, "ci", URL))
    ann.forget()
    poster.usual = Unreachable("it cannot be reached")
    await ann.ask(Say(OPS, "one"))
    tries = 0
    while (await settled(hooked, ann)) != "given_up":
        tries += 1
        hooked.clock.advance(SCHEDULE[-1] * (1 + JITTER))
        await poster.posted.get()
    await hooked.settle()
    assert tries <= len(SCHEDULE)
    ((name, told),) = said_by(ann)
    assert name == "ci(webhook)"
    assert "Nothing is posted to ci.example.org any more: it cannot be reached." in told
    assert hook.id in told
    while not poster.posted.empty():
        poster.posted.get_nowait()
    hooked.clock.advance(SCHEDULE[-1] * 2)
    await ann.ask(Say(OPS, "two"))
    assert poster.posted.empty()
    poster.usual = Posted(200)
    assert await ann.ask(RestartHook(hook.id)) == DONE
    parcels = [await poster.posted.get() for _ in range(2)]
    assert [event_of(parcel)["text"] for parcel in parcels] == ["one", "two"]


async def test_what_was_deleted_is_not_posted(hooked: Node, poster: MemoryPoster) -> None:
    """Whoever takes back what he said before it could be posted has taken it back."""
    ann = await own_room(hooked)
    await made(ann, MakeHook(OPS, url=URL))
    poster.answers.append(Posted(503))
    said = await ann.ask_with_ids(Say(OPS, "one"))
    await poster.posted.get()
    assert await settled(hooked, ann) == "failing"
    assert isinstance(said, Done)
    await ann.ask(Delete(said.message))
    await ann.ask(Say(OPS, "two"))
    hooked.clock.advance(SCHEDULE[0] * (1 + JITTER))
    assert event_of(await poster.posted.get())["text"] == "two"


async def test_a_receiver_may_say_that_it_is_gone(hooked: Node, poster: MemoryPoster) -> None:
    """Then nothing is tried again."""
    ann = await own_room(hooked)
    await made(ann, MakeHook(OPS, url=URL))
    poster.answers.append(Posted(410))
    await ann.ask(Say(OPS, "one"))
    await poster.posted.get()
    assert await settled(hooked, ann) == "given_up"


async def test_a_receiver_may_ask_for_time(hooked: Node, poster: MemoryPoster) -> None:
    """Longer than the schedule would give it."""
    ann = await own_room(hooked)
    await made(ann, MakeHook(OPS, url=URL))
    poster.answers.append(Posted(429, retry_seconds=600))
    await ann.ask(Say(OPS, "one"))
    await poster.posted.get()
    assert await settled(hooked, ann) == "failing"
    hooked.clock.advance(599)
    await ann.ask(Say(OPS, "two"))
    assert poster.posted.empty()
    hooked.clock.advance(1)
    assert event_of(await poster.posted.get())["text"] == "one"


async def test_who_is_shut_out_is_told_nothing(hooked: Node, poster: MemoryPoster) -> None:
    """What is said in a room is not posted on for somebody who may not be there."""
    ann, bob = await own_room(hooked), await own_room(hooked, "bob")

    await ann.ask(SetRole(OPS, "bob", RoomRole.OWNER))
    await made(bob, MakeHook(OPS, url=URL))

    root = await operator(hooked)
    await root.ask(Ban(OPS, "bob"))
    await ann.ask(Say(OPS, "among us"))
    assert await settled(hooked, ann) == "given_up"
    assert poster.posted.empty()


async def test_a_slow_receiver_delays_nobody(hooked: Node, poster: MemoryPoster) -> None:
    """However many of them there are, once they are known to be slow."""
    ann = await own_room(hooked)
    slow = [f"https://slow{number}.example.org/" for number in range(PROMPT_LANE)]
    for url in slow:
        await made(ann, MakeHook(OPS, url=url))
        poster.held[url] = asyncio.Event()
    await ann.ask(Say(OPS, "one"))
    for _ in slow:
        await poster.posted.get()
    hooked.clock.advance(2)
    for held in poster.held.values():
        held.set()
    await hooked.settle()
    for url in slow:
        poster.held[url] = asyncio.Event()
    await made(ann, MakeHook(OPS, url=URL))
    await ann.ask(Say(OPS, "two"))
    urls = {(await poster.posted.get()).url for _ in range(PROMPT_LANE + 1)}
    assert URL in urls
    await ann.ask(Say(OPS, "three"))
    parcel = await poster.posted.get()
    assert (parcel.url, event_of(parcel)["text"]) == (URL, "three")


async def test_a_revoked_hook_is_told_nothing_more(hooked: Node, poster: MemoryPoster) -> None:
    """Not even what is on its way."""
    ann = await own_room(hooked)
    hook = await made(ann, MakeHook(OPS, url=URL))
    poster.held[URL] = asyncio.Event()
    ann.send(Say(OPS, "one"), Say(OPS, "two"))
    await ann.answers()
    await poster.posted.get()
    assert await ann.ask(RevokeHook(hook.id)) == DONE
    poster.held.clear()
    await ann.ask(Say(OPS, "three"))
    await made(ann, MakeHook(OPS, url="https://other.example.org/"))
    await ann.ask(Say(OPS, "four"))
    assert (await poster.posted.get()).url == "https://other.example.org/"
    assert poster.posted.empty()


async def test_the_one_who_posts_is_made_when_he_is_needed(poster: MemoryPoster) -> None:
    """His libraries are large; and he goes with the node."""
    async with posting(poster) as node:
        ann = await own_room(node)
        await made(ann, MakeHook(OPS))
        assert node.webhooks.outgoing._poster is None  # noqa: SLF001 - nobody else can tell
        await made(ann, MakeHook(OPS, url=URL))
    assert poster.closed


async def test_log_in_with_a_hook_s_secret(hooked: Node) -> None:
    """Nobody does: it is no token, although it looks like one."""
    hook = await made(await own_room(hooked), MakeHook(OPS))
    assert (await refusal_of(log_in(hooked, "ann", secret_of(hook)))).code == "wrong_password"
