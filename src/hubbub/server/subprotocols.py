"""Subprotocols: what is spoken over WebSocket on this server."""

from functools import partial
from typing import Final

from websockets.frames import Opcode

from hubbub.core.limits import Limits
from hubbub.gateways.frames.relay import RelayConversation
from hubbub.gateways.http.authentication import SESSION_COOKIE
from hubbub.gateways.irc.conversation import IrcConversation
from hubbub.gateways.irc.settings import IrcSettings
from hubbub.gateways.native.conversation import NativeConversation
from hubbub.gateways.native.settings import NativeSettings
from hubbub.gateways.websocket.handshake import Spoken, Spokens, Visitor, as_line
from hubbub.server.voices import Voices
from hubbub.wire.frames.messages import encase_message
from hubbub.wire.irc.lines import BUFFER_LIMIT, encase_line
from hubbub.wire.native import LINE_BYTES

RELAY: Final = ""
"""Without a subprotocol."""

NATIVE: Final = "hubbub.v1"

PATIENCE: Final = 4
"""How many times the longest line a message may have on the relay and in IRC: up to there its sender is told that it is
too long, and stays; people paste long texts."""

IRC_TEXT: Final = "text.ircv3.net"
IRC_BINARY: Final = "binary.ircv3.net"
"""A message is one line of IRC without its end. https://ircv3.net/specs/extensions/websocket"""

MOST_BYTES: Final = 1 << 20
"""Longest message where a line may have any length, in bytes."""


def spokens(voices: Voices, native: NativeSettings, irc: IrcSettings, limits: Limits) -> Spokens:
    """Return what is spoken, by subprotocol: how to begin it, and in which form it takes messages of which length."""
    relay = voices.relay(limits)
    speak_irc = partial(_speak_irc, irc)
    return {
        RELAY: Spoken(lambda _: RelayConversation(relay), encase_message, limits.line_bytes * PATIENCE or MOST_BYTES),
        NATIVE: Spoken(
            lambda visitor: NativeConversation(
                native, visitor.cookie(SESSION_COOKIE), is_watched=True, must_prove=visitor.is_stranger
            ),
            as_line,
            LINE_BYTES,
            takes_strangers=True,
        ),
        IRC_TEXT: Spoken(speak_irc, encase_line, BUFFER_LIMIT * PATIENCE),
        IRC_BINARY: Spoken(speak_irc, encase_line, BUFFER_LIMIT * PATIENCE, Opcode.BINARY),
    }


def _speak_irc(settings: IrcSettings, visitor: Visitor) -> IrcConversation:
    return IrcConversation(settings, visitor.peer, is_watched=True)
