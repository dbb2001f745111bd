"""The native conversation: whoever says hello in JSON is told everything, and answered by the ids that he gives."""

import json
from typing import Final

import msgspec
import pytest

from hubbub.core.access import Access
from hubbub.core.features.membership import Joined
from hubbub.core.features.messages import Said
from hubbub.core.features.renaming import Renamed
from hubbub.core.kinds import RefusalCode
from hubbub.core.limits import Limits
from hubbub.core.room_answers import Gathered
from hubbub.core.signals import Typing
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import EARLY_TRIES
from hubbub.gateways.native.conversation import SINCE_LIMIT
from hubbub.gateways.vigil import PING_SECONDS, SILENT_SECONDS
from hubbub.wire.native import (
    LINE_BYTES,
    VERSION,
    AnswerMessage,
    Challenge,
    ClosingMessage,
    DepartedMessage,
    DoneMessage,
    EnteredMessage,
    Ping,
    Pong,
    RecordMessage,
    RefusalMessage,
    Throttled,
    Welcome,
    YouMessage,
    decode_from_server,
)
from tests.gateways.native.clients import (
    IDENTITY,
    arrive,
    connect,
    events_in,
    place,
    signals_in,
    states_in,
)
from tests.service.members import PASSWORD
from tests.service.scram_client import ScramClient

ANN: Final = {"type": "hello", "name": "ann"}


# Coming in


async def test_a_guest_is_welcomed_and_enters_the_lobby() -> None:
    """He learns who he is, where he is, what he may ask, and what was said there last."""
    async with place() as here:
        (bob,) = await arrive(here, "bob")
        await bob.ask("say", room="#lobby", text="hello?")
        ann = await connect(here)
        welcome = await ann.hello("ann")
        assert (welcome.version, welcome.server.id, welcome.you.name) == (VERSION, IDENTITY, "ann")
        assert not welcome.you.has_account
        assert [room.kind for room in welcome.rooms] == ["house"]
        assert welcome.limits.line_bytes == LINE_BYTES
        assert welcome.key
        entered = (await ann.hear(EnteredMessage)).room
        assert (entered.name, entered.member_count, entered.some_members) == ("#lobby", 2, ("bob",))
        assert [record.event for record in entered.recent] == [Said(bob.id, "bob", "hello?")]
        assert entered.seq == 3, "his own coming in is in there already"
        assert await ann.settle() == [welcome, EnteredMessage(entered)]


async def test_a_room_is_told_with_who_may_come_in() -> None:
    """So a list of rooms can mark what is private, read only or archived, or a group, without a question for each."""
    async with place() as here:
        (ann, bob) = await arrive(here, "ann", "bob")
        await ann.ask("join", room="#tea")
        await ann.ask("change_settings", room="#tea", change={"access": "announcement", "is_archived": True})
        group = await ann.ask("gather", names=["bob"])
        assert isinstance(group, AnswerMessage)
        assert isinstance(group.answer, Gathered)
        marks = {state.room.name: (state.room.access, state.room.is_group) for state in states_in(await bob.settle())}
        assert marks[group.answer.room] == ("private", True)
        await ann.ask("change_settings", room="#tea", change={"is_archived": False})
        await bob.ask("join", room="#tea")
        tea = states_in(await bob.settle())[-1].room
        assert (tea.name, tea.access, tea.is_archived) == ("#tea", "announcement", False)


