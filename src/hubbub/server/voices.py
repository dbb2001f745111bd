"""Voices: how each protocol sounds, and how its conversations begin."""

from hubbub.core.limits import Limits
from hubbub.gateways.frames.conversation import (
    FramesSettings,
    HeaderConversation,
    JsonConversation,
    TextFramesConversation,
)
from hubbub.gateways.frames.phrasebook import FramesVoice, HeaderDialect, JsonDialect, RelayDialect, TextFramesDialect
from hubbub.gateways.ssh.colours import ColourDialect
from hubbub.gateways.ssh.conversation import SshSettings
from hubbub.gateways.text.conversation import TextConversation, TextSettings
from hubbub.gateways.text.phrasebook import TextVoice
from hubbub.phrasing.file_phrases import FileLinks
from hubbub.phrasing.stamps import Stamper
from hubbub.server.port import Conversations
from hubbub.service.ports import Clock
from hubbub.wire.detect import Protocol


class Voices:
    """All voices of a server, each made once: who has the same one hears the very same bytes."""

    def __init__(self, clock: Clock, *, announce: bool) -> None:
        stamper = Stamper()
        self.links = links = FileLinks()
        """How all of them show files."""
        self._text = TextVoice(clock, stamper, announce=announce, links=links)
        self._telnet = TextVoice(clock, stamper, announce=announce, line_end="\r\n", links=links)
        self._colours = TextVoice(clock, stamper, announce=announce, links=links, dialect=ColourDialect)
        self._header = FramesVoice(HeaderDialect, clock, stamper, echoes=False, announce=announce, links=links)
        self._json = FramesVoice(JsonDialect, clock, stamper, echoes=True, announce=announce, links=links)
        self._text_frames = FramesVoice(TextFramesDialect, clock, stamper, echoes=True, announce=announce, links=links)
        self._relay = FramesVoice(RelayDialect, clock, stamper, echoes=True, announce=announce, links=links)

    def set_announce(self, announce: bool) -> None:  # noqa: FBT001 - the one thing its name says
        """Tell everybody of comings and goings from now on, or nobody."""
        for voice in (self._text, self._telnet, self._colours):
            voice.set_announce(announce)
        for frames_voice in (self._header, self._json, self._text_frames, self._relay):
            frames_voice.set_announce(announce)

    def relay(self, limits: Limits) -> FramesSettings:
        """Return what all conversations without a subprotocol share over WebSocket."""
        return FramesSettings(self._relay, limits)

    def ssh(self, limits: Limits) -> SshSettings:
        """Return what all conversations over SSH share."""
        return SshSettings(self._text, self._colours, limits)

    def conversations(self, limits: Limits) -> Conversations:
        """Return how to begin a conversation in each protocol that is spoken here, within these limits."""
        text = TextSettings(self._text, self._telnet, limits)
        header = FramesSettings(self._header, limits)
        json = FramesSettings(self._json, limits)
        text_frames = FramesSettings(self._text_frames, limits)

        return {
            Protocol.TEXT: lambda _: TextConversation(text),
            Protocol.HEADER_FRAMES: lambda _: HeaderConversation(header),
            Protocol.JSON_FRAMES: lambda _: JsonConversation(json),
            Protocol.TEXT_FRAMES: lambda _: TextFramesConversation(text_frames),
        }
