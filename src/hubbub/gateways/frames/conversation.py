"""The frames conversations: three old clients that know a name and a text, and break on anything unexpected."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Final, Generic, TypeVar

import msgspec

from hubbub.core.account_answers import LoggedIn
from hubbub.core.answers import Answer
from hubbub.core.features.renaming import Rename
from hubbub.core.kinds import Refusal
from hubbub.core.limits import Limits
from hubbub.core.room_answers import Entered
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import EARLY_TRIES, Ask, Charge, GiveUp, Intent, Intents, Introduce, Reply
from hubbub.gateways.door import LOGIN_USAGE, Door
from hubbub.gateways.frames.phrasebook import FramesVoice
from hubbub.gateways.plain import NOTHING
from hubbub.gateways.talking import Talking
from hubbub.service.packets import Fragility
from hubbub.service.requests import Request
from hubbub.wire.errors import BadCommand, WireError
from hubbub.wire.frames.cutting import cut_header_pairs, cut_length_prefixed
from hubbub.wire.frames.header_frames import PAIR_BYTES, HeaderFrameReader
from hubbub.wire.frames.json_frames import Chat, Hello, JsonFrameReader
from hubbub.wire.frames.reading import FrameReader
from hubbub.wire.frames.text_frames import FRAME_BYTES, TextFrameReader

PayloadT = TypeVar("PayloadT")

PACKET_GAP_SECONDS: Final = 0.01
"""Time a fragile client has to take some packets before the next ones come."""

PACKETS_AT_ONCE: Final = 8
"""Packets that leave as they were written, each in a segment of its own: fewer than the ten that TCP sends before it
hears of the peer (RFC 6928 section 2); what has to wait there is joined, and cut anew. With them such a client is sent
half a megabyte a second, several times what anybody may say."""

PAIR_READER: Final = Fragility(cut_header_pairs, PAIR_BYTES, PACKET_GAP_SECONDS, PACKETS_AT_ONCE)
FRAME_READER: Final = Fragility(cut_length_prefixed, FRAME_BYTES, PACKET_GAP_SECONDS, PACKETS_AT_ONCE)

BEGIN_WITH_NAME: Final = "Begin with your name, as in  ann: hello"

UNANSWERED: Final = (Charge(),)
"""What a packet comes to that means nothing before the client has said who it is: then it does not expect an answer."""


class FramesSettings(msgspec.Struct, frozen=True):
    """What all conversations in one dialect share."""

    voice: FramesVoice
    limits: Limits


class FramesConversation(Talking, ABC, Generic[PayloadT]):
    """What the three have in common: a name first, then lines; a name that is taken gets a number."""

    __slots__ = ("_door", "_is_at_door", "_is_in", "_reader", "_voice", "_why_renamed", "naming_seconds")

    protocol: str
    early_tries = EARLY_TRIES
    quiet_seconds = 0.0
    fragility: Fragility | None = None

    def __init__(self, settings: FramesSettings, reader: FrameReader[PayloadT]) -> None:
        super().__init__(settings.voice)
        self._voice = settings.voice
        self._reader = reader
        self._is_in = False
        """Whether it has been shown its own coming."""
        self._door = Door()
        self._is_at_door = False
        """Whether it may come in only by logging in."""
        self._why_renamed = ""
        """Why it cannot be called what it wanted; empty if it can."""
        self.naming_seconds = settings.limits.naming_seconds

    def begin(self) -> Intents:
        """Keep silent: these clients speak first, and do not understand a greeting."""
        return NOTHING

    def receive_data(self, data: bytes) -> Iterator[Intent]:
        """Take bytes: whole frames are heard at once."""
        self._talk.begin_input()
        for payload in self._reader.receive_data(data):
            if isinstance(payload, WireError):
                yield from self._complain(payload)
            else:
                yield from self._hear(payload)

    def receive_quiet(self) -> Intents:
        """Nothing follows from silence."""
        return NOTHING

    def receive_eof(self) -> Intents:
        """Half a frame is nothing."""
        return NOTHING

    def introduced(self, name: str) -> Iterator[Intent]:
        """Tell the client where it is, and under which name if that is another one than it wanted."""
        if self._why_renamed:
            yield from self._talk.notice(f"{self._why_renamed} You are '{name}' here; /nick NAME changes it.")
        yield from self._talk.introduced(name)

    def welcomed_back(self, answer: LoggedIn) -> Iterator[Intent]:
        """Show the client its own coming, and the rooms that are its own."""
        self._is_in = True
        yield Reply(self._voice.join(answer.name))
        yield from self._talk.welcomed_back(answer, f"You are logged in as '{answer.name}'.")

    def not_introduced(self, refusal: Refusal) -> Intents:
        """Take the name that was suggested: these clients cannot be asked again, but they can log in."""
        if refusal.suggestion and not self._is_at_door:
            sentence = refusal.sentence
            if refusal.code == "name_reserved":
                sentence += " If it is yours: /login NAME."
            self._why_renamed = self._why_renamed or sentence
            return (Introduce(refusal.suggestion),)
        if refusal.code == "needs_account" or self._is_at_door:
            self._is_at_door = True
            more = self._door.refuse("", refusal)
            return self._talk.notice(f"{refusal.sentence} {more}".rstrip())
        return (GiveUp(BadCommand(refusal.sentence)),)

    def answered(self, request: Request, answer: Answer) -> Iterator[Intent]:
        """Tell what came of a request; first of all, that the client is in."""
        if isinstance(answer, Entered) and not self._is_in:
            self._is_in = True
            yield Reply(self._voice.join(self._talk.name))
        yield from self._talk.answered(request, answer)

    def farewell(self, sentence: str, closing: Closing = Closing.GONE) -> bytes:  # noqa: ARG002 - the sentence says it
        """Return the last sentence; nothing to a client that would not expect one yet."""
        return self._voice.notice(sentence) if sentence and self._talk.name else b""

    @abstractmethod
    def _hear(self, payload: PayloadT) -> Intents:
        """Return the intents of one frame."""

    def _hear_text(self, text: str) -> Intents:
        if not self._talk.name:
            return self._hear_at_door(text)
        return self._talk.in_turn(self._talk.hear_line, text)

    def _hear_at_door(self, text: str) -> Intents:
        heard = self._door.hear(text)
        if isinstance(heard, Introduce):
            return (heard,)
        return self._talk.notice(heard.sentence if heard is not None and heard.sentence else LOGIN_USAGE)

    def _complain(self, error: WireError) -> Intents:
        if not error.recoverable:
            return (GiveUp(error),)
        return self._talk.notice(error.sentence) if self._talk.name else UNANSWERED


class HeaderConversation(FramesConversation[str]):
    """The S1 client: its first frame is its name."""

    __slots__ = ()
    protocol = "header-frames"
    fragility = PAIR_READER

    def __init__(self, settings: FramesSettings) -> None:
        super().__init__(settings, HeaderFrameReader(settings.limits.line_bytes))

    def _hear(self, payload: str) -> Intents:
        return self._hear_text(payload) if self._talk.name or self._is_at_door else (Introduce(payload),)


class JsonConversation(FramesConversation[Hello | Chat]):
    """The S2 client: it says hello, and hears nothing before."""

    __slots__ = ()
    protocol = "json-frames"

    def __init__(self, settings: FramesSettings) -> None:
        super().__init__(settings, JsonFrameReader())

    def _hear(self, payload: Hello | Chat) -> Intents:
        match payload:
            case Hello():
                return (Ask(Rename(payload.nick)),) if self._talk.name else (Introduce(payload.nick),)
            case Chat():
                return self._hear_text(payload.message) if self._talk.name or self._is_at_door else UNANSWERED


class TextFramesConversation(FramesConversation[str]):
    """The S3 client: every text begins with its name."""

    __slots__ = ("_prefix",)
    protocol = "text-frames"
    fragility: Fragility | None = FRAME_READER

    def __init__(self, settings: FramesSettings, reader: FrameReader[str] | None = None) -> None:
        """Read text frames, or with another reader the same texts in another form."""
        super().__init__(settings, reader or TextFrameReader(settings.limits.line_bytes))
        self._prefix = ""
        # It says nothing until its user types: it has the time that people have.
        self.naming_seconds = settings.limits.text_naming_seconds

    def farewell(self, sentence: str, closing: Closing = Closing.GONE) -> bytes:
        """Return the last sentence even to somebody without a name: this client shows every frame, at any time."""
        if closing is Closing.UNNAMED:
            sentence = "You gave no name. Connect again and begin with it, as in  ann: hello"
        return self._voice.notice(sentence) if sentence else b""

    def _hear(self, payload: str) -> Iterator[Intent]:
        """Take the name from the first text, and off every one."""
        if not self._talk.name and not self._is_at_door:
            name, colon, _ = payload.partition(":")
            if not colon:
                yield from self._talk.notice(BEGIN_WITH_NAME)
                return
            self._prefix = name + ":"
            yield Introduce(name.strip())
            if not self._talk.name:
                return
        yield from self._hear_text(self._strip_name(payload))

    def _strip_name(self, payload: str) -> str:
        """Take the name off: the one that the program began with, or the one that its user has now."""
        for prefix in (self._prefix, f"{self._talk.name}:"):
            if prefix and payload.startswith(prefix):
                return payload.removeprefix(prefix).removeprefix(" ")
        return payload.removeprefix(" ")