async def test_a_guest_may_choose_his_rooms() -> None:
    """Or none; what cannot be a room is refused, and the others are entered."""
    async with place() as here:
        ann = await connect(here)
        await ann.hello("ann", rooms=["#tea", "no room", "#milk"])
        await ann.hear(RefusalMessage)
        assert [state.room.name for state in states_in(await ann.settle())] == ["#tea", "#milk"]
        bob = await connect(here)
        await bob.hello("bob", rooms=[])
        assert states_in(await bob.settle()) == []
        carl = await connect(here)
        refusal = await carl.refused_hello(name="carl", rooms=["#tea"] * (here.limits.rooms_per_person + 1))
        assert refusal.code == "bad_request"


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        ({"name": "a b"}, "bad_name"),
        ({}, "bad_name"),
        ({"name": "bob"}, "name_taken"),
        ({"name": "ann", "versions": [VERSION + 1]}, "bad_request"),
        ({"name": "ann", "versions": []}, "bad_request"),
        ({"name": "ann", "since": {str(number): 1 for number in range(SINCE_LIMIT + 1)}}, "bad_request"),
        ({"name": "ann", "since": {str(10**30): 1}}, "bad_request"),
        ({"name": "ann", "since": {"4": -1}}, "bad_request"),
        ({"name": "ann", "key": "what?"}, "bad_code"),
        ({"name": "ann", "password": "wrong horse"}, "wrong_password"),
        ({"token": "hub_" + "0" * 59}, "wrong_password"),
        ({"name": "ann", "register": True}, "bad_password"),
        ({"name": 3}, "bad_request"),
    ],
)
async def test_whoever_is_refused_may_say_hello_again(hello: dict[str, object], code: RefusalCode) -> None:
    """Whatever was wrong with the first one."""
    async with place() as here:
        await arrive(here, "bob")
        ann = await connect(here)
        refusal = await ann.refused_hello(**hello)
        assert (refusal.code, refusal.id) == (code, None)
        await ann.arrive(refusal.suggestion or "ann")


async def test_nothing_can_be_asked_before() -> None:
    """It is refused by its id; whoever goes on so has to go, and so has whoever says nothing."""
    async with place() as here:
        ann, bob = await connect(here), await connect(here)
        outcome = await ann.ask("say", room="#lobby", text="hi")
        assert isinstance(outcome, RefusalMessage)
        ann.send({"type": "ping", "id": "still here?"})
        assert await ann.hear(Pong) == Pong("still here?")
        ann.send(*[{"type": "proof", "data": "x"}, {"type": "nope"}] * EARLY_TRIES)
        closing = await ann.hear(ClosingMessage)
        assert (closing.code, closing.come_back) == ("nameless", True)
        here.node.clock.advance(here.limits.naming_seconds)
        assert (await bob.hear(ClosingMessage)).code == "unnamed"


async def test_pongs_that_nobody_wants_are_tries_too() -> None:
    """Nothing can be sent for ever by whoever has not said who he is."""
    async with place() as here:
        ann = await connect(here)
        ann.send(*[{"type": "pong"}] * (EARLY_TRIES + 1))
        assert (await ann.hear(ClosingMessage)).code == "nameless"


async def test_hello_is_said_once() -> None:
    """The second one is refused, and changes nothing."""
    async with place() as here:
        (ann,) = await arrive(here, "ann")
        refusal = await ann.refused_hello(name="anna")
        assert refusal.code == "bad_request"
        assert events_in(await ann.settle()) == []


async def test_where_guests_may_not_come_one_opens_an_account() -> None:
    """And is welcomed as who has one: without a key, for his password is that."""
    async with place(access=Access("registered")) as here:
        ann = await connect(here)
        assert (await ann.refused_hello(name="ann")).code == "needs_account"
        welcome = await ann.hello("ann", password=PASSWORD, register=True)
        assert (welcome.you.has_account, welcome.you.role, welcome.key) == (True, "member", "")
        await ann.hear(EnteredMessage)
        other = await connect(here)
        welcome = await other.hello("ANN", password=PASSWORD)
        assert [room.name for room in welcome.rooms if room.kind == "channel"] == ["#lobby"]
        assert states_in(await other.settle()) == [], "he is in the lobby already"


