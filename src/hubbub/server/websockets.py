"""WebSockets: how the port opens them. Their library is not loaded before somebody speaks HTTP."""

from typing import TYPE_CHECKING

from hubbub.core.limits import Limits
from hubbub.gateways.conversation import Conversation
from hubbub.gateways.irc.settings import IrcSettings
from hubbub.gateways.native.settings import NativeSettings
from hubbub.gateways.websocket.origins import Origins
from hubbub.server.voices import Voices
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock

if TYPE_CHECKING:
    from hubbub.gateways.websocket.handshake import Handshakes


class WebSockets:
    """Opens WebSockets under the settings of the moment."""

    def __init__(  # noqa: PLR0913 - what is spoken, and to whom
        self, voices: Voices, native: NativeSettings, irc: IrcSettings, limits: Limits, origins: Origins, clock: Clock
    ) -> None:
        self._voices = voices
        self._native = native
        self._irc = irc
        self._limits = limits
        self._origins = origins
        self._clock = clock
        self._handshakes: Handshakes | None = None

    def __call__(self, peer: Peer, head: bytes) -> Conversation | bytes:
        """Return the conversation that is asked for with the head of a request; or the answer that refuses it."""
        if self._handshakes is None:
            self._handshakes = self._make()
        return self._handshakes.open(head, peer)

    def _make(self) -> "Handshakes":
        from hubbub.gateways.websocket.handshake import Handshakes  # noqa: PLC0415 - loaded when it is needed
        from hubbub.server.subprotocols import spokens  # noqa: PLC0415 - as above

        return Handshakes(spokens(self._voices, self._native, self._irc, self._limits), self._origins, self._clock)
