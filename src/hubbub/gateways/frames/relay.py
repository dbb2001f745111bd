"""The relay conversation: what the S3 client says, on a layer that carries whole messages, and greeted first.

The S0 page over WebSocket: whatever anyone says goes to all, the speaker included, and the name stands in the text.
"""

from typing import Final

from hubbub.gateways.conversation import Intents, Reply
from hubbub.gateways.frames.conversation import BEGIN_WITH_NAME, FramesSettings, TextFramesConversation
from hubbub.wire.frames.messages import MessageReader

GREETING: Final = f"Welcome to hubbub! {BEGIN_WITH_NAME}"


class RelayConversation(TextFramesConversation):
    """The S0 page: it is greeted, and every text that it sends begins with its name."""

    __slots__ = ()
    protocol = "relay"
    fragility = None

    def __init__(self, settings: FramesSettings) -> None:
        super().__init__(settings, MessageReader(settings.limits.line_bytes))

    def begin(self) -> Intents:
        """Greet: the page waits for it, and shows it."""
        return (Reply(self._voice.notice(GREETING)),)