async def test_a_program_logs_in_by_its_token_alone() -> None:
    """It need not know whose it is."""
    async with place() as here:
        ann = await connect(here)
        await ann.arrive("ann", password=PASSWORD, register=True)
        made = await ann.ask("make_token", label="bot")
        assert isinstance(made, AnswerMessage)
        bot = await connect(here)
        welcome = await bot.hello(token=msgspec.to_builtins(made.answer)["secret"])
        assert welcome.you.name == "ann"
        assert [(room.name, room.member_count) for room in welcome.rooms if room.kind == "channel"] == [("#lobby", 1)]


async def test_a_welcome_tells_no_more_than_its_client_can_bear() -> None:
    """Of rooms in which too much was said he may ask; the first ones are told whole."""
    async with place(Limits(commands_per_second=0, outbox_bytes=65_536)) as here:
        rooms = [f"#room{number}" for number in range(5)]
        ann = await connect(here)
        await ann.hello("ann", password=PASSWORD, register=True, rooms=rooms)
        for room in rooms:
            for _ in range(2):
                await ann.ask("say", room=room, text="x" * 3_000)
        other = await connect(here)
        welcome = await other.hello("ann", password=PASSWORD)
        assert [len(room.recent) for room in welcome.rooms if room.kind == "channel"] == [2, 2, 0, 0, 0]


async def test_a_welcome_comes_before_everything_whatever_others_have_asked() -> None:
    """The other connections of the same person may have used up the pace that they share."""
    async with place(Limits(burst=10, commands_per_second=1, person_share=1)) as here:
        ann = await connect(here)
        await ann.arrive("ann", password=PASSWORD, register=True)
        phone = await connect(here)
        await phone.hello("ann", password=PASSWORD)
        for connection in (ann, phone):
            connection.send(*[{"type": "ping"}] * 30)
            await connection.hear(Throttled)
        other = await connect(here)
        other.send({"type": "hello", "name": "ann", "password": PASSWORD, "since": {"4": 1}, "rooms": []})
        assert isinstance(await other.next(), Welcome)


async def test_a_password_is_proved_without_being_sent() -> None:
    """By SCRAM, and the server proves that it knows it as well; a wrong proof is refused, and one may begin again."""
    async with place() as here:
        ann = await connect(here)
        await ann.arrive("ann", password=PASSWORD, register=True)
        here.node.safe = False
        for password in ("wrong horse", PASSWORD):
            scram, client = ScramClient("ann", password), await connect(here)
            client.send({"type": "hello", "scram": scram.first})
            challenge = await client.hear(Challenge)
            client.send({"type": "proof", "data": scram.prove(challenge.data)}, {"type": "list_rooms", "id": 1})
            if password == PASSWORD:
                welcome = await client.hear(Welcome)
                assert scram.believes(welcome.scram)
                assert welcome.you.name == "ann"
                await client.hear(AnswerMessage)
            else:
                assert (await client.hear(RefusalMessage)).code == "wrong_password"
                client.send({"type": "proof", "data": scram.prove(challenge.data)})
                await client.hear(RefusalMessage)
                assert (await client.hear(RefusalMessage)).code == "bad_request"
                assert (await client.refused_hello(scram="p=tls-unique,,n=ann,r=x")).code == "bad_request"
                await client.hello("bob", rooms=[])


# Asking


async def test_every_request_is_answered_by_its_id_in_its_turn() -> None:
    """Done, an answer, or a refusal, in the order of the questions, whatever the ids are."""
    async with place() as here:
        ann, _ = await arrive(here, "ann", "bob")
        ann.send(
            {"type": "say", "id": 1, "room": "#lobby", "text": "one"},
            {"type": "say", "id": 1, "room": "#nowhere", "text": "two"},
            {"type": "list_members", "id": "x" * 64, "room": "#lobby"},
            {"type": "set_topic", "id": -(2**53), "room": "#lobby", "text": "tea"},
            {"type": "tell", "id": "", "recipients": ["bob", "zoe"], "text": "psst"},
            {"type": "ping", "id": 2**53},
        )
        await ann.hear(Pong)
        told = [message for message in ann.heard if not isinstance(message, RecordMessage | EnteredMessage)]
        assert [type(message) for message in told] == [
            *(DoneMessage, RefusalMessage, AnswerMessage, DoneMessage, AnswerMessage, Pong),
        ]
        assert [getattr(message, "id", None) for message in told] == [1, 1, "x" * 64, -(2**53), "", 2**53]


