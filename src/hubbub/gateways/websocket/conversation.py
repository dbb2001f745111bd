"""The WebSocket conversation: a layer around another one, which hears messages as lines, and nothing of frames."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec
from websockets.exceptions import PayloadTooBig
from websockets.frames import CloseCode, Frame, Opcode
from websockets.server import ServerProtocol

from hubbub.core.answers import Answer
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import (
    Charge,
    CloseNow,
    Conversation,
    Depart,
    GiveUp,
    Intent,
    Intents,
    Later,
    SendNow,
)
from hubbub.gateways.vigil import Vigil
from hubbub.gateways.websocket.codes import CODES
from hubbub.gateways.websocket.framing import Framing, encode_close, encode_ping
from hubbub.gateways.websocket.passing import Passing
from hubbub.service.packets import Fragility
from hubbub.service.ports import Clock
from hubbub.service.requests import Request
from hubbub.wire.errors import BadFrame

FRAMES_PER_CHARGE: Final = 16
"""How many frames that mean little, of those that came together, have the pace of one command. Measured, one costs 6 µs
to read, and a command that is answered some 100: a ping now and then is usual, thousands are a flood."""

LATE_BYTES: Final = 65_536
"""Most that is looked through for a close frame after the last words: what may have been on its way."""

DATA: Final = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)


class Opening(msgspec.Struct, frozen=True):
    """What a handshake has agreed upon."""

    protocol: ServerProtocol
    opcode: Opcode
    """What messages are sent as, and have to be."""
    framing: Framing
    encase: Callable[[bytes], bytes]
    """Puts a message that came before the inner conversation."""


class WebSocketConversation(Passing):
    """Frames in, and as messages on to the conversation inside; what that sends, out as frames, a message a line."""

    __slots__ = (
        "_answer",
        "_fragments",
        "_is_over",
        "_last_frame",
        "_late_bytes",
        "_opening",
        "_vigil",
        "naming_seconds",
        "protocol",
    )

    fragility: Fragility | None = None
    """None: a frame says where it ends, whatever is in it."""

    def __init__(self, inner: Conversation, opening: Opening, answer: bytes, clock: Clock) -> None:
        """Join them; `answer` is what the client's handshake is answered."""
        super().__init__(inner, opening.framing)
        self._answer = answer
        self._opening = opening
        self._fragments = bytearray()
        """What came of a message whose end has not come; bounded by the protocol's `max_size`."""
        self._vigil = Vigil(clock, encode_ping())
        self._late_bytes = 0
        """How much came after the last words."""
        self._is_over = False
        """Whether nothing is heard any more: the client has closed, or broken a rule."""
        self._last_frame = b""
        """The close frame that answers the client's own, or says what it did wrong."""
        self.protocol = f"websocket+{inner.protocol}"
        self.naming_seconds = inner.naming_seconds

    def __del__(self) -> None:
        """Let the protocol go: it and its parser hold each other, and nobody looks for such circles often."""
        self._opening.protocol.parser.close()

    # What is heard

    def begin(self) -> Iterator[Intent]:
        """Finish the handshake, and let the conversation begin."""
        answer, self._answer = self._answer, b""
        yield SendNow(answer)
        yield self._vigil.begin()
        yield from self._framed(self._inner.begin())

    def receive_data(self, data: bytes) -> Intents:
        """Take bytes: whole messages are heard at once."""
        if self._is_over:
            return ()
        self._vigil.hear()
        protocol = self._opening.protocol
        protocol.receive_data(data)
        frames = [event for event in protocol.events_received() if isinstance(event, Frame)]
        return self._hear(frames, [written for written in protocol.data_to_send() if written])

    def _hear(self, frames: Sequence[Frame], written: list[bytes]) -> Iterator[Intent]:
        """Hear frames, and send what the protocol wrote because of them: pongs, and at the very end a close frame."""
        protocol = self._opening.protocol
        closing = written.pop() if protocol.close_sent is not None and written else b""
        if written:
            yield SendNow(b"".join(written))
        means_little = 0
        for frame in frames:
            means_little += self._means_little(frame)
            if frame.opcode in DATA:
                yield from self._hear_data(frame)
            if self._is_over:
                return
        for _ in range(0, means_little, FRAMES_PER_CHARGE):
            yield Charge()
        if closing:
            yield self._hear_end(closing, protocol.parser_exc)

    def _means_little(self, frame: Frame) -> bool:
        """Return whether a frame costs us something and the conversation nothing."""
        if frame.opcode is Opcode.PONG and self._vigil.is_pinged:
            self._vigil.is_pinged = False
            return False
        return frame.opcode is not Opcode.CLOSE and (frame.opcode not in DATA or not frame.fin or not frame.data)

    def _hear_end(self, closing: bytes, error: Exception | None) -> Intent:
        """Take the client's leave, or note which rule it broke; `closing` is the frame that answers it."""
        if error is None:
            self._end(closing)
            close = self._opening.protocol.close_rcvd
            if close is not None and close.code == CloseCode.GOING_AWAY:
                # A page that is left, or loaded anew, may be back in a moment.
                return Later(lambda: (CloseNow(Closing.GONE),))
            return Depart("")
        if isinstance(error, PayloadTooBig):
            most_bytes = self._opening.protocol.max_message_size
            return self._fail(CloseCode.MESSAGE_TOO_BIG, f"That was too long: {most_bytes} bytes are the most.")
        self._end(closing)
        return GiveUp(BadFrame(str(error)))

    def _hear_data(self, frame: Frame) -> Iterator[Intent]:
        opcode = self._opening.opcode
        if frame.opcode is not Opcode.CONT and frame.opcode is not opcode:
            expected = "text" if opcode is Opcode.TEXT else "binary"
            yield self._fail(CloseCode.UNSUPPORTED_DATA, f"Only {expected} messages are understood here.")
            return
        message = bytes(frame.data)
        if self._fragments or not frame.fin:
            self._fragments += message
            if not frame.fin:
                return
            message = bytes(self._fragments)
            self._fragments.clear()
        if opcode is Opcode.TEXT and not message.isascii() and not _is_utf8(message):
            yield self._fail(CloseCode.INVALID_DATA, "That message was not UTF-8.")
            return
        if message:
            yield from self._framed(self._inner.receive_data(self._opening.encase(message)))

    def _fail(self, code: CloseCode, sentence: str) -> Intent:
        self._end(encode_close(code, sentence))
        return GiveUp(BadFrame(sentence))

    def _end(self, last_frame: bytes) -> None:
        self._last_frame = last_frame
        self._is_over = True
        self._fragments.clear()

    def answered(self, request: Request, answer: Answer) -> Intents:
        """Pass it on; who is answered late is heard late, too, and was not silent."""
        self._vigil.hear()
        return super().answered(request, answer)

    def farewell(self, sentence: str, closing: Closing = Closing.GONE) -> bytes:
        """Return the last words as messages and a close frame; to whoever has closed himself, the answer to that."""
        if self._last_frame:
            return self._last_frame
        if closing is Closing.GONE:
            self._is_over = True
            return b""
        words = self._framing.encode(self._inner.farewell(sentence, closing))
        return words + encode_close(CODES[closing], sentence)

    def receive_goodbye(self, data: bytes) -> bool:
        """Await the client's own close frame. Whoever closed first, broke a rule or floods is not waited for."""
        protocol = self._opening.protocol
        self._late_bytes += len(data)
        if self._is_over or self._late_bytes > LATE_BYTES:
            return True
        if data:
            protocol.receive_data(data)
            protocol.events_received()
            protocol.data_to_send()
        return protocol.close_rcvd is not None or protocol.parser_exc is not None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
