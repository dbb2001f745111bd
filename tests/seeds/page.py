"""The page of S0: a WebSocket without a subprotocol. Sends `NAME: text`, shows every message as it comes."""

import socket
import threading
from typing import ClassVar

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidState
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from tests.seeds.client import CONNECT_SECONDS, Address, BrokenBytesError, Client, GoneError


class PageClient(Client):
    """Do as a browser does that shows such a page, compression included."""

    kind: ClassVar[str] = "page"

    def __init__(self, address: Address, name: str) -> None:
        super().__init__(address, name)
        self._protocol = ClientProtocol(
            parse_uri(f"ws://{address.host}:{address.port}/"),
            origin=f"http://{address.host}:{address.port}",  # type: ignore[arg-type] # an origin is a string
            extensions=[ClientPerMessageDeflateFactory(client_max_window_bits=True)],
            max_size=None,
        )
        # The reader answers pings, while its user types.
        self._writing = threading.Lock()
        self._opened = threading.Event()

    def opening(self) -> bytes:
        """Ask for a WebSocket."""
        with self._writing:
            self._protocol.send_request(self._protocol.connect())
            return self._written()

    def connect(self) -> None:
        """Connect, and wait until the WebSocket is open: before, a page cannot send anything."""
        super().connect()
        if not self._opened.wait(CONNECT_SECONDS):
            raise GoneError(f"{self.name}'s WebSocket was not opened")

    def encode(self, text: str) -> bytes:
        """Make one message of a typed line, with the name before it."""
        return self.encode_message(f"{self.name}: {text}")

    def encode_message(self, text: str) -> bytes:
        """Make one message, as it is."""
        with self._writing:
            try:
                self._protocol.send_text(text.encode())
            except InvalidState as error:
                raise GoneError(f"{self.name} cannot send: {error}") from error
            return self._written()

    def read(self, connection: socket.socket) -> bool:
        """Read what is there, show the messages in it, and answer what wants an answer."""
        data = connection.recv(65_536)
        with self._writing:
            if data:
                self._protocol.receive_data(data)
            else:
                self._protocol.receive_eof()
            events, answers = self._protocol.events_received(), self._written()
        for event in events:
            self._show(event)
        if self._protocol.handshake_exc is not None:
            raise BrokenBytesError(f"no WebSocket was opened: {self._protocol.handshake_exc}")
        if answers:
            connection.sendall(answers)
        if data and self._protocol.parser_exc is not None:
            raise BrokenBytesError(str(self._protocol.parser_exc))
        return data != b""

    def _show(self, event: object) -> None:
        if not isinstance(event, Frame):
            self._opened.set()
        elif event.opcode is Opcode.TEXT:
            if not event.fin:
                raise BrokenBytesError("a message in pieces")
            self.screen.show(bytes(event.data).decode())
        elif event.opcode is Opcode.CLOSE:
            self.screen.note(f"(closed: {self._protocol.close_rcvd})")

    def _written(self) -> bytes:
        return b"".join(self._protocol.data_to_send())