async def test_what_one_says_is_heard_before_it_is_answered() -> None:
    """By its speaker too, under the id that the answer names."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        done = await ann.ask("say", room="#lobby", text="hi", nonce="n-1")
        assert isinstance(done, DoneMessage)
        record = ann.heard[-2]
        assert isinstance(record, RecordMessage)
        assert f"{record.room}-{record.seq}" == done.message
        assert (record.where, record.event) == ("#lobby", Said(ann.id, "ann", "hi", nonce="n-1"))
        assert await bob.hear(RecordMessage) == record


BAD: Final = {
    "no JSON": b"{hello}",
    "half of it": b'{"type":"say"',
    "a list": b"[]",
    "a number": b"7",
    "nothing": b"null",
    "no type": b'{"id":1}',
    "another type": b'{"type":7,"id":1}',
    "a type that is not known": b'{"type":"fly","id":1}',
    "one that only the server uses": b'{"type":"open_account","id":1}',
    "one of the server's": b'{"type":"welcome","id":1}',
    "no id": b'{"type":"list_rooms"}',
    "half an id": b'{"type":"list_rooms","id":1.5}',
    "a huge id": b'{"type":"list_rooms","id":9007199254740993}',
    "a long id": b'{"type":"list_rooms","id":"%b"}' % (b"x" * 65),
    "no room": b'{"type":"say","id":1,"text":"hi"}',
    "a room that is a number": b'{"type":"say","id":1,"room":4,"text":"hi"}',
    "a list in place of a text": b'{"type":"say","id":1,"room":"#lobby","text":[]}',
    "half a character": b'{"type":"say","id":1,"room":"#lobby","text":"\\ud800"}',
    "bytes that are no text": b'{"type":"say","id":1,"room":"#lobby","text":"\xff"}',
    "a list without an end": b"[" * 50_000,
    "a hundred thousand lists": b'{"type":"say","id":1,"x":%b%b}' % (b"[" * 60_000, b"]" * 60_000),
    "too long a line": b"x" * (LINE_BYTES + 1),
    "a number that nobody can count": b'{"type":"find_history","id":1,"room":"#lobby","limit":1%b}' % (b"0" * 5_000),
}


@pytest.mark.parametrize("line", BAD.values(), ids=BAD)
async def test_what_means_nothing_is_refused_and_one_goes_on(line: bytes) -> None:
    """With a sentence that says what was wrong, under its id if that at least was one."""
    async with place() as here:
        (ann,) = await arrive(here, "ann")
        await ann.peer.send_all(line + b"\n")
        refusal = await ann.hear(RefusalMessage)
        assert refusal.code == "bad_request"
        assert refusal.sentence
        assert refusal.id in {None, 1}
        assert await ann.settle() == [refusal]


async def test_fields_that_are_not_known_are_ignored() -> None:
    """A newer client may send them, at the beginning, in the middle, and in the end; empty lines are nothing."""
    async with place() as here:
        (ann,) = await arrive(here, "ann")
        ann.peer.send(b'\n\r\n{"new":{"a":[1]},"type":"say","x":null,"id":1,"room":"#lobby","text":"hi","z":1e999}\n')
        assert isinstance(await ann.hear(DoneMessage), DoneMessage)


async def test_the_longest_line_is_read() -> None:
    """The longest message, every character of it written as six."""
    async with place() as here:
        (ann,) = await arrive(here, "ann")
        text = "\\u00e9" * 8_192
        line = f'{{"type":"say","id":1,"room":"#lobby","text":"{text}"}}'.encode()
        await ann.peer.send_all(line + b" " * (LINE_BYTES - len(line)) + b"\n")
        assert (await ann.hear(DoneMessage)).id == 1
        assert events_in(await ann.settle()) == [Said(ann.id, "ann", json.loads(f'"{text}"'))]


# Hearing


async def test_a_conversation_is_called_as_the_other_is() -> None:
    """By each of the two, whatever he is called later; it is told of when it begins."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await ann.ask("tell", recipients=["bob"], text="psst")
        for client, name in ((ann, "@bob"), (bob, "@ann")):
            heard = await client.settle()
            assert [(state.room.name, state.room.kind) for state in states_in(heard)] == [(name, "direct")]
            assert [message.where for message in heard if isinstance(message, RecordMessage)] == [name]
        await ann.ask("rename", name="anna")
        await bob.settle()
        await bob.ask("tell", recipients=["anna"], text="hm?")
        assert [m.where for m in await bob.settle() if isinstance(m, RecordMessage)] == ["@anna"]


