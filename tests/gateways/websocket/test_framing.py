"""Framing: lines as frames that any client understands, made once for all who hear the same."""

import gc
import random
import weakref
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Close, CloseCode, Frame, Opcode
from websockets.streams import StreamReader

from hubbub.gateways.closing import Closing
from hubbub.gateways.websocket.codes import CODES
from hubbub.gateways.websocket.framing import DEFLATE_BYTES, FRAMINGS, Framing, encode_close, encode_ping
from hubbub.server.voices import Voices
from tests.gateways.making import DEFAULTS
from tests.service.clock import ManualClock

WORDS = b"what is said again and again is said in fewer bytes, "


def read_frames(data: bytes, *, deflates: bool) -> list[Frame]:
    """Read frames as a client does that has agreed to compression, or has not."""
    extensions = [PerMessageDeflate(True, True, 15, 15)] if deflates else []
    reader, frames = StreamReader(), list[Frame]()

    def parse() -> Iterator[None]:
        while True:
            frames.append((yield from Frame.parse(reader.read_exact, mask=False, extensions=extensions)))

    parser = parse()
    next(parser)
    reader.feed_data(data)
    next(parser)
    assert not reader.buffer
    return frames


@given(st.lists(st.binary(max_size=300).map(lambda line: line.translate(None, b"\r\n"))), st.booleans())
@settings(deadline=None)
def test_every_line_is_a_message(lines: list[bytes], deflates: bool) -> None:
    """Without its end, in order, whatever is in it; of an empty one there is nothing to say."""
    data = FRAMINGS[Opcode.BINARY, deflates].encode(b"".join(line + b"\n" for line in lines))
    frames = read_frames(data, deflates=deflates)
    assert [bytes(frame.data) for frame in frames] == [line for line in lines if line]
    assert all(frame.opcode is Opcode.BINARY and frame.fin for frame in frames)


@pytest.mark.parametrize("data", [b"one\r\ntwo\r\n", b"one\ntwo", b"\none\n\ntwo\n"])
def test_all_line_ends_are_known(data: bytes) -> None:
    """Those of IRC as well, and the end of the data."""
    frames = read_frames(FRAMINGS[Opcode.TEXT, False].encode(data), deflates=False)
    assert [bytes(frame.data) for frame in frames] == [b"one", b"two"]


def test_only_what_gets_shorter_is_compressed() -> None:
    """Neither a short message nor one that cannot be."""
    plain, deflating = FRAMINGS[Opcode.TEXT, False], FRAMINGS[Opcode.TEXT, True]
    noise = random.Random(1).randbytes(10 * DEFLATE_BYTES).translate(None, b"\r\n")
    for message in (WORDS, (WORDS * 9)[: DEFLATE_BYTES - 1], noise):
        assert deflating.encode(message) == plain.encode(message)
    long = WORDS * 20
    assert len(deflating.encode(long)) < len(plain.encode(long)) // 5
    (frame,) = read_frames(deflating.encode(long), deflates=True)
    assert bytes(frame.data) == long


def test_a_compressed_message_needs_no_other() -> None:
    """So everybody may be sent the same bytes, whenever he came, and as often as it is said."""
    deflating = FRAMINGS[Opcode.TEXT, True]
    first, second = deflating.encode(WORDS * 5), deflating.encode(WORDS * 5)
    assert first == second
    assert len(read_frames(first + second, deflates=True)) == 2


def test_who_hears_the_same_has_the_same_dialect() -> None:
    """And another one who is sent compressed frames; what nobody uses any more is forgotten."""
    voices = Voices(ManualClock(), announce=True)
    inner = voices.relay(DEFAULTS).voice.dialect(current=True)
    plain, deflating = Framing(Opcode.TEXT, deflates=False), Framing(Opcode.TEXT, deflates=True)
    dialect = plain.dialect(inner)
    assert plain.dialect(inner) is dialect
    assert deflating.dialect(inner) is not dialect
    for told in ("echoes", "folds", "keeps_state", "hears_itself"):
        assert getattr(dialect, told) == getattr(inner, told)
    forgotten = weakref.ref(dialect)
    del dialect
    gc.collect()
    assert forgotten() is None


@pytest.mark.parametrize("reason", ["", "Goodbye.", "x" * 123, "é" * 80, "😀" * 40])
def test_a_close_frame_holds_as_much_of_a_reason_as_fits(reason: str) -> None:
    """Whole characters of it. RFC 6455 section 5.5."""
    (frame,) = read_frames(encode_close(CloseCode.POLICY_VIOLATION, reason), deflates=False)
    close = Close.parse(frame.data)
    assert close.code == 1008
    assert reason.startswith(close.reason)
    assert len(frame.data) > 121 or close.reason == reason


def test_a_ping_is_empty() -> None:
    """What it holds would only come back."""
    (frame,) = read_frames(encode_ping(), deflates=False)
    assert (frame.opcode, bytes(frame.data)) == (Opcode.PING, b"")


def test_every_reason_to_close_has_a_code() -> None:
    """Who may come back is told so where there is a code for that."""
    assert set(CODES) == set(Closing)
    assert {closing for closing, code in CODES.items() if code is CloseCode.TRY_AGAIN_LATER} == {
        Closing.TRY_AGAIN,
        Closing.TOO_SLOW,
        Closing.TOO_MANY,
    }
    assert CODES[Closing.STOPPING] is CloseCode.GOING_AWAY
