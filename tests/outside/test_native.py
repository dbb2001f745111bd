"""The native protocol of a real server: what its clients may rely on, and what nobody can do with it."""

import threading
import time
from collections.abc import Iterator
from itertools import count
from typing import Any, Final

import pytest

from hubbub.core.features.messages import Said
from hubbub.gateways.conversation import EARLY_TRIES
from hubbub.wire.native import (
    ID_LENGTH,
    LINE_BYTES,
    ClosingMessage,
    DoneMessage,
    EnteredMessage,
    Pong,
    RecordMessage,
    RefusalMessage,
    Resumed,
    Throttled,
    decode_from_server,
)
from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.history import records_of_lobby
from tests.outside.native import ROOM, Talker, line, say, texts_in
from tests.outside.neighbours import Neighbours
from tests.outside.saying import words

MISSED: Final = 4_000
"""Records of half a kilobyte: twice as much as may wait for a reader."""

DEEP: Final = 100_000

FLOOD: Final = 500

PACE: Final = 5
"""Commands a second."""

BURST: Final = 10

PEOPLE: Final = 20
MESSAGES: Final = 300
"""Each; the server is killed when it has shown a tenth of them."""

PASSWORD: Final = "a long enough password"


@pytest.fixture(scope="module")
def server(start_shared_server: StartServer) -> ConfinedServer:
    """Start a server where nobody is hurried, for all tests."""
    return start_shared_server("127.0.0.1:0", "127.0.0.1:0=text", settings=UNHURRIED)


@pytest.fixture(scope="module")
def neighbours(server: ConfinedServer) -> Iterator[Neighbours]:
    """Let Ann and Bob be there, for all tests."""
    both = Neighbours(server.address("text"))
    yield both
    both.leave()


def test_over_tls_it_is_the_same(server: ConfinedServer, connect: Connect) -> None:
    """On the same port, with somebody in clear text in the same room."""
    carol, dan = Talker(connect(server.address())), Talker(connect(server.address()))
    carol.raw.encrypt()
    carol.arrive("carol")
    dan.arrive("dan")
    long = words("é" * 8_000)
    assert isinstance(carol.ask("say", room=ROOM, text=long), DoneMessage)
    assert texts_in(dan.settle()) == [long]
    dan.ask("tell", recipients=["carol"], text=words("psst"))
    assert texts_in(carol.settle()) == [long, words("psst")]


def test_a_slow_reader_is_brought_thousands(server: ConfinedServer, connect: Connect) -> None:
    """More than may wait for anybody: all of it, once, in order, and then what was said meanwhile."""
    erin, frank = Talker(connect(server.address())), Talker(connect(server.address()))
    welcome = erin.arrive("erin")
    frank.arrive("frank")
    lobby = next(m.room for m in erin.heard if isinstance(m, EnteredMessage))
    frank.ask("say", room=ROOM, text=words("the last that she hears"))
    last = [m for m in erin.settle() if isinstance(m, RecordMessage)][-1].seq
    erin.raw.reset()
    missed = [words(f"{number} {'x' * 400}") for number in range(MISSED)]
    for start in range(0, MISSED, 500):
        frank.raw.send(b"".join(say(start + place, text) for place, text in enumerate(missed[start : start + 500])))
        frank.settle()
    again = Talker(connect(server.address(), receive_buffer_bytes=4_096))
    again.raw.send(line(type="hello", key=welcome.key, since={str(lobby.id): last}, server=welcome.server.id))
    new = [words(f"new {number}") for number in range(100)]
    frank.raw.send(b"".join(say(number, text) for number, text in enumerate(new)))
    frank.settle()
    again.hear(Resumed)
    behind = again.settle()
    records = [m for m in [*again.heard, *behind] if isinstance(m, RecordMessage) and m.room == lobby.id]
    assert [m.seq for m in records] == list(range(last + 1, last + 1 + MISSED + len(new)))
    assert texts_in([*records]) == [*missed, *new]


