"""The text conversation: lines for people on netcat and telnet, and chunks for the S0 and S4 clients."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from hubbub.core.account_answers import LoggedIn
from hubbub.core.features.renaming import Rename
from hubbub.core.kinds import Refusal
from hubbub.core.limits import Limits
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import (
    EARLY_TRIES,
    Charge,
    CloseNow,
    Depart,
    Intent,
    Intents,
    Introduce,
    Reply,
    SendNow,
)
from hubbub.gateways.door import Door
from hubbub.gateways.plain import NOTHING
from hubbub.gateways.talking import Talking
from hubbub.gateways.text.chunks import cut_chunks
from hubbub.gateways.text.phrasebook import TextVoice
from hubbub.gateways.text.seeds import mean_seed_command
from hubbub.phrasing import phrases
from hubbub.service.packets import Fragility
from hubbub.wire.detect import is_irc_registration, is_request_line
from hubbub.wire.errors import WireError
from hubbub.wire.lines import Line, LineReader
from hubbub.wire.seeds import split_chunk
from hubbub.wire.slash.table import parse_slash
from hubbub.wire.telnet import TelnetReader

RECV_BYTES: Final = 1_024
"""What the S0 and S4 clients take with one `recv` and decode strictly. `dialects.md`."""

PACKET_GAP_SECONDS: Final = 0.1
"""Time such a client has to take one packet before the next one comes. It needs far less, but may wait for a processor:
20 ms, and 50, were now and then too few on a machine that was full. 16 KiB take 1.6 s so."""

CHUNK_READER: Final = Fragility(
    lambda data: cut_chunks(data, RECV_BYTES), RECV_BYTES, PACKET_GAP_SECONDS, is_sturdy=bytes.isascii
)
"""Only where a character has several bytes can a cut hurt it."""

PROMPT: Final = "Please enter your username:"

TOO_LATE: Final = "HTTP has to begin at once: who is silent at first is greeted as a person. Please connect again."


IRC_TOO_LATE: Final = b"ERROR :Closing link: you were silent at first and taken for a person. Please connect again.\r\n"
"""The same in words that IRC clients show, and after which they connect again by themselves. RFC 2812 section 3.7.4."""


class TextSettings(msgspec.Struct, frozen=True):
    """What all text conversations share."""

    voice: TextVoice
    telnet_voice: TextVoice
    """The same with the line ends that RFC 854 wants."""
    limits: Limits


class TextConversation(Talking):
    """One client's talk in lines of text, or in chunks as long as it has never ended a line."""

    __slots__ = (
        "_door",
        "_lines",
        "_quiet_seconds",
        "_settings",
        "_telnet",
        "_voice",
        "_wanted",
        "naming_seconds",
    )

    protocol = "text"
    early_tries = EARLY_TRIES

    def __init__(self, settings: TextSettings) -> None:
        super().__init__(settings.voice)
        self._settings = settings
        self._voice = settings.voice
        self._lines = LineReader(settings.limits.line_bytes)
        self._telnet = TelnetReader()
        self._door = Door()
        self._wanted = ""
        """The name it asked for last."""
        self.naming_seconds = settings.limits.text_naming_seconds

    @property
    def quiet_seconds(self) -> float:
        """Wait for the end of a chunk, unless the client has shown that it knows lines."""
        return self._settings.limits.chunk_seconds if self._lines.has_rest and self._in_chunks else 0

    @property
    def fragility(self) -> Fragility | None:
        """A client that ends no lines may be one that takes each `recv` for a whole text."""
        return CHUNK_READER if self._in_chunks else None

    @property
    def _in_chunks(self) -> bool:
        return not self._lines.seen_line_end

    def begin(self) -> Intents:
        """Greet and ask for a name."""
        return (Reply(self._voice.notice("Welcome to hubbub!") + self._voice.notice(PROMPT)),)

    def receive_data(self, data: bytes) -> Intents:
        """Take bytes: whole lines are heard at once."""
        self._talk.begin_input()
        text = self._telnet.receive_data(data)
        lines = self._lines.receive_data(text)
        if text is data:
            return self._hear(lines)
        return self._negotiate(lines)

    def receive_quiet(self) -> Intents:
        """Take what came without a line end for a message."""
        if not self._in_chunks:
            return NOTHING
        rest = self._lines.take_rest()
        return NOTHING if rest is None else self._hear_chunk(rest)

    def receive_eof(self) -> Intents:
        """Take what came last for a line, ended or not."""
        rest = self._lines.receive_eof()
        return NOTHING if rest is None else self._hear_chunk(rest)

    def introduced(self, name: str) -> Intents:
        """Confirm the name in the words S4 knows, and go to the lobby."""
        return self._talk.introduced(name, f"You have been assigned the username '{name}'.")

    def welcomed_back(self, answer: LoggedIn) -> Intents:
        """Confirm the name in the words S4 knows, and show the rooms that are its own."""
        return self._talk.welcomed_back(answer, f"You have been assigned the username '{answer.name}'.")

    def not_introduced(self, refusal: Refusal) -> Intents:
        """Ask again, or for a password where the name belongs to an account."""
        more = self._door.refuse(self._wanted, refusal) or PROMPT
        return (Reply(self._voice.notice(phrases.refused(refusal)) + self._voice.notice(more)),)

    def farewell(self, sentence: str, closing: Closing = Closing.GONE) -> bytes:  # noqa: ARG002 - the sentence says it
        """Return the last sentence."""
        return self._voice.notice(sentence) if sentence else b""

    def _negotiate(self, lines: Sequence[Line]) -> Iterator[Intent]:
        """Go on with a client that speaks telnet."""
        self._voice = self._settings.telnet_voice
        self._talk.change_voice(self._voice)
        if answers := self._telnet.data_to_send():
            yield SendNow(answers)
        # One for all that came together: a few commands are the beginning of many a session, thousands are a flood.
        yield Charge()
        yield from self._hear(lines)
        if self._telnet.interrupted:
            # Ctrl+C: whoever presses it wants to be gone.
            yield Depart("")

    def _hear(self, lines: Sequence[Line]) -> Iterator[Intent]:
        for line in lines:
            yield from self._hear_line(line)

    def _minding_secrets(self, intents: Intents) -> Iterator[Intent]:
        """Let telnet show nothing of a password that is awaited after this, and everything else."""
        yield from intents
        if not self._telnet.is_spoken:
            return
        if self._talk.awaits_secret or self._door.claiming:
            self._telnet.hide_input()
        else:
            self._telnet.show_input()
        if change := self._telnet.data_to_send():
            yield SendNow(change)

    def _hear_chunk(self, chunk: Line) -> Intents:
        if isinstance(chunk, WireError):
            return self._hear_line(chunk)
        return self._hear(split_chunk(chunk))

    def _hear_line(self, line: Line) -> Intents:
        if isinstance(line, WireError):
            return self._talk.notice(line.sentence)
        if not self._talk.name:
            return self._minding_secrets(self._hear_name(line))
        return self._talk.in_turn(self._hear_talk, line)

    def _hear_talk(self, line: str) -> Intents:
        if line[:1] in {"S", "B"} and not self._talk.awaits_secret and (meaning := mean_seed_command(line)) is not None:
            return self._minding_secrets(self._talk.mean(meaning))
        return self._minding_secrets(self._talk.hear_line(line))

    def _hear_name(self, line: str) -> Intents:
        """Take the first plain line for a name, or the one after `/nick`; or log in, or open an account."""
        if is_request_line(line):
            # Of a browser that had connected before it needed to. Its next lines are to be said to nobody: behind its
            # head comes what it sends, a password or a file, or what the page of another site has it send.
            return (*self._talk.notice(TOO_LATE), CloseNow(Closing.BAD_INPUT))
        if is_irc_registration(line):
            # Some connect and are busy for a second before they speak (Konversation while it starts): what they say of
            # themselves would be refused as a name, line by line, and they would wait for ever.
            return (Reply(IRC_TOO_LATE), CloseNow(Closing.BAD_INPUT))
        heard = self._door.hear(line)
        if isinstance(heard, Introduce):
            return self._introduce(heard)
        if heard is not None:
            return self._talk.notice(heard.sentence or PROMPT)
        if line.startswith("/"):
            meaning = parse_slash(line, "")
            if isinstance(meaning, Rename):
                return self._introduce(Introduce(meaning.name))
            return self._talk.before_name(meaning, PROMPT)
        if not line.strip() or mean_seed_command(line) is not None:
            return self._talk.notice(PROMPT)
        return self._introduce(Introduce(line.strip()))

    def _introduce(self, introduction: Introduce) -> Intents:
        self._wanted = introduction.name
        return (introduction,)
