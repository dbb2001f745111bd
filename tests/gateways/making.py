"""Conversations as the server makes them, with a clock that stands still."""

import time
from typing import Final

from hubbub.core.limits import Limits
from hubbub.gateways.conversation import Conversation
from hubbub.server.voices import Voices
from hubbub.service.peers import Peer
from hubbub.wire.detect import Protocol
from tests.service.clock import ManualClock

DEFAULTS: Final = Limits()
SPOKEN: Final = (Protocol.TEXT, Protocol.HEADER_FRAMES, Protocol.JSON_FRAMES, Protocol.TEXT_FRAMES)

HERE: Final = Peer("127.0.0.1:1", "127.0.0.1")
"""Where everybody comes from."""

NOW_MS: Final = ManualClock().time_ms()
STAMP: Final = time.strftime("[%H:%M:%S] ", time.localtime(NOW_MS // 1000))
"""What stands before every line of text."""


def make_conversation(protocol: Protocol, limits: Limits = DEFAULTS, *, announce: bool = True) -> Conversation:
    """Begin a conversation in a protocol."""
    return Voices(ManualClock(), announce=announce).conversations(limits)[protocol](HERE)


def notice(sentence: str) -> bytes:
    """Return what a text client is sent when the server says something."""
    return f"{STAMP}[SERVER] {sentence}\n".encode()
