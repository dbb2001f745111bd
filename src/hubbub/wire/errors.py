"""What a peer sent and nobody can understand: each error is a sentence for that peer.

Readers hand an error out in the place of what it spoils, in order with the rest, so that nothing before or after it is
lost. After an error that is not `recoverable` a reader has lost its place, and says nothing more.
"""

# ruff: noqa: N818 - an error is named by what is wrong

from typing import ClassVar, Self


class WireError(Exception):
    """Bytes that break their protocol's rules; the text says what was wrong, to whoever sent them."""

    recoverable: ClassVar[bool] = False
    """Whether what follows can still be understood."""

    @property
    def sentence(self) -> str:
        """Say what was wrong, in one sentence for people."""
        return str(self)


class LineTooLong(WireError):
    """A line beyond the limit; it was skipped up to its end, wherever that may be."""

    recoverable = True

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"That line was too long and was not read: {limit_bytes} bytes are the most.")
        self.limit_bytes = limit_bytes


class FrameTooLong(WireError):
    """A frame beyond the limit but small enough to be skipped."""

    recoverable = True

    def __init__(self, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(
            f"That message has {size_bytes} bytes and was not read: {limit_bytes} are the most.",
        )
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes


class BadLength(WireError):
    """A length that is none, or that nobody can mean; where the next frame begins is unknown."""

    def __init__(self, header: bytes, rule: str) -> None:
        super().__init__(f"{ascii(header)[1:]} is no length of a message: {rule}.")
        self.header = header


class BadUtf8(WireError):
    """Text in another encoding than UTF-8."""

    recoverable = True

    def __init__(self, byte: int, position: int) -> None:
        super().__init__(
            f"That was not UTF-8 (byte 0x{byte:02X} at position {position}) and was not read. "
            "Please set your terminal or program to UTF-8 and send it again.",
        )
        self.byte = byte
        self.position = position
        """Bytes before the first wrong one, in its line or frame."""

    @classmethod
    def from_decoding(cls, error: UnicodeDecodeError) -> Self:
        """Translate Python's own error."""
        return cls(error.object[error.start], error.start)


class BadJson(WireError):
    """A packet that is no JSON, or not the JSON that its protocol asks for; the next one can be read."""

    recoverable = True


class BadCommand(WireError):
    """A line that begins like a command and does not go on like one."""

    recoverable = True


class BadFrame(WireError):
    """A frame that breaks the rules of WebSocket, or holds what its conversation cannot understand."""


class BadProxyHeader(WireError):
    """What a proxy sent is not the header by which it should tell for whom it comes."""

    def __init__(self) -> None:
        super().__init__("A connection through a proxy has to begin with a header of the PROXY protocol.")
