"""Subprotocols: what is spoken over WebSocket on this server."""

from typing import Final

from hubbub.core.limits import Limits
from hubbub.gateways.frames.relay import RelayConversation
from hubbub.gateways.http.authentication import SESSION_COOKIE
from hubbub.gateways.native.conversation import NativeConversation
from hubbub.gateways.native.settings import NativeSettings
from hubbub.gateways.websocket.handshake import Spoken, Spokens, as_line
from hubbub.server.voices import Voices
from hubbub.wire.frames.messages import encase_message
from hubbub.wire.native import LINE_BYTES

RELAY: Final = ""
"""Without a subprotocol."""

NATIVE: Final = "hubbub.v1"

PATIENCE: Final = 4
"""How many times the longest line a message may have on the relay: up to there its sender is told that it is too long,
and stays; people paste long texts."""

MOST_BYTES: Final = 1 << 20
"""Longest message where a line may have any length, in bytes."""


def spokens(voices: Voices, native: NativeSettings, limits: Limits) -> Spokens:
    """Return what is spoken, by subprotocol: how to begin it, and in which form it takes messages of which length."""
    relay = voices.relay(limits)
    return {
        RELAY: Spoken(lambda _: RelayConversation(relay), encase_message, limits.line_bytes * PATIENCE or MOST_BYTES),
        NATIVE: Spoken(
            lambda visitor: NativeConversation(native, visitor.cookie(SESSION_COOKIE), is_watched=True),
            as_line,
            LINE_BYTES,
        ),
    }