async def test_whoever_joins_late_is_told_what_was_said_in_any_of_his_rooms() -> None:
    """Also where it is another connection of his that joins."""
    async with place() as here:
        (bob,) = await arrive(here, "bob")
        await bob.ask("join", room="#tea")
        await bob.ask("say", room="#tea", text="first")
        ann = await connect(here)
        await ann.arrive("ann", password=PASSWORD, register=True)
        phone = await connect(here)
        await phone.hello("ann", password=PASSWORD)
        await phone.settle()
        await ann.ask("join", room="#tea")
        (entered,) = states_in(await phone.settle())
        assert [record.event.text for record in entered.room.recent if isinstance(record.event, Said)] == ["first"]
        await ann.ask("leave", room="#tea")
        assert DepartedMessage(entered.room.id) in await phone.settle()


async def test_one_is_told_who_one_is_whenever_that_changes() -> None:
    """Before the answer: called otherwise, with an account, somebody else, and nobody again."""
    async with place() as here:
        (ann,) = await arrive(here, "ann")
        await ann.ask("rename", name="anna")
        assert [m.you.name for m in await ann.settle() if isinstance(m, YouMessage)] == ["anna"]
        await ann.ask("register", password=PASSWORD)
        assert [m.you.has_account for m in await ann.settle() if isinstance(m, YouMessage)] == [True]
        bob = await connect(here)
        await bob.arrive("bob")
        await bob.settle()
        answer = await bob.ask("log_in", name="anna", password=PASSWORD)
        assert isinstance(answer, AnswerMessage)
        heard = await bob.settle()
        assert [m.you.name for m in heard if isinstance(m, YouMessage)] == ["anna"]
        assert "#lobby" in [state.room.name for state in states_in(heard)]
        await bob.ask("log_out")
        (you,) = [m.you for m in await bob.settle() if isinstance(m, YouMessage)]
        assert (you.name, you.has_account) == ("anna2", False)


async def test_signals_are_passed_on() -> None:
    """What is true for a moment comes as it is."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        await ann.ask("show_typing", room="#lobby")
        assert signals_in(await bob.settle()) == [Typing("#lobby", "ann")]


async def test_nobody_sees_the_key_of_a_room_pass_by() -> None:
    """A member learns that there is one."""
    async with place() as here:
        ann, bob = await connect(here), (await arrive(here, "bob"))[0]
        await ann.arrive("ann", password=PASSWORD, register=True)
        await ann.ask("join", room="#tea")
        await bob.ask("join", room="#tea")
        await bob.settle()
        await ann.ask("change_settings", room="#tea", change={"key": "sesame"})
        assert "sesame" not in str(await bob.settle())


async def test_nobody_makes_a_room_a_group_or_a_group_a_room() -> None:
    """In a group, everybody may take others in: its members have not come into that."""
    async with place() as here:
        ann = await connect(here)
        await ann.arrive("ann", password=PASSWORD, register=True)
        await ann.ask("join", room="#tea")
        for is_group in (True, False):
            refusal = await ann.ask("change_settings", room="#tea", change={"is_group": is_group})
            assert isinstance(refusal, RefusalMessage)
            assert refusal.code == "bad_setting"


# Being there


async def test_who_is_silent_is_asked_whether_he_is_there() -> None:
    """After 90 s; his answer is as good as a word. After 150 s he has to go, and a guest may come back."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        here.node.clock.advance(PING_SECONDS - 1)
        ann.send({"type": "pong"})
        await ann.settle()
        here.node.clock.advance(1)
        assert await bob.next() == Ping()
        bob.send({"type": "pong"})
        await bob.settle()
        here.node.clock.advance(PING_SECONDS - 1)
        assert await ann.next() == Ping()
        here.node.clock.advance(SILENT_SECONDS - PING_SECONDS)
        assert (await ann.hear(ClosingMessage)).code == "silent"
        again = await connect(here)
        assert (await again.hello(key=ann.key)).you.name == "ann"


