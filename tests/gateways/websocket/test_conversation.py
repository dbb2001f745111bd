"""The layer: what every WebSocket is to be told, and what none may do. Named after RFC 6455 and the Autobahn cases."""

import zlib
from collections.abc import Callable, Sequence
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.extensions.base import ClientExtensionFactory

from hubbub.core.limits import Limits
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import Charge, CloseNow, Intent, SendNow, Wait
from hubbub.gateways.frames.relay import GREETING
from hubbub.gateways.vigil import PING_SECONDS, SILENT_SECONDS
from hubbub.gateways.websocket.conversation import FRAMES_PER_CHARGE
from hubbub.server.subprotocols import PATIENCE
from tests.gateways.making import DEFAULTS
from tests.gateways.websocket.page import DEFLATE, Page, make_frame, make_header

CONT, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA

MOST_BYTES: Final = PATIENCE * DEFAULTS.line_bytes


def deflate(data: bytes) -> bytes:
    """Return a message as a client compresses it. RFC 7692 section 7.2.1."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (compressor.compress(data) + compressor.flush(zlib.Z_SYNC_FLUSH))[:-4]


# The conversation inside


def test_the_conversation_inside_greets_and_is_heard() -> None:
    """A message comes to it as it was sent, and what it sends leaves as messages, one a line."""
    page = Page()
    assert page.take() == [f"server: {GREETING}"]
    page.say("ann: hello")
    assert page.talk.names == ["ann"]
    page.talk.enter()
    assert page.said() == ["hello"]
    page.say("ann: two\nlines")
    assert page.said() == ["two\nlines"]
    page.say("ann: /help")
    assert len(page.take()) > 1
    assert page.conversation.protocol == "websocket+relay"


def test_a_name_that_is_taken_gets_a_number() -> None:
    """As in text frames; the page goes on beginning with the name that it knows."""
    page = Page(names_taken=["ann"]).say("ann: hello")
    assert page.talk.names == ["ann", "ann2"]
    assert "You are 'ann2' here" in page.take()[1]
    page.talk.enter()
    assert page.said() == ["hello"]
    page.say("ann: again")
    assert page.said() == ["again"]


# Messages: Autobahn 1, 5


@pytest.mark.parametrize("size", [1, 125, 126, 127, 128, 8_000, 16_000])
def test_every_length_is_read(size: int) -> None:
    """Around the limits of each form of a length; and however small the pieces are in which it comes."""
    page = Page().arrive()
    page.drip(make_frame(TEXT, b"x" * size))
    assert page.said() == ["x" * size]


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_any_fragments_and_pieces_are_the_same_message(data: st.DataObject) -> None:
    """Cut into frames anywhere, within a character too, with pings between them, and received in any pieces."""
    text = data.draw(st.text(st.sampled_from("aé€😀 "), min_size=1, max_size=40).filter(str.strip))
    encoded = f"ann: {text}".encode()
    page = Page().arrive()
    cuts = sorted(data.draw(st.sets(st.integers(0, len(encoded)), max_size=4)))
    parts = [encoded[start:end] for start, end in zip([0, *cuts], [*cuts, len(encoded)], strict=True)]
    stream = b""
    for number, part in enumerate(parts):
        stream += make_frame(CONT if number else TEXT, part, fin=number == len(parts) - 1)
        if data.draw(st.booleans()):
            stream += make_frame(PING, b"%d" % number)
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        page.send(stream[:size])
        stream = stream[size:]
    assert page.said() == [text]
    assert page.talk.ended is None


def test_an_empty_message_says_nothing() -> None:
    """It is taken, and costs its pace."""
    page = Page().arrive()
    intents = list(page.conversation.receive_data(make_frame(TEXT) * 3))
    assert intents == [Charge()]


# Control frames: Autobahn 2, 4, 7


def test_a_ping_is_answered_with_what_it_holds() -> None:
    """At once, even in the middle of a message, and it costs pace: some together that of a command."""
    page = Page().arrive()
    page.send(make_frame(TEXT, b"ann: hel", fin=False) + make_frame(PING, b"still there?"))
    assert page.pongs == [b"still there?"]
    page.send(make_frame(CONT, b"lo"))
    assert page.said() == ["hello"]
    some = list(page.conversation.receive_data(make_frame(PING, b"x") * FRAMES_PER_CHARGE))
    assert [type(intent) for intent in some] == [SendNow, Charge]
    flood = list(page.conversation.receive_data(make_frame(PING, b"x") * 10 * FRAMES_PER_CHARGE))
    assert [type(intent) for intent in flood] == [SendNow, *[Charge] * 10]


def test_a_pong_that_nobody_asked_for_costs_pace() -> None:
    """And means nothing else. RFC 6455 section 5.5.3."""
    page = Page().arrive()
    assert list(page.conversation.receive_data(make_frame(PONG, b"x") * 10)) == [Charge()]


def test_a_fragment_costs_pace() -> None:
    """Fragments for ever, empty ones as well, make a message that never ends; they are not kept for nothing."""
    page = Page().arrive()
    assert list(page.conversation.receive_data(make_frame(TEXT, fin=False))) == [Charge()]
    assert list(page.conversation.receive_data(make_frame(CONT, fin=False) * 300)) == [Charge()] * 19


@pytest.mark.parametrize(
    ("payload", "code", "reason"),
    [
        (b"", 1005, ""),
        ((1000).to_bytes(2, "big"), 1000, ""),
        ((1001).to_bytes(2, "big") + "au revoir, à bientôt".encode(), 1001, "au revoir, à bientôt"),
        ((4999).to_bytes(2, "big") + b"x" * 123, 4999, "x" * 123),
    ],
)
def test_a_close_is_answered_in_kind(payload: bytes, code: int, reason: str) -> None:
    """After everything that was said before it; what comes behind it is not heard. RFC 6455 section 5.5.1.

    A page that is loaded anew says 1001: who is on it may come back, and keeps his place for a while.
    """
    page = Page().arrive()
    page.send(make_frame(TEXT, b"ann: last words") + make_frame(CLOSE, payload) + make_frame(TEXT, b"ann: too late"))
    page.send(make_frame(TEXT, b"ann: later"))
    assert page.said() == ["last words"]
    closed = page.be_closed()
    assert (closed.code, closed.reason) == (code, reason)
    assert page.talk.why[1] is (Closing.GONE if code == 1001 else Closing.LEFT)


def close_frame(code: int, reason: bytes = b"") -> bytes:
    """Return a close frame, sound or not."""
    return make_frame(CLOSE, code.to_bytes(2, "big") + reason)


START: Final = make_frame(TEXT, b"ann: hel", fin=False)

FAULTS: Final[dict[str, tuple[bytes, int]]] = {
    "not masked": (make_frame(TEXT, b"ann: hello", mask=b""), 1002),
    "a mark of compression where nothing is": (make_frame(TEXT, b"ann: hello", reserved=0b100), 1002),
    "a reserved bit": (make_frame(TEXT, b"ann: hello", reserved=0b010), 1002),
    "another reserved bit": (make_frame(TEXT, b"ann: hello", reserved=0b001), 1002),
    "a reserved bit of a ping": (make_frame(PING, b"", reserved=0b010), 1002),
    "an opcode of no meaning": (make_frame(0x3, b"x"), 1002),
    "a control opcode of no meaning": (make_frame(0xB, b""), 1002),
    "a ping too long": (make_frame(PING, b"x" * 126), 1002),
    "a close too long": (close_frame(1000, b"x" * 124), 1002),
    "a ping in fragments": (make_frame(PING, b"x", fin=False), 1002),
    "a continuation of nothing": (make_frame(CONT, b"x"), 1002),
    "a message within another": (START + make_frame(TEXT, b"x"), 1002),
    "a binary message within another": (START + make_frame(BINARY, b"x"), 1002),
    "a close within a message": (START + close_frame(1000), 1002),
    "half a code": (make_frame(CLOSE, b"\x03"), 1002),
    "a code of no meaning": (close_frame(999), 1002),
    "a code that is never sent": (close_frame(1005), 1002),
    "another code that is never sent": (close_frame(1006), 1002),
    "a code for nobody": (close_frame(2999), 1002),
    "a reason that is not UTF-8": (close_frame(1000, b"\xff"), 1007),
    "a message that is not UTF-8": (
        make_frame(TEXT, b"ann: \xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80"),
        1007,
    ),
    "fragments that are not UTF-8": (START + make_frame(CONT, b"\xf4\x90\x80\x80"), 1007),
    "half a character": (make_frame(TEXT, "ann: é".encode()[:-1]), 1007),
    "binary": (make_frame(BINARY, b"ann: hello"), 1003),
    "binary in fragments": (make_frame(BINARY, b"ann: hel", fin=False), 1003),
    "a message too long": (make_frame(TEXT, b"x" * (MOST_BYTES + 1)), 1009),
    "fragments too long": (START + make_frame(CONT, b"x" * MOST_BYTES, fin=False), 1009),
    "a length of 4 GiB": (make_header(TEXT, 1 << 32), 1009),
    "a length of 8 EiB": (make_header(TEXT, 1 << 63), 1009),
}


@pytest.mark.parametrize(("data", "code"), FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("extensions", [(), DEFLATE], ids=["plain", "deflate"])
def test_who_breaks_a_rule_is_told_which_and_has_to_go(
    data: bytes, code: int, extensions: Sequence[ClientExtensionFactory]
) -> None:
    """What he said before is heard, and nothing of what comes after."""
    page = Page(extensions).arrive()
    page.send(make_frame(TEXT, b"ann: before") + data + make_frame(TEXT, b"ann: after"))
    page.send(make_frame(TEXT, b"ann: later"))
    assert page.said() == ["before"]
    closed = page.be_closed()
    assert closed.code == code
    assert closed.reason
    assert page.talk.ended == "BadFrame"


def test_a_line_too_long_is_refused_by_the_conversation_inside() -> None:
    """As long as the message is not much too long: the page is told, and stays."""
    page = Page().arrive().say("x" * (DEFAULTS.line_bytes + 1))
    assert "16384 are the most" in page.take()[0]
    page.say("ann: short")
    assert page.said() == ["short"]


# Compression: Autobahn 12, 13


def test_what_is_compressed_is_heard() -> None:
    """Whole, in fragments, and not compressed in between, as each side may choose for each message."""
    page = Page(DEFLATE).arrive()
    page.say("ann: " + "much of the same " * 50)
    assert page.said() == [("much of the same " * 50).strip() + " "]
    page.send(make_frame(TEXT, b"ann: plain"))
    assert page.said() == ["plain"]
    whole = deflate(b"ann: in pieces")
    page.send(make_frame(TEXT, whole[:3], fin=False, reserved=0b100) + make_frame(CONT, whole[3:]))
    assert page.said() == ["in pieces"]


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        # 100 MB of one character.
        ([make_frame(TEXT, deflate(b"x" * 100_000_000), reserved=0b100)], 1009),
        # Fragments that are small, and large together.
        (
            [
                make_frame(TEXT, deflate(b"x" * MOST_BYTES), fin=False, reserved=0b100),
                make_frame(CONT, deflate(b"x" * 100_000_000)),
            ],
            1009,
        ),
        # The first is as long as anything may be; what nothing is left for begins in the second.
        (
            [
                make_frame(TEXT, deflate(b"x" * MOST_BYTES) + b"\0\0\xff\xff", fin=False, reserved=0b100),
                make_frame(CONT, b"", fin=False),
                make_frame(CONT, deflate(b"x" * 100_000_000)),
            ],
            1009,
        ),
        ([make_frame(TEXT, b"not compressed at all", reserved=0b100)], 1002),
        ([make_frame(TEXT, b"", fin=False, reserved=0b100), make_frame(CONT, b"x", reserved=0b100)], 1002),
    ],
    ids=["a bomb", "a bomb in fragments", "a bomb behind the limit", "garbage", "a continuation marked as compressed"],
)
def test_a_bomb_of_deflate_is_never_unpacked(frames: list[bytes], code: int, peak_bytes: Callable[[], int]) -> None:
    """No more than one message may hold is made of what is compressed; nor of what is not."""
    page = Page(DEFLATE).arrive()
    before = peak_bytes()
    for frame in frames:
        for start in range(0, len(frame), 2_048):
            page.send(frame[start : start + 2_048])
    assert page.be_closed().code == code
    assert peak_bytes() - before < 20 * MOST_BYTES


# Silence


def look_after(page: Page, seconds: float) -> list[Intent]:
    """Let so much time go by, and return what the layer wants then."""
    page.clock.advance(seconds)
    intents = list(page.conversation._vigil._look_after())  # noqa: SLF001 - what its `Wait` calls
    page.talk.carry(intents)
    page.listen()
    return intents


def test_who_is_silent_is_asked_whether_he_is_there() -> None:
    """After 90 s; his answer is as good as a word, costs nothing, and he may be silent on."""
    page = Page().arrive()
    assert [type(intent) for intent in look_after(page, PING_SECONDS - 1)] == [Wait]
    look_after(page, 1)
    assert page.pings == 1
    assert list(page.conversation.receive_data(make_frame(PONG))) == []
    assert [type(intent) for intent in look_after(page, SILENT_SECONDS - PING_SECONDS)] == [Wait]
    look_after(page, PING_SECONDS)
    assert page.pings == 2


def test_who_speaks_instead_of_answering_is_asked_again() -> None:
    """Some clients answer no pings, and are there all the same."""
    page = Page().arrive()
    look_after(page, PING_SECONDS)
    page.client.data_to_send()  # The answer, which the library would send.
    page.say("ann: I am here")
    assert [type(intent) for intent in look_after(page, PING_SECONDS - 1)] == [Wait]
    look_after(page, SILENT_SECONDS - PING_SECONDS)
    assert page.pings == 2
    assert page.talk.ended is None


def test_who_does_not_answer_has_to_go() -> None:
    """After 150 s in all, with a reason, should he be there after all."""
    page = Page().arrive()
    look_after(page, PING_SECONDS)
    look_after(page, SILENT_SECONDS - PING_SECONDS - 1)
    assert page.talk.ended is None
    assert look_after(page, 1) == [CloseNow(Closing.SILENT)]
    closed = page.be_closed()
    assert (closed.code, closed.reason) == (1001, Closing.SILENT.sentence)


def test_who_is_answered_late_was_not_silent() -> None:
    """What he sent may wait for its pace, and his pongs behind it."""
    page = Page().arrive()
    page.say("ann: /list")
    page.clock.advance(PING_SECONDS)
    page.said()
    assert [type(intent) for intent in look_after(page, PING_SECONDS - 1)] == [Wait]


# Farewells


@pytest.mark.parametrize("closing", [closing for closing in Closing if closing.sentence])
def test_everybody_is_told_why_he_has_to_go(closing: Closing) -> None:
    """By the conversation inside, and with the close frame."""
    page = Page().arrive()
    page.client.receive_data(page.conversation.farewell(closing.sentence, closing))
    (words,) = page.take()
    assert words.startswith("server: ")
    assert page.closed is not None
    assert page.closed.reason == closing.sentence


def test_who_is_gone_is_told_nothing() -> None:
    """His side is closed."""
    assert Page().conversation.farewell("", Closing.GONE) == b""


def test_limits_of_lines_may_be_off() -> None:
    """A message is bounded all the same."""
    page = Page(limits=Limits(line_bytes=0)).arrive()
    page.send(make_frame(TEXT, b"x" * ((1 << 20) + 1)))
    assert page.be_closed().code == 1009