def test_everything_is_answered_after_the_end_of_the_input(server: ConfinedServer, connect: Connect) -> None:
    """Where only the sending side is closed; half a line at its end is nothing."""
    gus = Talker(connect(server.address()))
    gus.arrive("gus")
    lines = [say(number, words(f"half-closed {number}")) for number in range(100)]
    gus.raw.send(b"".join([*lines, b'{"type":"say","id":']))
    gus.raw.finish()
    heard = [decode_from_server(part.decode()) for part in gus.raw.hear_rest().splitlines()]
    assert [m.id for m in heard if isinstance(m, DoneMessage)] == list(range(100))
    assert not [m for m in heard if isinstance(m, RefusalMessage)]


_numbers = count(1)

NONSENSE: Final = {
    "half an object": b'{"type":"say"',
    "a list": b"[]",
    "a number": b"17",
    "two objects": b'{"type":"ping"}{"type":"ping"}',
    "no UTF-8": b'{"type":"say","id":1,"room":"#lobby","text":"\xff\xfe"}',
    "half a surrogate": b'{"type":"say","id":1,"room":"#lobby","text":"\\ud800"}',
    "a zero byte": b'{"type":"say","id":1,"room":"#lo\x00bby","text":"x"}',
    "no type": b'{"id":1}',
    "an unknown type": b'{"type":"explode","id":1}',
    "no id": b'{"type":"say","room":"#lobby","text":"x"}',
    "another kind of id": b'{"type":"say","id":[1],"room":"#lobby","text":"x"}',
    "a huge number": b'{"type":"say","id":1' + b"0" * 5_000 + b',"room":"#lobby","text":"x"}',
    "deep lists": b'{"type":"say","id":1,"room":' + b"[" * DEEP,
    "deep lists that end": b'{"type":"say","id":1,"room":' + b"[" * (DEEP // 2) + b"]" * (DEEP // 2) + b"}",
    "deep objects": (b'{"x":' * (DEEP // 5))[: LINE_BYTES - 1],
    "deep and unknown": b'{"type":"ping","more":' + b"[" * DEEP + b"}",
    "the longest line and a byte": b'{"type":"ping","x":"' + b"x" * LINE_BYTES,
    "a line of 129 KiB": b'{"type":"ping","x":"' + b"x" * (129 * 1024 - 22) + b'"}',
}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_refused_and_one_goes_on(
    nonsense: bytes, server: ConfinedServer, connect: Connect, neighbours: Neighbours
) -> None:
    """With a sentence, before one has a name as well as behind it; and nobody else notices."""
    one = Talker(connect(server.address(), line(type="ping", id="first")))
    assert one.hear(Pong).id == "first"
    for place in ("before", "behind"):
        one.raw.send(nonsense + b"\n" + line(type="ping", id=place))
        refusal = one.hear(RefusalMessage)
        assert refusal.code == "bad_request"
        assert len(refusal.sentence) < 300
        assert one.hear(Pong).id == place
        if place == "before":
            one.hello(f"nina-{next(_numbers)}")
    neighbours.talk()
    one.raw.send(line(type="bye"))
    one.raw.hear_rest()


def test_ids_are_the_clients_business(server: ConfinedServer, connect: Connect) -> None:
    """One that is used twice is answered twice; one that is too long is refused."""
    hal = Talker(connect(server.address()))
    hal.arrive("hal")
    longest = "i" * ID_LENGTH
    hal.raw.send(say(7, words("one")) + say(7, words("two")) + say("7", words("three")) + say(longest, words("four")))
    heard = hal.settle()
    done = [m for m in heard if isinstance(m, DoneMessage)]
    assert [m.id for m in done] == [7, 7, "7", longest]
    said = [f"{m.room}-{m.seq}" for m in heard if isinstance(m, RecordMessage) and isinstance(m.event, Said)]
    assert [m.message for m in done] == said
    hal.raw.send(say(longest + "i", words("five")))
    assert hal.hear(RefusalMessage).code == "bad_request"


def test_hello_is_said_once(server: ConfinedServer, connect: Connect) -> None:
    """Whoever is in stays who he is."""
    ivy = Talker(connect(server.address()))
    ivy.arrive("ivy")
    ivy.raw.send(line(type="hello", name="eve"))
    assert ivy.hear(RefusalMessage).code == "bad_request"
    ivy.ask("say", room=ROOM, text=words("still"))
    assert [m.event.name for m in ivy.settle() if isinstance(m, RecordMessage)] == ["ivy"]


def test_nothing_can_be_asked_before(server: ConfinedServer, connect: Connect) -> None:
    """Each time one is told what to say first, and after so many times one has to go; nothing was done."""
    early = Talker(connect(server.address()))
    early.raw.send(b"".join(say(number, words("early")) for number in range(EARLY_TRIES + 1)))
    closing = early.hear(ClosingMessage)
    assert closing.code == "nameless"
    refusals = [m for m in early.heard if isinstance(m, RefusalMessage)]
    assert [m.id for m in refusals] == list(range(EARLY_TRIES + 1))
    assert all('{"type":"hello","name":"ann"}' in m.sentence for m in refusals)
    assert early.raw.hear_rest() == b""
    jay = Talker(connect(server.address()))
    jay.arrive("jay")
    assert words("early") not in str(jay.ask("find_history", room=ROOM, limit=100))


def test_pings_are_answered_in_their_turn(server: ConfinedServer, connect: Connect) -> None:
    """Also before one has a name, with the id that one gave, or none."""
    kay = Talker(connect(server.address()))
    kay.raw.send(line(type="ping") + line(type="ping", id="a") + line(type="ping", id=2))
    assert [kay.hear(Pong).id for _ in range(3)] == [None, "a", 2]
    kay.arrive("kay")
    kay.heard.clear()
    kay.raw.send(line(type="pong") + say(1, words("ping")) + line(type="ping", id=1) + say(2, words("pong")))
    kay.raw.send(line(type="ping", id=2))
    heard = kay.settle()
    answers = [(type(m), m.id) for m in heard if isinstance(m, DoneMessage | Pong)]
    assert answers == [(DoneMessage, 1), (Pong, 1), (DoneMessage, 2), (Pong, 2)]


def test_who_floods_is_slowed_down_and_told_so(start_server: StartServer, connect: Connect) -> None:
    """Nothing of it is lost, the pace holds, and others are answered at once."""
    settings = {"limits.commands_per_second": str(PACE), "limits.burst": str(BURST)}
    server = start_server("127.0.0.1:0", settings=settings)
    lea, max_ = Talker(connect(server.address())), Talker(connect(server.address()))
    began = time.monotonic()
    lea.arrive("lea")
    max_.arrive("max")
    lea.raw.send(b"".join(say(number, words(number)) for number in range(FLOOD)))
    lea.hear(Throttled)
    before = len([m for m in lea.heard if isinstance(m, DoneMessage)])
    for number in range(before, before + PACE):
        assert lea.hear(DoneMessage).id == number
        assert number + 1 <= BURST + PACE * (time.monotonic() - began) + 1
    assert len([m for m in lea.heard if isinstance(m, Throttled)]) == 1
    assert isinstance(max_.ask("say", room=ROOM, text=words("free")), DoneMessage)
    told = [text for text in texts_in(max_.settle()) if text != words("free")]
    assert told == [words(number) for number in range(len(told))]
    assert len(told) <= BURST + PACE * (time.monotonic() - began) + 1


class Speaker(threading.Thread):
    """Somebody with an account who says everything at once, each with a nonce, and notes what is acknowledged."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.texts = [words(f"{name} {number}") for number in range(MESSAGES)]
        self.acknowledged: dict[int, str] = {}
        """The ids of the messages, by their number, as they were answered before the kill."""
        self.arrived: dict[int, str] = {}
        """The same, as they are known after it."""
        self.talker: Talker | None = None
        self.since: dict[str, Any] = {}

    def open_account(self, talker: Talker) -> None:
        """Come in for the first time."""
        self.talker = talker
        welcome = talker.arrive(self.name, password=PASSWORD, register=True)
        lobby = next(message.room for message in talker.heard if isinstance(message, EnteredMessage))
        self.since = {"since": {str(lobby.id): lobby.seq}, "server": welcome.server.id}

    def line(self, number: int) -> bytes:
        """Return what says one of its messages."""
        return say(number, self.texts[number], nonce=str(number))

    def run(self) -> None:
        """Say everything but the last one, and listen until the server is gone."""
        assert self.talker is not None
        self.talker.raw.try_send(b"".join(map(self.line, range(MESSAGES - 1))))
        for heard in self.talker.raw.hear_rest().splitlines(keepends=True):
            if heard.endswith(b"\n"):
                message = decode_from_server(heard.decode())
                if isinstance(message, DoneMessage):
                    assert isinstance(message.id, int)
                    self.acknowledged[message.id] = message.message

    def come_back(self, talker: Talker) -> None:
        """Take note of what has arrived, which was acknowledged under the same id if it was; and say the others."""
        self.talker = talker
        talker.hello(self.name, password=PASSWORD, **self.since)
        talker.hear(Resumed)
        for message in talker.heard:
            if isinstance(message, RecordMessage) and isinstance(message.event, Said):
                self._take_note(message, message.event)
        unsure = [number for number in range(MESSAGES) if number not in self.arrived]
        talker.raw.send(b"".join(map(self.line, unsure)))
        for number in unsure:
            done = talker.hear(DoneMessage)
            assert done.id == number
            self.arrived[number] = done.message

    def _take_note(self, message: RecordMessage, said: Said) -> None:
        if said.name == self.name:
            number = int(said.nonce)
            assert said.text == self.texts[number]
            assert number not in self.arrived, "nothing is there twice"
            self.arrived[number] = f"{message.room}-{message.seq}"

    def say_last_again(self) -> None:
        """Send the last one again: it is answered as it was."""
        assert self.talker is not None
        self.talker.raw.send(self.line(MESSAGES - 1))
        assert self.talker.hear(DoneMessage).message == self.arrived[MESSAGES - 1]


def test_what_was_acknowledged_outlives_a_kill(start_server: StartServer, connect: Connect) -> None:
    """Everything that was is there, once; and so is what was not, when it is sent again with its nonce."""
    server = start_server("127.0.0.1:0", settings=UNHURRIED)
    speakers = [Speaker(f"p{number}") for number in range(PEOPLE)]
    for speaker in speakers:
        speaker.open_account(Talker(connect(server.address())))
    watcher = Talker(connect(server.address()))
    watcher.arrive("watcher")
    for speaker in speakers:
        speaker.start()
    shown = 0
    while shown < PEOPLE * MESSAGES // 10:
        shown += watcher.raw.receive_now(65_536).count(b'"said"')
    server.kill()
    for speaker in speakers:
        speaker.join()
    server.start()
    kept = kept_in_lobby(server)
    assert len(set(kept.values())) == len(kept) <= PEOPLE * (MESSAGES - 1), "each once"
    for speaker in speakers:
        require_kept(speaker, speaker.acknowledged, kept)
        speaker.come_back(Talker(connect(server.address())))
        assert speaker.acknowledged.items() <= speaker.arrived.items()
        speaker.say_last_again()
    kept = kept_in_lobby(server)
    assert sorted(kept.values()) == sorted(text for speaker in speakers for text in speaker.texts)
    for speaker in speakers:
        require_kept(speaker, speaker.arrived, kept)


def require_kept(speaker: Speaker, told: dict[int, str], kept: dict[str, str]) -> None:
    """Require that what somebody was told to be there is there, under its id."""
    assert {message: speaker.texts[number] for number, message in told.items()}.items() <= kept.items()


def kept_in_lobby(server: ConfinedServer) -> dict[str, str]:
    """Return what was said, by the ids of the messages."""
    records = records_of_lobby(server.data)
    return {f"{record.room}-{record.seq}": record.event.text for record in records if isinstance(record.event, Said)}