async def test_who_floods_waits_and_is_told_so_once() -> None:
    """Nothing is lost: everything is answered in its time."""
    async with place(Limits(burst=5, commands_per_second=1)) as here:
        ann = await connect(here)
        await ann.arrive("ann")
        ann.send(*({"type": "say", "id": number, "room": "#lobby", "text": "x"} for number in range(10)))
        await ann.hear(Throttled)
        for _ in range(10):
            here.node.clock.advance(1)
            await here.node.settle()
        answered: list[object] = []
        while len(answered) < 10:
            answered.append((await ann.hear(DoneMessage)).id)
        assert answered == list(range(10))
        assert sum(isinstance(message, Throttled) for message in ann.heard) == 1


async def test_who_says_goodbye_is_answered_before() -> None:
    """His name is free then, and he is not expected back."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        ann.send({"type": "say", "id": 1, "room": "#lobby", "text": "good night"}, {"type": "bye"})
        words = [decode_from_server(line) for line in (await ann.peer.hear_end()).splitlines()]
        assert [type(message) for message in words] == [RecordMessage, DoneMessage, ClosingMessage]
        await (await connect(here)).hello("ann", rooms=[])
        kinds = [type(event) for event in events_in(await bob.settle())]
        assert kinds[0] is Said
        assert len(kinds) == 2
        refused = await connect(here)
        assert (await refused.refused_hello(key=ann.key)).code == "bad_code"


@pytest.mark.parametrize("closing", [Closing.STOPPING, Closing.DISMISSED])
async def test_the_last_words_say_whether_to_come_back(closing: Closing) -> None:
    """By their code, and in a sentence."""
    async with place() as here:
        (ann,) = await arrive(here, "ann")
        assert ann.peer.connection is not None
        ann.peer.connection.close(closing)
        last = await ann.hear(ClosingMessage)
        assert last == ClosingMessage(closing.code, closing.sentence, closing.come_back)
        assert await ann.peer.hear_end() == b""


async def test_everything_asked_is_answered_after_the_end_of_the_input() -> None:
    """As by `nc -N`; half a line is nothing."""
    async with place() as here:
        ann, bob = await arrive(here, "ann", "bob")
        ann.send({"type": "rename", "id": 1, "name": "anna"}, {"type": "list_rooms", "id": 2})
        ann.peer.send(b'{"type":"list_rooms","id":3}')
        ann.peer.sock.shutdown(1)
        words = [decode_from_server(line) for line in (await ann.peer.hear_end()).splitlines()]
        assert [message.id for message in words if isinstance(message, AnswerMessage)] == [1, 2]
        assert [type(event) for event in events_in(await bob.settle())] == [Renamed], "she may come back"


async def test_joining_is_heard_by_the_others() -> None:
    """As a record, and by the newcomer as what he has entered."""
    async with place() as here:
        (bob,) = await arrive(here, "bob")
        ann = await connect(here)
        await ann.arrive("ann")
        assert events_in(await bob.settle()) == [Joined(ann.id, "ann")]
